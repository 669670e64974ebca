import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { executeBlock, GENESIS_ACTIVITY, readActor, readEntry } from '../../../src/actors/index.ts';
import { supplyOf, type BlockOutcome } from '../../../src/actors/index.ts';
import { kindOf, TREASURY, type ActorId } from '../../../src/machines/kit/index.ts';
import { prepared, stateOf, TEST_CHAIN, TEST_PARAMETERS } from '../../unit/actors/support/chain.ts';
import { MemoryState } from '../../unit/actors/support/memory-state.ts';
import { puppetEntries, type PuppetContext } from '../../unit/actors/support/puppet.ts';
import { actorIn, modelTimers, modelTransaction, type ModelState } from './support/model.ts';
import { ACCOUNTS, anyBlocks, PUPPETS, type Step } from './support/programs.ts';

const RICH = 10_000_000_000n;
const PARAMETERS = { ...TEST_PARAMETERS, timersPerBlock: 2 };
const SUPPLY = BigInt(ACCOUNTS.length) * RICH;

const messageOf = ({ type, program }: Step): never =>
  (type === 'act'
    ? { type, program, reads: [] }
    : type === 'leave'
      ? { type, clean: true }
      : { type }) as never;

const genesis = (): MemoryState =>
  stateOf(Object.fromEntries(ACCOUNTS.map((id) => [id, RICH])), [], PARAMETERS);

const transactionsOf = (steps: readonly Step[], nonces: Map<ActorId, bigint>) =>
  steps.map((step) => {
    const nonce = nonces.get(step.from) ?? 0n;
    nonces.set(step.from, nonce + 1n);
    return prepared({ ...step, nonce, message: messageOf(step) });
  });

const execute = (
  source: MemoryState,
  height: bigint,
  transactions: ReturnType<typeof transactionsOf>,
) => {
  const header = { height, time: 1_000n };
  const input = { chain: TEST_CHAIN, source, header, parentActivity: GENESIS_ACTIVITY };
  const result = executeBlock({ ...input, transactions });
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
};

const KEYS = [0, 1, 2, 3];

/** What the state says of an actor, in the words of the model. */
const seen = (state: MemoryState, id: ActorId) => {
  const record = readActor(TEST_CHAIN, state, id);
  const kind = TEST_CHAIN.registry[kindOf(id)];
  const context = (record?.context ?? kind.initial) as unknown as PuppetContext & {
    nonce?: bigint;
  };
  const entries = KEYS.map(
    (key) => readEntry(state, puppetEntries(kindOf(id)), id, `0${key}`)?.value,
  );
  return {
    state: record?.state ?? kind.compiled.initial,
    balance: record?.balance ?? 0n,
    wakeAt: record?.wakeAt,
    nonce: context.nonce ?? 0n,
    counter: context.counter ?? 0,
    filler: context.filler?.length ?? 0,
    plan: [...(context.plan ?? [])],
    entries,
  };
};

const expected = (model: ModelState, id: ActorId) => {
  const { entries, plan, ...rest } = actorIn(model, id);
  return { ...rest, plan: [...plan], entries: KEYS.map((key) => entries.get(key)) };
};

/** Runs a block in the model beside the kernel, comparing each transaction. */
const follow = (
  model: ModelState,
  height: bigint,
  steps: readonly Step[],
  { receipts, begin }: BlockOutcome,
): ModelState => {
  let state = model;
  const woken = modelTimers(state, height, PARAMETERS.timersPerBlock);
  expect(begin.timers.map(({ actor }) => actor)).toEqual(woken);
  for (const [i, step] of steps.entries()) {
    const receipt = receipts[i];
    const followed = modelTransaction(state, step, receipt?.feeNlux ?? 0n);
    state = followed.state;
    const outcome = receipt?.outcome;
    expect({
      refused: outcome?.type === 'refused' ? outcome.refusal.code : undefined,
      delivered: Number(receipt?.messages),
      events: receipt?.events.length,
    }).toEqual(followed.result);
  }
  return state;
};

const OPTIONS = { numRuns: 250, seed: 20_240 };

describe('the kernel', () => {
  it('does what a naive model does, and keeps the supply', () => {
    fc.assert(
      fc.property(anyBlocks, (blocks) => {
        let state = genesis();
        let model: ModelState = new Map();
        for (const id of ACCOUNTS) actorIn(model, id).balance = RICH;
        const nonces = new Map<ActorId, bigint>();
        for (const [i, steps] of blocks.entries()) {
          const height = BigInt(i + 1);
          const outcome = execute(state, height, transactionsOf(steps, nonces));
          state = state.apply(outcome.changes);
          model = follow(model, height, steps, outcome);
          for (const id of [...ACCOUNTS, ...PUPPETS]) {
            expect(seen(state, id)).toEqual(expected(model, id));
          }
          expect(supplyOf(TEST_CHAIN, state)).toBe(SUPPLY);
        }
      }),
      OPTIONS,
    );
  });

  it('leaves no trace of refused transactions but fees and nonces', () => {
    fc.assert(
      fc.property(anyBlocks, (blocks) => {
        const steps = blocks.flat();
        const state = genesis();
        const { receipts } = execute(state, 1n, transactionsOf(steps, new Map()));
        const applied = steps.filter((_, i) => receipts[i]?.outcome.type === 'applied');
        const alone = execute(state, 1n, transactionsOf(applied, new Map()));
        const whole = execute(state, 1n, transactionsOf(steps, new Map()));
        const rest = (outcome: BlockOutcome) => {
          const isMoney = (key: string) => key.startsWith('0001') || key.startsWith('000c');
          return state
            .apply(outcome.changes)
            .dump()
            .filter((record) => !isMoney(record));
        };
        expect(rest(whole)).toEqual(rest(alone));
      }),
      OPTIONS,
    );
  });

  it('gives the same whatever the order in which the state is stored', () => {
    fc.assert(
      fc.property(anyBlocks, (blocks) => {
        let state = genesis();
        let mirrored = genesis();
        const nonces = new Map<ActorId, bigint>();
        for (const [i, steps] of blocks.entries()) {
          const transactions = transactionsOf(steps, nonces);
          const height = BigInt(i + 1);
          const one = execute(state, height, transactions);
          const other = execute(mirrored, height, transactions);
          expect(other.activity).toBe(one.activity);
          expect(other.receipts).toEqual(one.receipts);
          state = state.apply(one.changes);
          const backwards = [...mirrored.apply(other.changes).records].reverse();
          mirrored = new MemoryState(new Map(backwards));
          expect(mirrored.dump()).toEqual(state.dump());
        }
        expect(readActor(TEST_CHAIN, state, TREASURY)?.balance).toBe(
          readActor(TEST_CHAIN, mirrored, TREASURY)?.balance,
        );
      }),
      { ...OPTIONS, numRuns: 80 },
    );
  });
});
