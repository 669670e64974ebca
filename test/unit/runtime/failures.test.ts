import * as Effect from 'effect/Effect';
import * as Exit from 'effect/Exit';
import * as Layer from 'effect/Layer';
import * as Logger from 'effect/Logger';
import * as Option from 'effect/Option';
import { describe, expect, it } from 'vitest';
import { AssertionError, nobleSecp256k1, type Secp256k1 } from '../../../src/codec/index.ts';
import { Aivm, openMemoryStore, Signatures, StateStore } from '../../../src/runtime/index.ts';
import { StoreDamagedError } from '../../../src/runtime/index.ts';
import type { AivmError, LogEntry, Store } from '../../../src/runtime/index.ts';
import { identityOf } from '../../../src/runtime/ledger/open.ts';
import { advance, code, extend, GENESIS, open, PROPOSER, tipOf, transfer, value } from './chain.ts';

/** An engine that works until it is told to break. */
const fragile = () => {
  const state = { isBroken: false };
  const engine: Secp256k1 = {
    ...nobleSecp256k1,
    recover: (digest, signature) => {
      if (state.isBroken) throw new AssertionError('the engine is broken');
      return nobleSecp256k1.recover(digest, signature);
    },
  };
  return { state, engine };
};

describe('a broken invariant', () => {
  const { state, engine } = fragile();
  const log: LogEntry[] = [];
  const aivm = open({ engine, log: (entry) => log.push(entry) });
  const parent = tipOf(aivm).blockId;
  const waiting = extend(aivm, [transfer({ from: 0, nonce: 0n, to: 1 })]);
  const other = extend(open(), [transfer({ from: 1, nonce: 0n, to: 2 })]);

  it('in a call that only asks fails that call, and is reported', () => {
    state.isBroken = true;
    const failed = aivm.checkTx(transfer({ from: 3, nonce: 0n, to: 1 }));
    expect(failed.ok ? undefined : failed.failure).toMatchObject({
      code: 'runtime/defect',
      details: { cause: 'AssertionError: the engine is broken' },
    });
    expect(log.map(({ level }) => level)).toEqual(['Warn', 'Error']);
    expect(code(aivm.tip())).toBeUndefined();
  });

  it('while a block is executed stops the runtime, which commits nothing more', () => {
    expect(code(aivm.execute(parent, other.bytes))).toBe('runtime/halted');
    state.isBroken = false;
    expect(code(aivm.execute(parent, other.bytes))).toBe('runtime/halted');
    expect(code(aivm.commit(waiting.blockId))).toBe('runtime/halted');
    expect(code(aivm.tip())).toBe('runtime/halted');
    expect(log.at(-1)).toMatchObject({
      level: 'Fatal',
      details: { operation: 'execute', code: 'runtime/defect', tipHeight: '0' },
    });
  });

  it('leaves it able to say why', () => {
    const { halted, tip } = value(aivm.status());
    expect(halted?.code).toBe('runtime/halted');
    expect(halted?.details).toMatchObject({ operation: 'execute', code: 'runtime/defect' });
    expect(tip.height).toBe(0n);
  });
});

/** A store in memory, some of whose functions are others. */
const withStore = (change: (store: Store) => Partial<Store>) => {
  const store = openMemoryStore({ identity: identityOf(GENESIS) });
  const changed = new Proxy(store, {
    get: (target, name) => {
      const replaced = change(target)[name as keyof Store] ?? target[name as keyof Store];
      return typeof replaced === 'function' ? replaced.bind(target) : replaced;
    },
  });
  const services = Layer.merge(Layer.succeed(StateStore, changed), Signatures.layer);
  return Layer.provideMerge(
    Layer.provide(Aivm.layer({ genesis: GENESIS }), services),
    Logger.layer([]),
  );
};

const run = <A>(layer: ReturnType<typeof withStore>, program: Effect.Effect<A, AivmError, Aivm>) =>
  Effect.runSyncExit(Effect.provide(program, layer));

const failureOf = (exit: Exit.Exit<unknown, AivmError>): string | undefined => {
  const found = Exit.findErrorOption(exit);
  return Option.isSome(found) ? found.value.code : undefined;
};

const silent = { time: GENESIS.time, proposer: PROPOSER, transactions: [] };

describe('a damaged record', () => {
  const damaged = { isRead: false };
  const readable = () =>
    withStore((store) => ({
      get: (key) => {
        if (damaged.isRead) throw new StoreDamagedError('state', '00', 'wrong checksum');
        return store.get(key);
      },
    }));

  it('met by a query is its failure', () => {
    const program = Effect.gen(function* () {
      const aivm = yield* Aivm;
      damaged.isRead = true;
      const exit = yield* Effect.exit(aivm.query({ actor: 'burn:' }));
      damaged.isRead = false;
      yield* aivm.query({ actor: 'burn:' });
      return failureOf(exit);
    });
    expect(run(readable(), program)).toEqual(Exit.succeed('store/damaged'));
  });

  it('met at the opening refuses it', () => {
    const layer = withStore(() => ({
      tip: () => {
        throw new StoreDamagedError('meta', '00', 'wrong checksum');
      },
    }));
    const opened = run(
      layer,
      Effect.flatMap(Aivm, (aivm) => aivm.tip()),
    );
    expect(failureOf(opened)).toBe('store/damaged');
  });

  it('met while a block is built stops the runtime', () => {
    const program = Effect.gen(function* () {
      const aivm = yield* Aivm;
      damaged.isRead = true;
      const first = yield* Effect.exit(aivm.buildBlock(silent));
      damaged.isRead = false;
      const second = yield* Effect.exit(aivm.buildBlock(silent));
      return [first, second].map(failureOf);
    });
    expect(run(readable(), program)).toEqual(Exit.succeed(['runtime/halted', 'runtime/halted']));
  });
});

describe('a store of another genesis', () => {
  it('is refused by whoever provides it', () => {
    const { identity } = openMemoryStore({ identity: identityOf(GENESIS) });
    const layer = withStore(() => ({ identity: { ...identity, genesisHash: 'cd'.repeat(32) } }));
    const opened = run(
      layer,
      Effect.flatMap(Aivm, (aivm) => aivm.tip()),
    );
    expect(failureOf(opened)).toBe('runtime/foreign-store');
  });
});

describe('a disk that fails', () => {
  it('leaves the block uncommitted, and a later try succeeds', () => {
    const disk = { isFull: false };
    const layer = withStore((store) => ({
      commit: (batch) =>
        disk.isFull
          ? { ok: false, failure: { code: 'store/write-failed', message: '', details: {} } }
          : store.commit(batch),
    }));
    const program = Effect.gen(function* () {
      const aivm = yield* Aivm;
      const { blockId: parent } = yield* aivm.tip();
      const { blockId, bytes } = yield* aivm.buildBlock(silent);
      yield* aivm.execute(parent, bytes);
      disk.isFull = true;
      const failed = yield* Effect.exit(aivm.commit(blockId));
      expect(failureOf(failed)).toBe('store/write-failed');
      expect((yield* aivm.tip()).height).toBe(0n);
      disk.isFull = false;
      yield* aivm.commit(blockId);
      return (yield* aivm.tip()).height;
    });
    expect(run(layer, program)).toEqual(Exit.succeed(1n));
  });
});

describe('a closed runtime', () => {
  it('refuses every call, and may be closed again', () => {
    const aivm = open();
    advance(aivm);
    aivm.close();
    aivm.close();
    expect(code(aivm.tip())).toBe('runtime/closed');
    expect(code(aivm.commit('ab'.repeat(32)))).toBe('runtime/closed');
    expect(code(aivm.status())).toBe('runtime/closed');
  });
});
