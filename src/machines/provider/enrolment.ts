import { addressOf, assert, enclaveKeyBinding, toHex } from '../../codec/index.ts';
import { smaller } from '../kit/integer.ts';
import { actorId, because, emit, keyOf, put, send, TRUST_STORE, u64Key } from '../kit/index.ts';
import type { Apply, Call, Check, Reason } from '../kit/index.ts';
import { judgeReport, type VerifiedReport } from '../tee/report.ts';
import { storeFacts } from '../tee/facts.ts';
import { enrolledKeys, RECENT_BLOCKS, recentBlocks } from '../trust-store/record.ts';
import { enclaveKeys, MAX_ENCLAVE_KEYS } from './enclave-keys.ts';
import type { ProviderMessage } from './messages.ts';
import type { ProviderContext } from './record.ts';

type Enrol = Extract<ProviderMessage, { type: 'enrolEnclaveKey' }>;

const profileOf = ({ profileHash }: Enrol, { read }: Call) =>
  read.actor(actorId('profile', profileHash));

/** The block that the quote refers to, if it is one of the last. */
const referenceOf = ({ refHeight }: Enrol, { read, height }: Call) => {
  if (refHeight >= height || refHeight + RECENT_BLOCKS < height) return undefined;
  const entry = read.entry(recentBlocks, TRUST_STORE, u64Key(refHeight % RECENT_BLOCKS));
  return entry?.height === refHeight ? entry : undefined;
};

const hasRoom: Check<ProviderContext, Enrol> = (context) =>
  context.enclaveKeys < MAX_ENCLAVE_KEYS
    ? undefined
    : because('too-many-enclave-keys', { most: MAX_ENCLAVE_KEYS });

/** It serves the profile, and the profile takes enclave keys. */
const fitsProfile: Check<ProviderContext, Enrol> = ({ served }, message, call) => {
  const { profileHash } = message;
  const place = served.find((each) => each.profileHash === profileHash);
  if (place?.leavesAt !== 0n) return because('not-served', { profileHash });
  const profile = profileOf(message, call);
  if (profile?.state !== 'active') return because('profile-not-active', { profileHash });
  const { tee } = profile.context.specification;
  if (tee.type === 'none') return because('profile-without-tee');
  return tee.enclaveKeySeconds > 0n ? undefined : because('enclave-keys-not-taken');
};

const COMPRESSED = /^0[23]/;

const isNew: Check<ProviderContext, Enrol> = (_, { publicKey }, { read }) => {
  if (!COMPRESSED.test(publicKey)) return because('enclave-key-malformed');
  const key = addressOf(publicKey);
  return read.entry(enrolledKeys, TRUST_STORE, key) === undefined
    ? undefined
    : because('enclave-key-known', { key });
};

const refersToRecent: Check<ProviderContext, Enrol> = (_, message, call) =>
  referenceOf(message, call) !== undefined
    ? undefined
    : because('reference-out-of-range', {
        refHeight: message.refHeight,
        earliest: call.height > RECENT_BLOCKS ? call.height - RECENT_BLOCKS : 0n,
        latest: call.height - 1n,
      });

/** What the quote of an enrolment shows; asked by guard and step of one delivery. */
const judged = (message: Enrol, call: Call) => {
  const { quote, publicKey, refHeight } = message;
  const profile = profileOf(message, call);
  const reference = referenceOf(message, call);
  assert(profile !== undefined && reference !== undefined, 'earlier checks have found both');
  const { networkId, chainId, self } = call;
  const { blockId } = reference;
  const provider = keyOf(self);
  const chain = { networkId, chainId };
  const digest = enclaveKeyBinding({ ...chain, provider, publicKey, refHeight, blockId });
  return { result: judgeReport(quote, digest, profile.context, call), reference, profile };
};

const isProven: Check<ProviderContext, Enrol> = (_, message, call): Reason | undefined => {
  const { result } = judged(message, call);
  return result.ok ? undefined : result.reason;
};

/** In the order in which they cost: verifying comes last. */
export const enrolmentChecks = [hasRoom, fitsProfile, isNew, refersToRecent, isProven] as const;

/** `min(reference time + policy age, collateral's expiry)` (PROTOCOL §8). */
const expiryOf = (
  { facts }: VerifiedReport,
  referenceTime: bigint,
  profileSeconds: bigint,
  { parameters }: Call,
): bigint => {
  const age = smaller(profileSeconds, parameters.tee.enclaveKeySeconds);
  return smaller(referenceTime + age, BigInt(facts.validThrough));
};

export const enrol: Apply<ProviderContext, Enrol> = (context, message, call) => {
  const { result, reference, profile } = judged(message, call);
  const { tee } = profile.context.specification;
  assert(result.ok && tee.type === 'required', 'the guard of the message has accepted it');
  const { facts, caKey, pckSerial } = result.report;
  const { profileHash, publicKey } = message;
  const key = addressOf(publicKey);
  const expiresAt = expiryOf(result.report, reference.time, tee.enclaveKeySeconds, call);
  const entry = {
    profileHash,
    publicKey,
    enrolledAt: call.height,
    expiresAt,
    caKey: toHex(caKey),
    pckSerial: toHex(pckSerial),
    facts: storeFacts(facts),
  };
  return {
    context: { ...context, enclaveKeys: context.enclaveKeys + 1 },
    effects: [
      put(enclaveKeys, key, entry),
      send(TRUST_STORE, { type: 'keyEnrolled', key }),
      emit('enclaveKeyEnrolled', {
        key,
        profileHash,
        expiresAt,
        status: facts.status,
        tcbDate: facts.tcbDate,
        platform: toHex(facts.platform.ppidHash),
      }),
    ],
  };
};
