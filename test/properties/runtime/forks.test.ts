import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EmbeddedAivm } from '../../../src/runtime/index.ts';
import {
  accountId,
  GENESIS,
  open,
  PROPOSER,
  tipOf,
  transfer,
  value,
} from '../../unit/runtime/chain.ts';

const ACTORS = 4;

/** A block of the model: how it came about, and what the next nonces after it are. */
interface Known {
  readonly blockId: string;
  readonly parent: Known | undefined;
  readonly bytes: Uint8Array;
  readonly root: string;
  readonly activity: string;
  readonly nonces: readonly bigint[];
}

type Command =
  | {
      readonly type: 'extend';
      readonly on: number;
      readonly pays: readonly (readonly [number, number, number])[];
    }
  | { readonly type: 'commit' | 'drop' | 'again'; readonly which: number };

const index = fc.nat({ max: 30 });
const person = fc.nat({ max: ACTORS - 1 });
const pay = fc.tuple(person, person, fc.integer({ min: 1, max: 1000 }));
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('extend' as const),
      on: index,
      pays: fc.array(pay, { maxLength: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom('commit' as const, 'drop' as const, 'again' as const),
      which: index,
    }),
  },
);

const isBelow = (block: Known | undefined, ancestor: Known): boolean =>
  block !== undefined && (block === ancestor || isBelow(block.parent, ancestor));

const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`not so: ${what}`);
};

/** What the commands must lead to: a list of pending blocks and a tip. */
class Model {
  tip: Known;
  pending: Known[] = [];
  all: Known[];

  constructor(aivm: EmbeddedAivm) {
    const { blockId, root, activity } = tipOf(aivm);
    const nonces = Array.from({ length: ACTORS }, () => 0n);
    this.tip = { blockId, root, activity, parent: undefined, bytes: new Uint8Array(0), nonces };
    this.all = [this.tip];
  }

  run(aivm: EmbeddedAivm, { ...step }: Command): void {
    if (step.type === 'extend') this.extend(aivm, step.on, step.pays);
    const chosen =
      step.type === 'extend' ? undefined : this.pending[step.which % this.pending.length];
    if (chosen === undefined) return;
    if (step.type === 'drop') {
      value(aivm.drop(chosen.blockId));
      this.pending = this.pending.filter((block) => !isBelow(block, chosen));
    } else if (step.type === 'again') {
      const again = value(aivm.execute(chosen.parent?.blockId ?? '', chosen.bytes));
      must(again.root === chosen.root && again.activity === chosen.activity, 'executed anew');
    } else if (chosen.parent === this.tip) {
      must(value(aivm.commit(chosen.blockId)).root === chosen.root, 'committed as executed');
      this.tip = chosen;
      this.pending = this.pending.filter((block) => block !== chosen && isBelow(block, chosen));
    } else {
      must(!aivm.commit(chosen.blockId).ok, 'committed before its parent');
    }
  }

  extend(
    aivm: EmbeddedAivm,
    on: number,
    pays: readonly (readonly [number, number, number])[],
  ): void {
    const parents = [this.tip, ...this.pending];
    const parent = parents[on % parents.length] ?? this.tip;
    const nonces = [...parent.nonces];
    const transactions = pays.map(([from, to, amount]) => {
      const nonce = nonces[from] ?? 0n;
      nonces[from] = nonce + 1n;
      return transfer({ from, to, nonce, amount: BigInt(amount) });
    });
    // A time of its own, so that no two blocks are the same block.
    const time = GENESIS.time + BigInt(this.all.length);
    const request = { parent: parent.blockId, time, proposer: PROPOSER, transactions };
    const built = aivm.buildBlock(request);
    // A block on an older one may be younger than its parent; then there is none.
    if (!built.ok && built.failure.code === 'runtime/wrong-time') return;
    const { bytes, leftOut } = value(built);
    const { blockId, root, activity } = value(aivm.execute(parent.blockId, bytes));
    must(leftOut.length === 0, 'every transaction is included');
    const block = { blockId, root, activity, parent, bytes, nonces };
    this.pending.push(block);
    this.all.push(block);
  }
}

/** Root and activity of a block on a node that never saw a fork and committed every ancestor. */
const straight = (block: Known): readonly string[] => {
  const path: Known[] = [];
  for (let at: Known | undefined = block; at?.parent !== undefined; at = at.parent)
    path.unshift(at);
  const aivm = open();
  for (const { bytes } of path) {
    value(aivm.commit(value(aivm.execute(tipOf(aivm).blockId, bytes)).blockId));
  }
  const { root, activity } = tipOf(aivm);
  return [root, activity];
};

describe('any sequence of extending, dropping and committing', () => {
  it('I52: leaves exactly what the model says, and roots that depend on ancestors only', () => {
    fc.assert(
      fc.property(fc.array(command, { minLength: 1, maxLength: 25 }), (commands) => {
        const aivm = open();
        const model = new Model(aivm);
        for (const step of commands) model.run(aivm, step);
        const { pending, tip } = value(aivm.status());
        expect(pending).toEqual(model.pending.map(({ blockId }) => blockId));
        expect([tip.blockId, tip.root]).toEqual([model.tip.blockId, model.tip.root]);
        expect(value(aivm.check()).root).toBe(model.tip.root);
        for (const block of [model.tip, ...model.pending.slice(-3)]) {
          expect([block.root, block.activity]).toEqual(straight(block));
        }
      }),
      { numRuns: 60, seed: 52 },
    );
  });

  it('I55: asking changes nothing', () => {
    const body = { receiver: accountId(1), message: Uint8Array.of(0x81, 1), valueNlux: 1n };
    fc.assert(
      fc.property(fc.array(command, { maxLength: 8 }), (commands) => {
        const aivm = open();
        const model = new Model(aivm);
        for (const step of commands) model.run(aivm, step);
        const sight = () => {
          const { tip, pending, store } = value(aivm.status());
          return { tip, pending, store, hashes: value(aivm.stateHashByActor()).items };
        };
        const before = sight();
        for (let sender = 0; sender < ACTORS; sender++) {
          aivm.checkTx(transfer({ from: sender, nonce: model.tip.nonces[sender] ?? 0n, to: 0 }));
          value(aivm.dryRun({ sender: accountId(sender), body }));
          value(aivm.query({ actor: accountId(sender), prove: true }));
        }
        value(aivm.buildBlock({ time: GENESIS.time + 99n, proposer: PROPOSER, transactions: [] }));
        value(aivm.list({ kind: 'account' }));
        value(aivm.events({ from: 0n }));
        value(aivm.check());
        if (tipOf(aivm).height > 0n)
          expect(value(aivm.traceBlock(tipOf(aivm).height)).isSame).toBe(true);
        expect(sight()).toEqual(before);
      }),
      { numRuns: 25, seed: 55 },
    );
  });
});
