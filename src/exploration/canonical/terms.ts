import { beaconRounds } from '../../machines/beacon/record.ts';
import { timeOfRound } from '../../machines/beacon/rounds.ts';
import { BEACON, keyOf, u64Key } from '../../machines/kit/index.ts';
import { ANNOUNCEMENT_BLOCKS } from '../../machines/announcement/record.ts';
import type { Parameters } from '../../machines/parameters/record.ts';
import { retentionBlocks } from '../../machines/parameters/schedule.ts';
import { NEVER } from '../../machines/provider/record.ts';
import type { ChainView } from '../../testing/view.ts';
import type { Lexicon } from '../lexicon.ts';
import type { World } from '../world.ts';
import type { Meaning } from './fields.ts';
import type { Terms } from './writer.ts';

const LONG_AGO = 'old';
const PAST = 'past';

const most = (...values: readonly bigint[]): bigint =>
  values.reduce((largest, value) => (value > largest ? value : largest), 0n);

/** For how many blocks any rule looks back. */
const memoryBlocks = (parameters: Parameters): bigint =>
  most(parameters.unbondingBlocks, retentionBlocks(parameters), ANNOUNCEMENT_BLOCKS) + 1n;

const distance = (value: bigint, now: bigint, memory: bigint): string =>
  now - value > memory ? LONG_AGO : `${value - now}`;

const until = (value: bigint, now: bigint): string => (value > now ? `${value - now}` : PAST);

/** A round that is known says its value: what is drawn by it follows from that. */
const roundText = (round: bigint, view: ChainView): string => {
  const known = view.entry(beaconRounds, BEACON, u64Key(round));
  if (known !== undefined) return known.randomness.slice(0, 8);
  const source = view.actor(BEACON)?.context.source;
  return source === undefined ? '' : `${timeOfRound(source, round) - view.time}`;
};

/** Ids depend on when somebody attested; whose they are does not. */
const namesOf = (view: ChainView, lexicon: Lexicon): ReadonlyMap<string, string> =>
  new Map([
    ...view
      .all('attestation')
      .map(({ id, record }) => [record.context.attestationId, `of ${keyOf(id)}`] as const),
    ...view
      .all('challenge')
      .map(({ id, record }) => [keyOf(id), lexicon.challenge(record.context)] as const),
  ]);

/** The terms in which a state is written: its own height, clock and names. */
export const termsOf = (world: World, view: ChainView, lexicon: Lexicon): Terms => {
  const { parameters } = world;
  const { height, time } = view;
  const { epochBlocks, dispute } = parameters;
  const epoch = height / epochBlocks;
  const memory = memoryBlocks(parameters);
  const { evidenceAgeBlocks: evidence } = parameters;
  const canWithdraw = world.moves.includes('withdraw');
  const hasLottery = world.moves.includes('protocolAudit');
  const names = namesOf(view, lexicon);
  const numbers: Readonly<Record<Meaning, (value: bigint) => string>> = {
    height: (value) => distance(value, height, memory),
    noShow: (value) => distance(value, height, parameters.noShowWindowBlocks),
    spared: (value) => distance(value, height, dispute.unsubstantiatedOncePerBlocks),
    evidence: (value) => distance(value, height, evidence),
    lot: (value) => distance(value, height, canWithdraw ? memory : evidence),
    until: (value) => (value === NEVER ? 'never' : until(value, height)),
    seconds: (value) =>
      hasLottery ? distance(value, time, memory * dispute.blockTimeSeconds) : '',
    epochOf: (value) => (value / epochBlocks === epoch ? 'this' : PAST),
    epoch: (value) => (value >= epoch ? `${value - epoch}` : PAST),
    round: (value) => roundText(value, view),
    now: (value) => (value === height ? 'now' : PAST),
    count: String,
    unread: () => '',
  };
  return {
    // 0 is what a field holds that was never set; the first block of a world is far behind it.
    number: (meaning, value) => (value === 0n ? '0' : numbers[meaning](value)),
    hex: (value) => names.get(value) ?? lexicon.outputOf(value) ?? value,
  };
};
