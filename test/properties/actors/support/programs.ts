import fc from 'fast-check';
import type { ActorId } from '../../../../src/machines/kit/index.ts';
import { accountOf, challengeOf, providerOf } from '../../../unit/actors/support/chain.ts';
import { compileProgram, type Op } from '../../../unit/actors/support/puppet.ts';

export const ACCOUNTS = ['a', 'b', 'c'].map(accountOf);
export const REQUEST = `request:${'5a'.repeat(32)}` as ActorId;
export const PUPPETS: readonly ActorId[] = [
  ...['p', 'q', 'r'].map(providerOf),
  challengeOf('x'),
  REQUEST,
];

const account = fc.constantFrom(...ACCOUNTS);
const puppet = fc.constantFrom(...PUPPETS);
const value = fc.bigInt({ min: 0n, max: 40n });
const key = fc.integer({ min: 0, max: 3 });
const times = fc.integer({ min: 0, max: 3 });
const MAX_HEIGHT = 12n;
const MAX_PLAN_BYTES = 250;

const program = (ops: fc.Arbitrary<readonly Op[]>) => ops.map(compileProgram);
const opsOfSome = (op: fc.Arbitrary<Op>) => fc.array(op, { maxLength: 4 });

/** What cannot be refused, and so may stand in a plan for a timer. */
const plain: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ type: fc.constant('transfer' as const), to: account, value }),
  fc.record({
    type: fc.constant('wake' as const),
    height: fc.bigInt({ min: 1n, max: MAX_HEIGHT }),
  }),
  fc.record({ type: fc.constant('cancel' as const) }),
  fc.record({ type: fc.constant('emit' as const), times }),
  fc.record({ type: fc.constant('put' as const), key, value: fc.nat({ max: 300 }) }),
  fc.record({ type: fc.constant('drop' as const), key }),
);

const sendOf = (inner: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Op> =>
  fc.record({ type: fc.constant('send' as const), to: puppet, value, program: inner });

const plan = program(opsOfSome(fc.oneof(plain, sendOf(program(opsOfSome(plain)))))).filter(
  (bytes) => bytes.length <= MAX_PLAN_BYTES,
);

const risky: fc.Arbitrary<Op> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('plan' as const), program: plan }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('store' as const),
      bytes: fc.oneof(fc.nat({ max: 200 }), fc.integer({ min: 601, max: 700 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('refuse' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restricted' as const), to: puppet }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('free' as const), to: puppet, value }) },
);

const leaf = fc.oneof({ weight: 4, arbitrary: plain }, { weight: 1, arbitrary: risky });
const middle = fc.oneof(leaf, sendOf(program(opsOfSome(leaf))));
/** A program of up to three levels of messages. */
export const anyProgram = program(
  opsOfSome(fc.oneof(leaf, sendOf(program(opsOfSome(middle))), sendOf(program(opsOfSome(leaf))))),
);

export interface Step {
  readonly from: ActorId<'account'>;
  readonly to: ActorId;
  readonly value: bigint;
  readonly type: 'act' | 'transfer' | 'leave';
  readonly program: Uint8Array;
}

const NO_PROGRAM = new Uint8Array(0);

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      from: account,
      to: puppet,
      value: fc.bigInt({ min: 0n, max: 100n }),
      type: fc.constant('act' as const),
      program: anyProgram,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      from: account,
      to: account as fc.Arbitrary<ActorId>,
      value: fc.bigInt({ min: 0n, max: 100n }),
      type: fc.constant('transfer' as const),
      program: fc.constant(NO_PROGRAM),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      from: account,
      to: puppet,
      value: fc.bigInt({ min: 0n, max: 1n }),
      type: fc.constant('leave' as const),
      program: fc.constant(NO_PROGRAM),
    }),
  },
);

/** Blocks of transactions. */
export const anyBlocks = fc.array(fc.array(anyStep, { maxLength: 6 }), {
  minLength: 1,
  maxLength: 8,
});
