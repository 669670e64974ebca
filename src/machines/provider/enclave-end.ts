import { smaller } from '../kit/integer.ts';
import { because, emit, put, type Apply, type Call, type Check } from '../kit/index.ts';
import { enclaveKeys, type EnclaveKey } from './enclave-keys.ts';
import type { ProviderMessage } from './messages.ts';
import type { ProviderContext } from './record.ts';

/**
 * The end of an enclave key: dropped, it signs no more; dropped again after the evidence age, it
 * gives up its place. In between, what it has signed counts against the provider, as with a key
 * that was rotated away (I48): who answered twice could drop the key before anybody shows it.
 */

type Drop = Extract<ProviderMessage, { type: 'dropEnclaveKey' }>;
type On = Check<ProviderContext, Drop>;

const entryOf = ({ key }: Drop, { read, self }: Call): EnclaveKey | undefined =>
  read.entry(enclaveKeys, self, key);

/** Unix seconds from which on nothing that it signed is recent enough to be shown. */
const evidenceEnds = ({ expiresAt }: EnclaveKey, { parameters }: Call): bigint =>
  expiresAt + parameters.evidenceAgeBlocks * parameters.dispute.blockTimeSeconds;

export const isEnrolled: On = (_, message, call) =>
  entryOf(message, call) === undefined
    ? because('enclave-key-unknown', { key: message.key })
    : undefined;

/** It may be revoked, or refused by its profile; it has not run out or been dropped. */
export const stillSigns: On = (_, message, call) => {
  const entry = entryOf(message, call);
  if (entry === undefined || call.time <= entry.expiresAt) return undefined;
  return because('enclave-key-liable', { until: evidenceEnds(entry, call) });
};

export const isNoEvidence: On = (_, message, call) => {
  const entry = entryOf(message, call);
  if (entry === undefined || call.time > evidenceEnds(entry, call)) return undefined;
  return because('enclave-key-liable', { until: evidenceEnds(entry, call) });
};

/** Its last second is the one before this block's. */
export const drop: Apply<ProviderContext, Drop> = (context, message, call) => {
  const { key } = message;
  const entry = entryOf(message, call);
  if (entry === undefined) return { context, effects: [] };
  const ended = { ...entry, expiresAt: smaller(entry.expiresAt, call.time - 1n) };
  return { context, effects: [put(enclaveKeys, key, ended), emit('enclaveKeyDropped', { key })] };
};

export const forget: Apply<ProviderContext, Drop> = (context, { key }) => ({
  context: { ...context, enclaveKeys: context.enclaveKeys - 1 },
  effects: [put(enclaveKeys, key, undefined), emit('enclaveKeyForgotten', { key })],
});
