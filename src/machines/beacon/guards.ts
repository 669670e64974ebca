import { equalBytes, fromHex, toHex } from '../../codec/index.ts';
import { because, guardsOf, u64Key, type Call, type Check } from '../kit/index.ts';
import type { BeaconMessage } from './messages.ts';
import { beaconRounds, type BeaconContext } from './record.ts';
import { devRandomness, timeOfRound } from './rounds.ts';

type On = Check<BeaconContext, BeaconMessage>;

const guard = guardsOf<BeaconContext, BeaconMessage>();

/** Verifying is the dearest work there is, so a block does it once (PROTOCOL §3). */
const isFirstOfBlock: On = ({ submittedAt }, _, { height }) =>
  submittedAt < height ? undefined : because('beacon-round-this-block');

const isNew: On = (_, { round }, { self, read }) => {
  if (round === 0n) return because('beacon-round-zero');
  return read.entry(beaconRounds, self, u64Key(round)) === undefined
    ? undefined
    : because('beacon-round-known', { round });
};

/**
 * A round may come in any order and at any age, since a challenge may wait for it however slowly
 * blocks come: what is stored is bounded by one round a block and by pruning.
 */
const isDue: On = ({ source }, { round }, { time }) => {
  const due = timeOfRound(source, round);
  return due <= time ? undefined : because('beacon-round-future', { time: due });
};

const proofHolds = (
  { source }: BeaconContext,
  { round, proof }: BeaconMessage,
  { chainId, verifier }: Call,
): boolean =>
  source.type === 'drand'
    ? verifier.verifyDrand(source.publicKey, round, toHex(proof))
    : equalBytes(proof, fromHex(devRandomness(chainId, round)));

const isProven: On = (context, message, call) =>
  proofHolds(context, message, call)
    ? undefined
    : because('beacon-proof-invalid', { round: message.round });

export const guards = {
  maySubmit: guard('submitRound', isFirstOfBlock, isNew, isDue, isProven),
};
