import { actorId, because } from '../../kit/index.ts';
import type { Apply, Call, Check } from '../../kit/index.ts';
import type { ChallengeMessage } from '../messages.ts';
import type { ChallengeContext } from '../record.ts';
import { begin, findAttestations } from './begin.ts';
import { whyNotNamed, whyNotPending, whyWrongBond, whyWrongName } from './checks.ts';

type Open = Extract<ChallengeMessage, { type: 'open' }>;
type OnOpen = Check<ChallengeContext, Open>;

/** Both attestations: who is named first changes nothing (I17, I42). */
const pairOf = ({ first, second }: Open, call: Call) => findAttestations([first, second], call);

/** Comes first: only of those whom the message names may be read more than their attestations. */
const bothAreNamed: OnOpen = (_, message, call) => {
  if (message.first === message.second) return because('same-attestation');
  const pair = pairOf(message, call);
  if (pair.length < 2) return because('attestation-unknown');
  const providers = [message.firstProvider, message.secondProvider];
  return pair
    .map((each) => whyNotNamed(each, message, providers))
    .find((reason) => reason !== undefined);
};

const bothArePending: OnOpen = (_, message, call) =>
  pairOf(message, call)
    .map((each) => whyNotPending(each, call))
    .find((reason) => reason !== undefined);

/**
 * Two answers of one provider are proof by themselves where outputs are compared exactly; with
 * another comparator they are a pair like any other (PROTOCOL §6, equivocation).
 */
const mayBeOneProvider = ({ profileHash }: Open, { read }: Call): boolean => {
  const profile = read.actor(actorId('profile', profileHash))?.context;
  return profile !== undefined && profile.specification.comparator.type !== 'exact';
};

const isOneClaim: OnOpen = (_, message, call) => {
  const [a, b] = pairOf(message, call);
  if (a === undefined || b === undefined) return because('attestation-unknown');
  if (a.context.payloadHash !== b.context.payloadHash) return because('not-one-claim');
  if (a.context.provider === b.context.provider && !mayBeOneProvider(message, call)) {
    return because('same-provider');
  }
  return a.context.outputHash === b.context.outputHash ? because('same-output') : undefined;
};

const hasItsName: OnOpen = (_, message, call) => {
  const [a, b] = pairOf(message, call);
  return whyWrongName(a?.context.attestationId ?? '', b?.context.attestationId, call);
};

const bringsBond: OnOpen = (_, message, call) => whyWrongBond('pair', message, call);

export const pairChecks: readonly OnOpen[] = [
  bothAreNamed,
  bothArePending,
  isOneClaim,
  hasItsName,
  bringsBond,
];

/** Two attestations of one claim; the challenger takes no side (PROTOCOL §6, pair). */
export const openPair: Apply<ChallengeContext, Open> = (initial, message, call) =>
  begin(initial, { ...message, form: 'pair', attestations: pairOf(message, call) }, call);
