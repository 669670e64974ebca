import { because, emit, type Apply, type Check } from '../kit/index.ts';
import { whyNotProven } from './key-proof.ts';
import { evidenceEnd, keysInUse } from './keys.ts';
import type { ProviderMessage } from './messages.ts';
import { MAX_PROVIDER_KEYS, NEVER, type ProviderContext } from './record.ts';

type Rotate = Extract<ProviderMessage, { type: 'rotateKey' }>;
type RotationCheck = Check<ProviderContext, Rotate>;

/** One rotation at a time: the end of the last key is the beginning of the next. */
const noneIsPending: RotationCheck = ({ keys }, _, { height }) => {
  const from = keys.at(-1)?.from ?? 0n;
  return from <= height ? undefined : because('key-rotation-pending', { from });
};

/** Never at once: what is under way with the old key may still arrive. At most one window ahead. */
const startsInRange: RotationCheck = (_, { from }, { height, parameters }) => {
  const latest = height + parameters.windowBlocks;
  return from > height && from <= latest
    ? undefined
    : because('key-start-out-of-range', { from, earliest: height + 1n, latest });
};

/** Keys are in the order of their ends, so the first is the first that can be given up. */
const hasRoomForKey: RotationCheck = (context, _, { height, parameters }) => {
  const kept = keysInUse(context, height, parameters);
  return kept.length < MAX_PROVIDER_KEYS
    ? undefined
    : because('too-many-keys', {
        most: MAX_PROVIDER_KEYS,
        at: evidenceEnd(kept[0]?.until ?? height, parameters),
      });
};

/** A key that counts already, or is liable still, would have two spans of heights. */
const isNewKey: RotationCheck = (context, { key }, { height, parameters }) =>
  keysInUse(context, height, parameters).some(({ address }) => address === key)
    ? because('key-known', { key })
    : undefined;

const provesNewKey: RotationCheck = ({ owner }, { key, proof }, call) =>
  whyNotProven(key, owner, proof, call);

/** In the order in which they cost: recovering comes last. */
export const rotationChecks = [
  noneIsPending,
  startsInRange,
  hasRoomForKey,
  isNewKey,
  provesNewKey,
] as const;

/** The present key signs up to `from`, the new one from there on (PROTOCOL §3, §4; I48). */
export const rotate: Apply<ProviderContext, Rotate> = (context, { key, from }, call) => {
  const kept = keysInUse(context, call.height, call.parameters).map((each) =>
    each.until === NEVER ? { ...each, until: from } : each,
  );
  return {
    context: { ...context, keys: [...kept, { address: key, from, until: NEVER }] },
    effects: [emit('keyRotated', { key, from })],
  };
};
