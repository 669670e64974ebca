// Faults in which blocks and transactions a node takes, and in forks (PROTOCOL §2, §10).
import type { Fault } from './fault.ts';

const EXECUTION = 'src/runtime/execution';
const RUNTIME_UNIT = 'test/unit/runtime';

const blocks: readonly Fault[] = [
  {
    name: 'a block may be earlier than its parent',
    file: `${EXECUTION}/validate.ts`,
    from: 'if (header.time < parent.time)',
    to: 'if (header.time + 1n < parent.time)',
    near: [`${RUNTIME_UNIT}/blocks.test.ts`],
  },
  {
    name: 'a block needs a time of its own',
    file: `${EXECUTION}/validate.ts`,
    from: 'if (header.time < parent.time)',
    to: 'if (header.time <= parent.time)',
    near: [`${RUNTIME_UNIT}/blocks.test.ts`],
  },
  {
    name: 'a header need not commit to its transactions',
    file: `${EXECUTION}/validate.ts`,
    from: 'if (found === expected) return ok(undefined);',
    to: 'if (found.length === expected.length) return ok(undefined);',
    near: [`${RUNTIME_UNIT}/blocks.test.ts`],
  },
  {
    name: 'a block may skip a height',
    file: `${EXECUTION}/validate.ts`,
    from: 'header.height !== parent.height + 1n',
    to: 'header.height <= parent.height',
    near: [`${RUNTIME_UNIT}/blocks.test.ts`],
  },
  {
    name: 'the builder makes a block that is earlier than its parent',
    file: `${EXECUTION}/assemble.ts`,
    from: 'if (time < parent.time)',
    to: 'if (time + 1n < parent.time)',
    near: [`${RUNTIME_UNIT}/blocks.test.ts`],
  },
  {
    name: 'a block that was dropped leaves what stands on it',
    file: `${EXECUTION}/forest.ts`,
    from: 'if (dropped.has(overlay.header.parentId)) dropped.add(id);',
    to: 'if (dropped.has(overlay.header.parentId)) continue;',
    near: [`${RUNTIME_UNIT}/blocks.test.ts`, 'test/properties/runtime'],
  },
  {
    name: 'what a pending block deleted is there again for its child',
    file: `${EXECUTION}/resolve.ts`,
    from: '        if (state.has(text)) return undefined;\n',
    to: '',
    near: ['test/properties/runtime'],
  },
  {
    name: 'a range over forks gives the value of the oldest layer',
    file: `${EXECUTION}/resolve.ts`,
    from: 'layer.key < lowest.key',
    to: 'layer.key <= lowest.key',
    near: ['test/properties/runtime'],
  },
  {
    name: 'a transaction is checked for the height of the tip, not of the next block',
    file: 'src/runtime/ledger/transactions.ts',
    from: 'const next = { height: height + 1n, time };',
    to: 'const next = { height, time };',
    near: [`${RUNTIME_UNIT}/transactions.test.ts`],
  },
];

const HOST = 'src/hosts/embedded';
const MEMPOOL = `${HOST}/mempool`;
const MEMPOOL_UNIT = ['test/unit/hosts/mempool.test.ts', 'test/unit/hosts/premium.test.ts'];

const mempool: readonly Fault[] = [
  {
    name: 'a replacement may pay less than the premium: it is rounded down',
    file: `${MEMPOOL}/admit.ts`,
    from: 'priceNlux * REPLACEMENT_PREMIUM_PERCENT + PERCENT - 1n',
    to: 'priceNlux * REPLACEMENT_PREMIUM_PERCENT',
    near: MEMPOOL_UNIT,
  },
  {
    name: 'the fee of what is replaced counts beside that of its replacement',
    file: `${MEMPOOL}/admit.ts`,
    from: 'queue.feesNlux - replacedFee + feeOf(prepared)',
    to: 'queue.feesNlux + feeOf(prepared)',
    near: MEMPOOL_UNIT,
  },
  {
    name: 'a replacement that is refused takes out what it would have replaced',
    file: `${MEMPOOL}/mempool.ts`,
    from: 'of taken.toReversed()) this.#put(queue, waiting);',
    to: 'of taken.slice(taken.length)) this.#put(queue, waiting);',
    near: MEMPOOL_UNIT,
  },
  {
    name: 'a transaction may push out one of its sender that has to come before it',
    file: `${MEMPOOL}/mempool.ts`,
    from: 'cheapest.body.nonce > prepared.body.nonce',
    to: 'cheapest.body.nonce >= 0n',
    near: MEMPOOL_UNIT,
  },
  {
    name: 'a transaction waits a block longer than it can be included',
    file: `${MEMPOOL}/mempool.ts`,
    from: 'if (expiry <= height)',
    to: 'if (expiry < height)',
    near: MEMPOOL_UNIT,
  },
  {
    name: 'a full mempool gives up what pays most',
    file: `${MEMPOOL}/tails.ts`,
    from: 'return this.#sorted.at(-1);',
    to: 'return this.#sorted.at(0);',
    near: MEMPOOL_UNIT,
  },
  {
    name: 'the time of blocks runs backwards with the clock of the machine',
    file: `${HOST}/produce.ts`,
    from: 'now > tip.value.time ? now : tip.value.time',
    to: 'now',
    near: ['test/unit/hosts/node.test.ts'],
  },
];

export const NODE_FAULTS: readonly Fault[] = [...blocks, ...mempool];
