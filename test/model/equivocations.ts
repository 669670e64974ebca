// Two answers of one provider: with `exact`, proof by itself (PROTOCOL §6; docs/protocol.md).
import { amountIn, credit, hexOf, must, need, sure } from './chain.ts';
import type { Call, Message, World } from './chain.ts';
import * as ids from './ids.ts';
import { blank, defendantOf, found, isNamedBy, needName, type Accused } from './openings.ts';
import { answersFor } from './providers.ts';
import { least, shareDown } from './rules.ts';
import { takeable, tombstone } from './stake.ts';

interface Second {
  readonly id: string;
  readonly slot: string;
}

/** The other answer: on the claim of the first, and perhaps on chain itself. */
const secondOf = (world: World, message: Message, { of }: Accused): Second => {
  const claim: ids.Claim = {
    provider: of.provider,
    modelId: of.modelId,
    profileHash: of.profileHash,
    payloadHash: of.payloadHash,
    outputHash: hexOf(message, 'outputHash'),
    evidenceRoot: hexOf(message, 'evidenceRoot'),
    requestId: hexOf(message, 'requestId'),
    timestamp: amountIn(message, 'timestamp'),
  };
  return {
    id: ids.attestationIdOf(world.chain, claim, hexOf(message, 'teeReportHash')),
    slot: ids.slotOf(world.chain, claim),
  };
};

/** Unbonding is liable from the earlier of two answers on chain. */
const liableSince = ({ state }: World, { of }: Accused, second: Second): bigint => {
  const other = state.attestations.get(second.slot);
  return other?.attestationId === second.id ? least(of.height, other.height) : of.height;
};

const needRecent = ({ state, rules }: World, message: Message, { of }: Accused): void => {
  need(of.height + rules.evidenceAgeBlocks > state.height, 'too old');
  const age = rules.evidenceAgeBlocks * rules.dispute.blockTimeSeconds;
  const timestamp = amountIn(message, 'timestamp');
  need(timestamp >= state.time - age, 'too old');
  need(timestamp <= state.time + rules.timestampAheadSeconds, 'of the future');
};

/** Two answers of one provider: with `exact`, proof by itself (PROTOCOL §6). */
export const openEquivocation = (world: World, message: Message, call: Call): void => {
  const { state, rules } = world;
  need(call.value === 0n, 'takes no value');
  const accused = found(world, hexOf(message, 'attestation'));
  need(isNamedBy(accused, message, [hexOf(message, 'provider')]), 'not what was named');
  const profile = must(state.profiles.get(accused.of.profileHash), 'the profile is gone');
  need(profile.specification.comparator.type === 'exact', 'not exact');
  need(accused.of.outputHash !== hexOf(message, 'outputHash'), 'one output');
  needRecent(world, message, accused);
  const second = secondOf(world, message, accused);
  need(hexOf(message, 'other') === second.slot, 'not its slot');
  const provider = sure(state.providers.get(accused.of.provider));
  const since = liableSince(world, accused, second);
  need(provider.state !== 'tombstoned' || takeable(provider, since) > 0n, 'nothing to take');
  const signer = world.signerOf(second.id, hexOf(message, 'signature'));
  need(signer !== undefined && answersFor(world, provider, signer), 'not a key of it');
  needName(world, call, accused.of.attestationId, second.id);
  const taken = tombstone(world, provider, since);
  const { equivocationRewardNlux, equivocationRewardBps } = rules.dispute;
  const reward = least(equivocationRewardNlux, shareDown(taken, equivocationRewardBps));
  state.burned += taken - reward;
  credit(world, call.from, reward);
  const { modelId, profileHash, payloadHash } = accused.of;
  const defendant = defendantOf(world, accused, true);
  state.challenges.set(call.self, {
    ...blank(world, 'equivocation', call),
    state: 'final',
    modelId,
    profileHash,
    payloadHash,
    defendants: [{ ...defendant, finding: 'faulty', verdict: 'faulty' }],
    slashedNlux: taken,
    ending: 'equivocation',
    settlement: {
      burnedNlux: taken - reward,
      rerunsNlux: 0n,
      rewardNlux: reward,
      bondBackNlux: 0n,
      upheldNlux: 0n,
      appealsBackNlux: 0n,
    },
  });
};
