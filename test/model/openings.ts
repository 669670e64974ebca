// How a challenge is opened, and taken over (PROTOCOL §6; docs/protocol.md).
import { credit, hexOf, listIn, must, need, roundFrom, sure, unknownRound } from './chain.ts';
import type { Call, Message, World } from './chain.ts';
import { numberOf } from './bytes.ts';
import * as ids from './ids.ts';
import { lock } from './stake.ts';
import { bondFor, count, shareUp, slotBlocks } from './rules.ts';
import { ticketOf } from './attestations.ts';
import type { Attestation, Challenge, Defendant, Form } from './state.ts';

const MOST_NAMED_AT_FIRST = 8;
const ANNOUNCED_BLOCKS = 30n;

export interface Accused {
  readonly slot: string;
  readonly of: Attestation;
}

const once = <T>(values: readonly T[]): T[] => [...new Set(values)];

export const found = ({ state }: World, slot: string): Accused => ({
  slot,
  of: must(state.attestations.get(slot), 'no such attestation'),
});

export const isNamedBy = (
  { of }: Accused,
  message: Message,
  providers: readonly string[],
): boolean =>
  of.modelId === hexOf(message, 'modelId') &&
  of.profileHash === hexOf(message, 'profileHash') &&
  providers.includes(of.provider);

/** Stands in no challenge, is not final, and is not void by a tombstone. */
const isPending = ({ state }: World, { of }: Accused): boolean =>
  of.state === 'pending' &&
  state.height < of.windowEnd &&
  state.providers.get(of.provider)?.state !== 'tombstoned';

export const defendantOf = (
  { state }: World,
  { slot, of }: Accused,
  isShown: boolean,
): Defendant => ({
  attestation: slot,
  provider: of.provider,
  owner: sure(state.providers.get(of.provider)).owner,
  outputHash: of.outputHash,
  evidenceRoot: of.evidenceRoot,
  height: of.height,
  baseNlux: of.baseNlux,
  lockNlux: 0n,
  substantiated: isShown,
  leaves: 0,
  opened: 0n,
  finding: 'none',
  verdict: 'none',
  leastNlux: 0n,
});

export const blank = (world: World, form: Form, call: Call): Challenge => ({
  state: 'publish',
  form,
  challenger: call.from,
  modelId: ids.NO_HASH,
  profileHash: ids.NO_HASH,
  payloadHash: ids.NO_HASH,
  comparator: { type: 'exact' },
  rerunFeeNlux: 0n,
  bondNlux: 0n,
  terms: world.rules.dispute,
  minimumStakeNlux: 0n,
  openedAt: world.state.height,
  openedTime: world.state.time,
  announcedAt: world.state.height,
  lapsesAt: 0n,
  payloadBytes: 0,
  chunkBytes: 0,
  eligible: [],
  excluded: [],
  defendants: [],
  named: [],
  payloadPublished: false,
  round: 0,
  deadline: 0n,
  seedRounds: [],
  seedMoved: false,
  beacon: ids.NO_HASH,
  attempt: 0,
  chunkRound: 0n,
  seats: [],
  appeals: [],
  slashedNlux: 0n,
  unrewardedNlux: 0n,
  ending: 'open',
  settlement: undefined,
  shown: new Map(),
});

/** Whoever has an interest in the verdict, but the challenger (PROTOCOL §6.1). */
const excludedOf = (
  world: World,
  accused: readonly Accused[],
  defendants: readonly Defendant[],
) => {
  const { profileHash, modelId } = sure(accused[0]).of;
  const addresses = [
    ...defendants.flatMap(({ owner, provider }) => [owner, provider]),
    ...accused.map(({ of }) => of.requester),
    sure(world.state.profiles.get(profileHash)).creator,
    sure(world.state.models.get(modelId)).owner,
  ];
  return once(addresses).filter((address) => address !== ids.NOBODY);
};

/** Seeds are fixed now, one for the slot of each panel (PROTOCOL §6, 1). */
const seedsOf = (world: World, panels: readonly number[]): bigint[] => {
  const { dispute } = world.rules;
  const from = world.state.time + dispute.beaconMarginSeconds;
  return panels.map((_, at) =>
    roundFrom(world, from + dispute.blockTimeSeconds * slotBlocks(dispute, at + 1)),
  );
};

const begin = (world: World, form: Form, accused: readonly Accused[], call: Call): Challenge => {
  const { state, rules } = world;
  const { profileHash, modelId, payloadHash } = sure(accused[0]).of;
  const profile = sure(state.profiles.get(profileHash));
  const { comparator, rerunFeeNlux } = profile.specification;
  const isShown = comparator.type === 'exact';
  const inOrder = [...accused].sort((a, b) => (a.of.attestationId < b.of.attestationId ? -1 : 1));
  const defendants = inOrder.map((each) => defendantOf(world, each, isShown));
  const of: Challenge = {
    ...blank(world, form, call),
    modelId,
    profileHash,
    payloadHash,
    comparator,
    rerunFeeNlux,
    bondNlux: call.value,
    minimumStakeNlux: rules.minimumStakeNlux,
    lapsesAt: state.height + rules.evidenceAgeBlocks,
    payloadBytes: rules.payloadBytes,
    chunkBytes: rules.chunkBytes,
    eligible: profile.boundary,
    excluded: excludedOf(world, inOrder, defendants),
    defendants,
    round: 1,
    deadline: state.height + rules.dispute.publishBlocks,
    seedRounds: seedsOf(
      world,
      form === 'pair' ? rules.dispute.pairPanels : rules.dispute.auditPanels,
    ),
  };
  for (const [at, { of: attestation }] of inOrder.entries()) {
    Object.assign(attestation, { state: 'disputed', challengeId: call.self });
    const provider = sure(state.providers.get(attestation.provider));
    const wanted = shareUp(attestation.baseNlux, rules.dispute.lockBps);
    sure(defendants[at]).lockNlux = lock(provider, wanted);
  }
  state.challenges.set(call.self, of);
  return of;
};

export const needName = (world: World, call: Call, one: string, other?: string): void => {
  need(ids.challengeIdOf(world.chain, one, other) === call.self, 'not its name');
  need(!world.state.challenges.has(call.self), 'there is such a challenge');
};

const rerunFeeOf = ({ state }: World, { of }: Accused): bigint =>
  sure(state.profiles.get(of.profileHash)).specification.rerunFeeNlux;

export const openPair = (world: World, message: Message, call: Call): void => {
  const [first, second] = [hexOf(message, 'first'), hexOf(message, 'second')];
  need(first !== second, 'one attestation');
  const pair = [found(world, first), found(world, second)] as const;
  const providers = [hexOf(message, 'firstProvider'), hexOf(message, 'secondProvider')];
  for (const each of pair) {
    need(isNamedBy(each, message, providers), 'not what was named');
    need(isPending(world, each), 'not pending');
  }
  const [a, b] = pair;
  need(a.of.payloadHash === b.of.payloadHash, 'not one claim');
  const { comparator } = sure(world.state.profiles.get(a.of.profileHash)).specification;
  need(a.of.provider !== b.of.provider || comparator.type !== 'exact', 'one provider');
  need(a.of.outputHash !== b.of.outputHash, 'one output');
  needName(world, call, a.of.attestationId, b.of.attestationId);
  const bond = bondFor(world.rules.dispute, rerunFeeOf(world, a), false);
  need(call.value === bond, 'not the bond');
  begin(world, 'pair', pair, call).named = once(listIn<number>(message, 'named'));
};

const needAccused = (world: World, message: Message, call: Call): Accused => {
  const accused = found(world, hexOf(message, 'attestation'));
  need(isNamedBy(accused, message, [hexOf(message, 'provider')]), 'not what was named');
  need(isPending(world, accused), 'not pending');
  needName(world, call, accused.of.attestationId);
  return accused;
};

export const openAudit = (world: World, message: Message, call: Call): void => {
  const accused = needAccused(world, message, call);
  const bond = bondFor(world.rules.dispute, rerunFeeOf(world, accused), true);
  need(call.value === bond, 'not the bond');
  begin(world, 'audit', [accused], call).named = once(listIn<number>(message, 'named'));
};

const DRAWS = 2n ** 256n;

/** Drawn by the first round that nobody could know when the ticket was made. */
export const openProtocolAudit = (world: World, message: Message, call: Call): void => {
  const { state, rules } = world;
  need(call.value === 0n, 'takes no value');
  const accused = needAccused(world, message, call);
  const paidAt = must(ticketOf(accused.of, hexOf(message, 'payer')), 'no ticket');
  const round = roundFrom(world, paidAt + rules.dispute.beaconMarginSeconds);
  const { randomness } = must(state.rounds.get(round), 'the round is unknown');
  const draw = numberOf(ids.auditDraw(randomness, accused.of.attestationId));
  need(draw * 10_000n < BigInt(rules.auditRateBps) * DRAWS, 'not drawn');
  const reserve = BigInt(count(rules.dispute.auditPanels)) * rerunFeeOf(world, accused);
  need(state.auditPool >= reserve, 'the pool is short');
  const of = begin(world, 'protocolAudit', [accused], call);
  state.auditPool -= reserve;
  Object.assign(of, { challenger: ids.NOBODY, bondNlux: reserve });
};

/** Who announced the challenge first takes its place (docs/protocol.md, Who comes first). */
export const takeOver = (world: World, of: Challenge, message: Message, call: Call): void => {
  const { state } = world;
  need(of.state === 'publish' && state.height < of.deadline, 'not now');
  need(of.form === 'pair' || of.form === 'audit', 'nobody brought it');
  need(call.from !== of.challenger, 'the challenger already');
  const name = hexOf(message, 'announcement');
  const isIts = ids.announcementOf(call.self, call.from, hexOf(message, 'salt')) === name;
  need(isIts, 'announced something else');
  const announced = state.announcements.get(name);
  need(announced?.announcer === call.from, 'not announced');
  need(announced.height < of.announcedAt, 'too late');
  need(announced.height + ANNOUNCED_BLOCKS >= of.openedAt, 'too early');
  const named = once([...of.named, ...listIn<number>(message, 'named')]);
  need(named.length <= MOST_NAMED_AT_FIRST, 'too many named');
  need(call.value === of.bondNlux, 'not the bond');
  credit(world, of.challenger, of.bondNlux);
  const [fixed = 0n, ...later] = of.seedRounds;
  const unknown = unknownRound(world);
  const seedRounds = [unknown > fixed ? unknown : fixed, ...later];
  Object.assign(of, { challenger: call.from, named, announcedAt: announced.height, seedRounds });
};
