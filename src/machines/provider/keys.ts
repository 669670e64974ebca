import type { Parameters } from '../parameters/record.ts';
import type { ProviderContext } from './record.ts';

type Keys = Pick<ProviderContext, 'keys'>;

/** Does the key of this address sign for the provider at this height (I48: `[from, until)`)? */
export const isKeyAt = ({ keys }: Keys, address: string, height: bigint): boolean =>
  keys.some((key) => key.address === address && key.from <= height && height < key.until);

/**
 * First height at which what a key has signed is no evidence any more. Whoever gives a key away
 * answers for it until then, as an unbonding entry does for older attestations.
 */
export const evidenceEnd = (until: bigint, { evidenceAgeBlocks }: Parameters): bigint =>
  until + evidenceAgeBlocks;

/**
 * Does what the key of this address has signed count against the provider at this height? From the
 * first height of the key on, and for the evidence age after its last (I48; PROTOCOL §6).
 */
export const isKeyForEvidence = (
  { keys }: Keys,
  address: string,
  height: bigint,
  parameters: Parameters,
): boolean =>
  keys.some(
    (key) =>
      key.address === address && key.from <= height && height < evidenceEnd(key.until, parameters),
  );

/** The keys that still sign, will sign or are liable; the others have no use left. */
export const keysInUse = (
  { keys }: Keys,
  height: bigint,
  parameters: Parameters,
): ProviderContext['keys'] => keys.filter(({ until }) => height < evidenceEnd(until, parameters));
