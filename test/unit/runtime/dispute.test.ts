import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../../src/actors/index.ts';
import { buildTransaction } from '../../../src/client/transaction.ts';
import { loadSecp256k1 } from '../../../src/codec/node.ts';
import { BURN } from '../../../src/machines/kit/index.ts';
import { COLLECTIONS, openMemoryStore, verifyQuery } from '../../../src/runtime/index.ts';
import { genesisHeader, genesisOverlay } from '../../../src/runtime/execution/genesis.ts';
import { idOfHeader } from '../../../src/runtime/execution/block.ts';
import { updateTree } from '../../../src/runtime/tree/index.ts';
import { batchOf } from '../../../src/runtime/ledger/blocks.ts';
import { Ledger } from '../../../src/runtime/ledger/ledger.ts';
import { operationsOn } from '../../../src/runtime/ledger/operations.ts';
import { Subscribers } from '../../../src/runtime/ledger/subscribers.ts';
import { makeSignatures } from '../../../src/runtime/services/signatures.ts';
import { nodeSha256 } from '../../../src/runtime/tree/node-sha256.ts';
import { Market, RIGHT, WRONG } from '../../support/market.ts';
import { CHAIN } from '../../support/world.ts';
import { GENESIS, value } from './chain.ts';

type Order = ReturnType<Market['order']>;

const engine = loadSecp256k1();
const PROPOSER = '00'.repeat(20);

/** A ledger that begins with the state of a market. */
const ledgerOf = (market: Market): Ledger => {
  const signatures = makeSignatures(engine);
  const environment = { chain: { ...CHAIN, verifier: signatures }, sha256: nodeSha256 };
  const genesis = { ...GENESIS, time: market.time };
  const header = genesisHeader(environment.chain, genesis);
  const state = market.state.records;
  const reader = { getNode: () => undefined };
  const tree = updateTree({ reader, parent: undefined, version: 0n, changes: state });
  const store = openMemoryStore({ identity: { ...CHAIN, genesisHash: CHAIN.chainId } });
  const first = genesisOverlay(environment, genesis);
  const overlay = {
    ...first,
    blockId: idOfHeader(header),
    state,
    root: tree.root,
    treePut: tree.put,
    treeStale: tree.stale,
  };
  value(store.commit(batchOf(overlay)));
  const subscribers = new Subscribers((error) => {
    throw error;
  });
  const supplyNlux = market.supply();
  return new Ledger({ environment, store, signatures, subscribers, supplyNlux });
};

/** A market whose blocks go through the runtime, signed, and are committed so many blocks later. */
class RuntimeMarket extends Market {
  readonly ledger: Ledger = ledgerOf(this);
  readonly operations = operationsOn(this.ledger);
  readonly roots: string[] = [];
  readonly #waiting: string[] = [];
  readonly #lag: number;

  constructor(lag: number) {
    super();
    this.#lag = lag;
  }

  override block(...orders: readonly Order[]): readonly Receipt[] {
    const sent = new Map<string, bigint>();
    const transactions = orders.map(({ from, to, message, value: valueNlux }) => {
      const offset = sent.get(from) ?? 0n;
      sent.set(from, offset + 1n);
      const nonce = (this.actor(this.account(from))?.context.nonce ?? 0n) + offset;
      const { networkId, chainId } = CHAIN;
      const { privateKey } = this.key(from);
      const rest = { expiry: this.height + 100n, gasLimit: 2_000_000n, gasPriceNlux: 1n, engine };
      const body = { networkId, chainId, nonce, receiver: to, valueNlux, privateKey, ...rest };
      return value(buildTransaction({ ...body, message: message as never })).bytes;
    });
    this.height += 1n;
    this.time += 2n;
    const parent = this.#waiting.at(-1) ?? this.ledger.tip.blockId;
    const request = { parent, time: this.time, proposer: PROPOSER, transactions };
    const built = value(this.operations.buildBlock(request));
    this.ledger.built = undefined;
    const executed = value(this.operations.execute(parent, built.bytes));
    this.state = this.state.apply(this.ledger.forest.get(built.blockId)?.state ?? new Map());
    this.lastBegin = executed.begin;
    this.roots.push(executed.root);
    this.#waiting.push(built.blockId);
    if (this.#waiting.length > this.#lag)
      value(this.operations.commit(this.#waiting.shift() ?? ''));
    return executed.receipts.map(({ receipt }) => receipt);
  }

  commitAll(): void {
    for (const blockId of this.#waiting.splice(0)) value(this.operations.commit(blockId));
  }
}

/** Two answers to one question, the re-run on a third provider, and the verdict by timer. */
const wholeDispute = (lag: number): RuntimeMarket => {
  const market = new RuntimeMarket(lag).open();
  market.attest('p0', RIGHT);
  market.attest('p1', WRONG);
  const id = market.dispute('p0', 'p1', RIGHT);
  market.advance(40n);
  expect(market.actor(id)?.state).toBe('final');
  market.commitAll();
  return market;
};

describe('signatures checked ahead of a block', () => {
  it('are not checked again in it, those of attestations included', () => {
    const market = new RuntimeMarket(0).open();
    const claim = market.claim('p0', RIGHT);
    const { networkId, chainId } = CHAIN;
    const attest = buildTransaction({
      networkId,
      chainId,
      nonce: market.actor(market.account('p0'))?.context.nonce ?? 0n,
      expiry: market.height + 10n,
      gasLimit: 2_000_000n,
      gasPriceNlux: 1n,
      receiver: market.attestation('p0'),
      valueNlux: 0n,
      message: claim,
      privateKey: market.key('p0').privateKey,
    });
    const { bytes } = value(attest);
    const { operations, ledger } = market;
    const asked = () => ledger.signatures.stats();
    const before = asked();
    expect(value(operations.verifyAhead([bytes, Uint8Array.of(1)]))).toEqual({ valid: 1 });
    expect(asked().remembered).toBe(before.remembered);
    expect(asked().asked).toBe(before.asked + 2);
    const request = { time: market.time, proposer: PROPOSER, transactions: [bytes] };
    expect(value(operations.buildBlock(request)).included).toHaveLength(1);
    expect(asked().asked).toBe(before.asked + 4);
    expect(asked().remembered).toBe(before.remembered + 2);
  });
});

describe('a whole dispute through the runtime', () => {
  const direct = wholeDispute(0);

  it('ends with a slash, and balances that add up', () => {
    expect(direct.balance(BURN)).toBeGreaterThan(0n);
    const { supplyNlux, root } = value(direct.operations.check());
    expect(supplyNlux).toBe(direct.supply());
    expect(root).toBe(direct.roots.at(-1));
  });

  it.each([1, 5, 63])('gives the same roots when blocks are committed %s later', (lag) => {
    expect(wholeDispute(lag).roots).toEqual(direct.roots);
  });

  it('is traced message by message, timers included, to the committed roots', () => {
    let timers = 0;
    for (let height = 1n; height <= direct.height; height += 1n) {
      const trace = value(direct.operations.traceBlock(height));
      expect(trace.isSame, `height ${height}`).toBe(true);
      timers += value(direct.operations.receipts(height))?.begin.timers.length ?? 0;
    }
    expect(timers).toBeGreaterThan(0);
  });

  it('can be proved, entry by entry', () => {
    const setNodes = COLLECTIONS.find(({ name }) => name === 'setNodes');
    expect(setNodes).toBeDefined();
    const owner = value(direct.operations.list({ kind: 'profile' })).items[0]?.id ?? '';
    const page = value(direct.operations.list({ owner, collection: 'setNodes', limit: 3 }));
    expect(page.items.length).toBeGreaterThan(0);
    for (const { id } of page.items) {
      const entry = { owner, collection: 'setNodes', key: id };
      const answer = value(direct.operations.query({ entry, prove: true }));
      const { key, root, value: bytes, proof = new Uint8Array(0) } = answer;
      expect(answer.decoded).toBeDefined();
      expect(verifyQuery({ key, root, value: bytes, proof }).ok).toBe(true);
    }
  });
});
