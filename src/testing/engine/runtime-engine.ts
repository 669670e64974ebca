import type { ChainContext } from '../../actors/index.ts';
import { buildTransaction } from '../../client/transaction.ts';
import { assert, type Secp256k1 } from '../../codec/index.ts';
import { type Genesis, supplyOf } from '../../genesis/genesis.ts';
import type { Messages } from '../../machines/messages.ts';
import { genesisOverlay } from '../../runtime/execution/genesis.ts';
import { batchOf, commitBlock, executeBlockOn } from '../../runtime/ledger/blocks.ts';
import { buildBlock } from '../../runtime/ledger/build.ts';
import { Ledger } from '../../runtime/ledger/ledger.ts';
import { identityOf } from '../../runtime/ledger/open.ts';
import { Subscribers } from '../../runtime/ledger/subscribers.ts';
import { nodeSha256 } from '../../runtime/tree/node-sha256.ts';
import type { SignatureService } from '../../runtime/services/signatures.ts';
import { ChainStore } from '../../runtime/store/chain-store.ts';
import { DEFAULT_HISTORY_HEIGHTS, STORE_SCHEMA } from '../../runtime/store/store.ts';
import { unwrap } from '../../runtime/unwrap.ts';
import type { Engine, Extended, Moment, Offered, Unsigned } from './engine.ts';
import { PersistentTables } from './persistent-tables.ts';

export interface RuntimeMoment extends Moment {
  readonly tables: PersistentTables;
  /** For reading only: whatever changes it would change the moment. */
  readonly ledger: Ledger;
}

interface Parts {
  readonly chain: ChainContext;
  readonly genesis: Genesis;
  readonly signatures: SignatureService;
  readonly engine: Secp256k1;
}

const PROPOSER = '00'.repeat(20);

/** Opens ledgers of one chain over tables, as the runtime does over its own. */
const opener = ({ chain, genesis, signatures }: Parts) => {
  const identity = { ...identityOf(genesis), schema: STORE_SCHEMA };
  const environment = { chain, sha256: nodeSha256 };
  const supplyNlux = supplyOf(genesis);
  const subscribers = new Subscribers(() => undefined);
  return (tables: PersistentTables): Ledger => {
    const store = new ChainStore(tables, identity, DEFAULT_HISTORY_HEIGHTS, true);
    return new Ledger({ environment, store, signatures, subscribers, supplyNlux });
  };
};

const sign = ({ chain, engine }: Parts, unsigned: Unsigned) => {
  const { networkId, chainId } = chain;
  const message = unsigned.message as Messages[keyof Messages];
  return unwrap(buildTransaction({ ...unsigned, message, networkId, chainId, engine }));
};

const startOf = (parts: Parts, open: (tables: PersistentTables) => Ledger): RuntimeMoment => {
  const tables = new PersistentTables();
  const ledger = open(tables);
  const overlay = genesisOverlay(ledger.environment, parts.genesis);
  unwrap(ledger.store.commit(batchOf(overlay)));
  return { tip: ledger.tip, state: ledger.store, begin: overlay.beginReceipt, tables, ledger };
};

/**
 * The runtime: transactions are signed and their signatures recovered, blocks are assembled to
 * canonical bytes, executed and committed to a store with its history, and every block has its
 * root. All that a database and consensus would add is a disk and other blocks.
 */
export const runtimeEngine = (parts: Parts): Engine<RuntimeMoment> => {
  const open = opener(parts);
  const extend = (
    moment: RuntimeMoment,
    time: bigint,
    transactions: readonly Unsigned[],
  ): Extended<RuntimeMoment> => {
    const tables = moment.tables.fork();
    const ledger = open(tables);
    const signed = transactions.map((each) => sign(parts, each));
    const bytes = signed.map((each) => each.bytes);
    const built = unwrap(buildBlock(ledger, { time, proposer: PROPOSER, transactions: bytes }));
    const { blockId, receipts, begin } = unwrap(
      executeBlockOn(ledger, moment.tip.blockId, built.bytes),
    );
    unwrap(commitBlock(ledger, blockId));
    const receiptOf = new Map(receipts.map(({ txId, receipt }) => [txId, receipt]));
    const leftOut = new Map(built.leftOut.map(({ id, failure: why }) => [id, why]));
    const offered = signed.map(({ id }): Offered => {
      const receipt = receiptOf.get(id);
      if (receipt !== undefined) return { included: true, receipt };
      const why = leftOut.get(id);
      assert(why !== undefined, 'a transaction is included or left out');
      return { included: false, failure: why };
    });
    return { moment: { tip: ledger.tip, state: ledger.store, begin, tables, ledger }, offered };
  };
  return {
    chain: parts.chain,
    genesis: parts.genesis,
    start: startOf(parts, open),
    extend,
    root: ({ ledger }) => ledger.tip.root,
  };
};
