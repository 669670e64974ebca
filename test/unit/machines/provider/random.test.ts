import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actorId, type ActorId } from '../../../../src/machines/kit/index.ts';
import { MODEL_ID, OWNER, profileHash, registered, STAKE, type Desk } from './support.ts';

const challengeOf = (number: number): ActorId<'challenge'> =>
  actorId('challenge', number.toString(16).padStart(64, '0'));

/** What open challenges hold of the provider, as they are told. */
type Locks = Map<ActorId<'challenge'>, bigint>;

interface Move {
  readonly kind: (typeof KINDS)[number];
  readonly challenge: number;
  /** Sixteenths of the minimum stake. */
  readonly part: number;
  /** Heights back from the present one that a verdict is about, and blocks until the next move. */
  readonly blocks: number;
}

const KINDS = [
  'stake',
  'unstake',
  'withdraw',
  'serve',
  'leave',
  'unjail',
  'lock',
  'unlock',
  'slash',
  'penalize',
  'declined',
  'tombstone',
] as const;

const nluxOf = ({ part }: Move): bigint => (STAKE * BigInt(part)) / 16n;

/** The owner may be refused; what it may do is in the guards. */
const actAsOwner = (desk: Desk, move: Move): boolean => {
  const hash = profileHash(move.challenge + 1);
  switch (move.kind) {
    case 'stake':
      desk.send(OWNER, { type: 'stake' }, nluxOf(move));
      return true;
    case 'unstake':
      desk.send(OWNER, { type: 'unstake', amountNlux: nluxOf(move) });
      return true;
    case 'withdraw':
      desk.send(OWNER, { type: 'withdraw' });
      return true;
    case 'serve':
      desk.send(OWNER, { type: 'serve', profileHash: hash, modelId: MODEL_ID });
      return true;
    case 'leave':
      desk.send(OWNER, { type: 'leave', profileHash: hash });
      return true;
    case 'unjail':
      desk.send(OWNER, { type: 'unjail' });
      return true;
    default:
      return false;
  }
};

/** A challenge is never refused (PROTOCOL §3). */
const actAsChallenge = (desk: Desk, locks: Locks, move: Move): void => {
  const by = challengeOf(move.challenge);
  const amountNlux = nluxOf(move);
  const height = desk.height - BigInt(move.blocks);
  const held = locks.get(by);
  if (move.kind === 'lock' && held === undefined) {
    const before = desk.context.lockedNlux;
    desk.lock(by, amountNlux);
    locks.set(by, desk.context.lockedNlux - before);
  }
  if (move.kind === 'unlock' && held !== undefined) {
    desk.do(by, { type: 'unlock', amountNlux: held });
    locks.delete(by);
  }
  if (move.kind === 'slash' && held !== undefined) {
    const rest = { defendant: 0, leastNlux: 0n, unsubstantiated: move.part % 2 === 0 };
    desk.do(by, { type: 'slash', amountNlux, lockNlux: held, height, ...rest });
    locks.delete(by);
  }
  if (move.kind === 'penalize') {
    desk.do(by, { type: 'penalize', amountNlux, noShow: move.part % 2 === 0, since: height });
  }
  if (move.kind === 'declined') {
    desk.do(by, { type: 'declined', profileHash: profileHash(move.challenge + 1) });
  }
  if (move.kind === 'tombstone') desk.do(by, { type: 'tombstone', height });
};

const moves = fc.array(
  fc.record({
    kind: fc.constantFrom(...KINDS),
    challenge: fc.nat({ max: 3 }),
    part: fc.integer({ min: 1, max: 32 }),
    blocks: fc.nat({ max: 6 }),
  }),
  { minLength: 10, maxLength: 60 },
);

const play = (list: readonly Move[]) => {
  const desk = registered();
  const locks: Locks = new Map();
  for (const move of list) {
    desk.height += BigInt(move.blocks);
    if (!actAsOwner(desk, move)) actAsChallenge(desk, locks, move);
    const held = [...locks.values()].reduce((total, lock) => total + lock, 0n);
    expect(desk.context.lockedNlux).toBe(held);
    expect(desk.context.openChallenges).toBe(locks.size);
  }
  for (const [by, amountNlux] of locks) desk.do(by, { type: 'unlock', amountNlux });
  return desk;
};

test('whatever owner and challenges do, no coin is lost, no verdict refused (I1, I3, I37)', () => {
  const buried = { with: 0, without: 0 };
  fc.assert(
    fc.property(moves, (list) => {
      const desk = play(list);
      const wasTombstoned = desk.context.tombstonedAt > 0n;
      expect(desk.state === 'tombstoned').toBe(wasTombstoned);
      expect(desk.context).toMatchObject({ lockedNlux: 0n, debtNlux: 0n, openChallenges: 0 });
      if (desk.context.freeNlux > 0n) {
        desk.do(OWNER, { type: 'unstake', amountNlux: desk.context.freeNlux });
      }
      desk.height += desk.parameters.unbondingBlocks;
      const left = desk.balance;
      const before = desk.got(OWNER);
      if (left > 0n) desk.do(OWNER, { type: 'withdraw' });
      expect(desk.got(OWNER) - before).toBe(left);
      expect(desk.balance).toBe(0n);
      buried[wasTombstoned ? 'with' : 'without'] += 1;
    }),
    { numRuns: 150, seed: 4 },
  );
  expect(Math.min(buried.with, buried.without)).toBeGreaterThan(20);
});
