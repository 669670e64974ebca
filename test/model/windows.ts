// What happens when a window of a challenge ends (PROTOCOL §6, 2 to 7).
import { chunkDrawOf, isComplete, panelsOf, relationsOf } from './chunks.ts';
import { sure, unknownRound } from './chain.ts';
import type { World } from './chain.ts';
import { drawReplacements } from './draws.ts';
import { conclude, concludeVoid, noShowPenalty, seatPenalty } from './endings.ts';
import * as ids from './ids.ts';
import { judge } from './judge.ts';
import {
  drawing,
  hasLapsed,
  moveNextSeed,
  seatOf,
  seatPanel,
  seedRoundOf,
  type On,
} from './panels.ts';
import { most, shareUp, slotBlocks } from './rules.ts';
import { penalize } from './stake.ts';
import type { Challenge, Seat } from './state.ts';

const slotOf = ({ world, of }: On): bigint =>
  most(of.openedAt + slotBlocks(of.terms, of.round), world.state.height) + of.terms.seedBlocks;

const nextRound = (on: On): void => {
  const { of } = on;
  Object.assign(of, { state: 'awaitSeed', round: of.round + 1, seedMoved: false, attempt: 0 });
  Object.assign(of, { beacon: ids.NO_HASH, chunkRound: 0n });
  of.deadline = slotOf(on);
};

const endOfPublish = (on: On): void => {
  const { of, world } = on;
  const isJudged = (each: Challenge['defendants'][number]) =>
    of.payloadPublished && each.substantiated;
  const isAny = of.defendants.some(isJudged);
  for (const each of of.defendants) if (!isJudged(each)) each.finding = 'unsubstantiated';
  if (!isAny) return conclude(world, of, of.payloadPublished ? 'outputsMissing' : 'payloadMissing');
  of.state = 'awaitSeed';
  of.deadline = slotOf(on);
};

const endOfAwaiting = (on: On): void => {
  const { of, world } = on;
  const randomness = world.state.rounds.get(seedRoundOf(of))?.randomness;
  if (randomness !== undefined) return seatPanel(on, randomness);
  if (of.seedMoved) return concludeVoid(world, of, 'seedMissing');
  of.seedRounds[of.round - 1] = unknownRound(world);
  of.seedMoved = true;
  of.deadline = world.state.height + of.terms.seedBlocks;
};

const seatsOfRound = (of: Challenge, ...states: readonly Seat['state'][]): readonly Seat[] =>
  of.seats.filter(({ round, state }) => round === of.round && states.includes(state));

const punish = ({ world, of }: On, seats: readonly Seat[], amount: bigint, noShow: boolean) => {
  for (const { provider } of seats) {
    penalize(world, sure(world.state.providers.get(provider)), amount, noShow, of.openedAt);
  }
};

const markSilent = (on: On): void => {
  const silent = seatsOfRound(on.of, 'drawn');
  for (const seat of silent) seat.state = 'silent';
  punish(on, silent, noShowPenalty(on.of), true);
};

const isUndecided = ({ defendants }: Challenge): boolean =>
  defendants.some(({ finding }) => finding === 'undecided');

const isLastPanel = (of: Challenge): boolean => panelsOf(of)[of.round] === undefined;

const findNothing = ({ defendants }: Challenge): void => {
  for (const each of defendants) {
    each.finding = each.substantiated ? 'undecided' : 'unsubstantiated';
    each.leastNlux = 0n;
  }
};

/** After a panel: the last one ends it, an undecided defendant goes on, else anyone may appeal. */
const afterPanel = (on: On): void => {
  const { of, world } = on;
  if (isLastPanel(of)) return conclude(world, of, 'lastPanel');
  if (isUndecided(of)) {
    moveNextSeed(on);
    return nextRound(on);
  }
  Object.assign(of, { state: 'decided', deadline: world.state.height + of.terms.appealBlocks });
};

const endOfCommit = (on: On): void => {
  const { of, world } = on;
  const missing = seatsOfRound(of, 'drawn', 'unable').filter(
    ({ attempt }) => attempt === of.attempt,
  );
  markSilent(on);
  if (missing.length > 0 && of.attempt + 1 < of.terms.commitWindows) {
    of.attempt += 1;
    const seats = missing.map(({ seat }) => seat);
    const drawn = drawReplacements(drawing(on, of.beacon), seats, of.attempt);
    of.seats.push(...drawn.map(({ seat, member }) => seatOf(of, seat, member)));
    of.deadline = world.state.height + of.terms.commitBlocks;
  } else if (seatsOfRound(of, 'committed').length > 0) {
    const deadline = world.state.height + of.terms.revealBlocks;
    Object.assign(of, { state: 'reveal', chunkRound: unknownRound(world), deadline });
  } else {
    findNothing(of);
    afterPanel(on);
  }
};

/** The rate of the panel, of the ladder 1, 3, 7: both ladders end with the last (PROTOCOL §6.3). */
const rateOf = (of: Challenge): number => {
  const { wrongResultBps, auditPanels } = of.terms;
  const first = of.form === 'pair' ? 0 : wrongResultBps.length - auditPanels.length;
  return sure(wrongResultBps[first + of.round - 1]);
};

const judgePanel = (on: On): void => {
  const { of, world, self } = on;
  const draw = chunkDrawOf(world, self, of);
  if (draw === undefined) {
    for (const seat of seatsOfRound(of, 'revealed')) seat.state = 'answered';
    return findNothing(of);
  }
  const withheld = seatsOfRound(of, 'committed', 'revealed').filter(
    (seat) => seat.state === 'committed' || !isComplete(of, draw, 2 + seat.seat, seat),
  );
  for (const seat of seatsOfRound(of, 'revealed')) seat.state = 'answered';
  for (const seat of withheld) seat.state = 'withheld';
  const relations = relationsOf(of, draw);
  const judged = of.defendants.map((_, at) => judge(relations, at));
  for (const seat of seatsOfRound(of, 'answered')) {
    seat.stances = of.defendants.map((_, at) => sure(relations.stances[at]?.[seat.seat]));
    seat.stray = judged.some(({ stray }) => stray.includes(seat.seat));
  }
  of.defendants.forEach((each, at) => {
    const { finding } = sure(judged[at]);
    const isShown = each.substantiated && isComplete(of, draw, at, each);
    each.finding = isShown ? finding : 'unsubstantiated';
    each.leastNlux = finding === 'faulty' ? shareUp(each.baseNlux, rateOf(of)) : 0n;
  });
  for (const each of of.defendants) each.opened = 0n;
  of.shown.clear();
  punish(on, withheld, seatPenalty(of), false);
};

/** The end of the window that the challenge is in. */
export const wake = (world: World, self: string): void => {
  const of = sure(world.state.challenges.get(self));
  const on = { world, self, of };
  if (of.state !== 'decided' && hasLapsed(on)) {
    of.shown.clear();
    return concludeVoid(world, of, 'lapsed');
  }
  switch (of.state) {
    case 'publish':
      return endOfPublish(on);
    case 'awaitSeed':
      return endOfAwaiting(on);
    case 'commit':
      return endOfCommit(on);
    case 'reveal':
      judgePanel(on);
      return afterPanel(on);
    case 'decided':
      return conclude(world, of, 'decided');
    case 'appealed':
      return nextRound(on);
    case 'final':
      throw new Error('a final challenge has no timer');
  }
};
