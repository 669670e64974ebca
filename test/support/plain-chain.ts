import { fromHex, toHex } from '../../src/codec/index.ts';
import { loadSecp256k1 } from '../../src/codec/node.ts';
import { chainIdOf, type Genesis } from '../../src/genesis/index.ts';
import { REGISTRY } from '../../src/machines/registry.ts';
import { decodeBlock, unwrap } from '../../src/runtime/index.ts';
import { executeOn } from '../../src/runtime/execution/execute.ts';
import { genesisOverlay } from '../../src/runtime/execution/genesis.ts';
import type { Overlay } from '../../src/runtime/execution/overlay.ts';
import type { StateView } from '../../src/runtime/execution/resolve.ts';
import { executedBlock } from '../../src/runtime/ledger/blocks.ts';
import { makeSignatures } from '../../src/runtime/services/signatures.ts';
import { nodeSha256 } from '../../src/runtime/tree/node-sha256.ts';
import { updateTree } from '../../src/runtime/tree/update.ts';
import { foundIn, type Found } from '../../tools/vectors/vector.ts';

/** All that a chain is after a block: what of the block its child needs, and the records. */
export interface Snapshot {
  readonly tip: {
    readonly blockId: string;
    readonly height: bigint;
    /** Unix seconds. */
    readonly time: bigint;
    readonly activity: string;
  };
  readonly records: readonly (readonly [key: string, value: string])[];
}

/** How the entries of a map are put into it: an order that must not show. */
export type Arrange = <T>(entries: Iterable<T>) => readonly T[];

const signatures = makeSignatures(loadSecp256k1());

const environmentOf = (genesis: Genesis) => ({
  chain: {
    networkId: genesis.networkId,
    chainId: chainIdOf(genesis),
    registry: REGISTRY,
    verifier: signatures,
  },
  sha256: nodeSha256,
});

/** A view of maps: in the order of keys where one is asked for, whatever order they are in. */
const viewOf = (
  records: ReadonlyMap<string, Uint8Array>,
  nodes: ReadonlyMap<string, Uint8Array>,
): StateView => ({
  get: (key) => records.get(toHex(key)),
  range: (from, to) => {
    const [low, high] = [toHex(from), toHex(to)];
    return [...records]
      .filter(([key]) => key >= low && key < high)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [fromHex(key), value] as const);
  },
  getNode: (key) => nodes.get(key),
});

/**
 * A chain of plain maps that knows nothing but a snapshot: no store, no history, no cache. Its tree
 * is made anew from the records, so its root depends on them alone (I52).
 */
export class PlainChain {
  readonly root: string;
  readonly #environment: ReturnType<typeof environmentOf>;
  readonly #snapshot: Snapshot;
  readonly #view: StateView;

  constructor(genesis: Genesis, snapshot: Snapshot, arrange: Arrange = (all) => [...all]) {
    this.#environment = environmentOf(genesis);
    this.#snapshot = snapshot;
    const records = new Map(
      arrange(snapshot.records).map(([key, value]) => [key, fromHex(value)] as const),
    );
    const tree = updateTree({
      reader: { getNode: () => undefined },
      parent: undefined,
      version: snapshot.tip.height,
      changes: records,
      sha256: nodeSha256,
    });
    this.root = tree.root;
    this.#view = viewOf(records, new Map(arrange(tree.put)));
  }

  /** The state that a genesis describes. */
  static begin(genesis: Genesis): Snapshot {
    return after(undefined, genesisOverlay(environmentOf(genesis), genesis));
  }

  /** Executes the block above the snapshot; gives what was found and the snapshot after it. */
  execute(bytes: string): { readonly found: Found; readonly next: Snapshot } {
    const block = unwrap(decodeBlock(fromHex(bytes)));
    const parent = { ...this.#snapshot.tip, view: this.#view };
    const overlay = unwrap(executeOn(this.#environment, parent, block));
    return { found: foundIn(executedBlock(overlay)), next: after(this.#snapshot, overlay) };
  }
}

/** The snapshot that an overlay makes of the one before. */
function after(before: Snapshot | undefined, overlay: Overlay): Snapshot {
  const { blockId, activity } = overlay;
  const { height, time } = overlay.header;
  const records = new Map(before?.records);
  for (const [key, value] of overlay.state) {
    if (value === undefined) records.delete(key);
    else records.set(key, toHex(value));
  }
  return { tip: { blockId, height, time, activity }, records: [...records] };
}
