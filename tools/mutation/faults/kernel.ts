// Faults in how messages are delivered, paid for and undone, and in the beacon (PROTOCOL §3, §6.4).
import type { Fault } from './fault.ts';

const ACTORS = 'src/actors';
const UNIT = 'test/unit/actors';

const inclusion: readonly Fault[] = [
  {
    name: 'a nonce may be skipped',
    file: `${ACTORS}/check.ts`,
    from: 'if (nonce === expected) return VALID;',
    to: 'if (nonce >= expected) return VALID;',
    near: [`${UNIT}/check.test.ts`, `${UNIT}/builder.test.ts`],
  },
  {
    name: 'a transaction expires a block before its last height',
    file: `${ACTORS}/check.ts`,
    from: 'if (height > expiry)',
    to: 'if (height >= expiry)',
    near: [`${UNIT}/check.test.ts`],
  },
  {
    name: 'the funds of a sender are not asked for its value',
    file: `${ACTORS}/check.ts`,
    from: 'body.valueNlux + body.gasLimit * body.gasPriceNlux',
    to: 'body.gasLimit * body.gasPriceNlux',
    near: [`${UNIT}/check.test.ts`, `${UNIT}/builder.test.ts`],
  },
  {
    name: 'gas charged twice: that of the transaction itself',
    file: `${ACTORS}/include.ts`,
    from: 'meter.charge(intrinsicGas(prepared.sizeBytes));',
    to: 'meter.charge(2 * intrinsicGas(prepared.sizeBytes));',
    near: [`${UNIT}/gas.test.ts`],
  },
  {
    name: 'a refused transaction is free if a message of it had its fee refunded',
    file: `${ACTORS}/include.ts`,
    from: 'refusal === undefined && run.isFeeRefunded',
    to: 'run.isFeeRefunded',
    near: [UNIT],
  },
  {
    name: 'the refund of one fee carries over to the next transaction',
    file: `${ACTORS}/cascade.ts`,
    from: '  run.isFeeRefunded = false;\n',
    to: '',
    near: [UNIT],
  },
  {
    name: 'a record that grows pays for all of its bytes as grown',
    file: `${ACTORS}/meter.ts`,
    from: 'bytes > before ? bytes - before : 0',
    to: 'bytes > before ? bytes : 0',
    near: [`${UNIT}/edges.test.ts`, `${UNIT}/gas.test.ts`],
  },
  {
    name: 'a transaction that uses its gas to the last runs out of it',
    file: `${ACTORS}/meter.ts`,
    from: 'return this.#used > this.limit;',
    to: 'return this.#used >= this.limit;',
    near: [`${UNIT}/gas.test.ts`],
  },
  {
    name: 'a transaction of another chain is taken',
    file: `${ACTORS}/prepare.ts`,
    from: 'if (body.chainId !== chain.chainId)',
    to: 'if (body.chainId.length !== chain.chainId.length)',
    near: [`${UNIT}/prepare.test.ts`],
  },
];

const delivery: readonly Fault[] = [
  {
    name: 'a refusal leaves an effect: an entry of a collection',
    file: `${ACTORS}/working.ts`,
    from:
      '    this.#journal.push(cell, cell.value, cell.bytes);\n    cell.value = freeze(value);\n' +
      '    cell.bytes = value === undefined',
    to: '    cell.value = freeze(value);\n    cell.bytes = value === undefined',
    near: [`${UNIT}/refusals.test.ts`, 'test/properties/actors'],
  },
  {
    name: 'a refusal leaves an effect: the bytes of a record that was taken back',
    file: `${ACTORS}/working.ts`,
    from: '      slot.bytes = bytes;\n',
    to: '',
    near: [`${UNIT}/refusals.test.ts`, 'test/properties/actors'],
  },
  {
    name: 'queue order: the last message sent is delivered first',
    file: `${ACTORS}/mailbox.ts`,
    from:
      '    const next = this.#queue[this.#head];\n    if (next === undefined) return undefined;\n' +
      '    this.#head += 1;\n',
    to: '    const next = this.#queue.pop();\n    if (next === undefined) return undefined;\n',
    near: [`${UNIT}/delivery.test.ts`],
  },
  {
    name: 'an actor may send what its kind is not entitled to send',
    file: `${ACTORS}/deliver.ts`,
    from: "origin.type === 'timer' || rule.from",
    to: "origin.type !== 'transaction' || rule.from",
    near: [`${UNIT}/delivery.test.ts`, `${UNIT}/refusals.test.ts`],
  },
  {
    name: 'one message fewer than the limit of a transaction',
    file: `${ACTORS}/deliver.ts`,
    from: 'messages > MAX_MESSAGES_PER_TRANSACTION',
    to: 'messages >= MAX_MESSAGES_PER_TRANSACTION',
    near: [UNIT],
  },
  {
    name: 'an actor that never was can be seen by guards',
    file: `${ACTORS}/reader.ts`,
    from: 'this.#state.exists(cell) ? (cell.value as View<K>) : undefined',
    to: 'cell.value as View<K>',
    near: [`${UNIT}/edges.test.ts`, `${UNIT}/delivery.test.ts`, 'test/unit/machines/attestation'],
  },
  {
    name: 'the parent of a block is kept under the height of the block itself',
    file: `${ACTORS}/run.ts`,
    from: 'const height = header.height - 1n;',
    to: 'const { height } = header;',
    near: [`${UNIT}/recent.test.ts`],
  },
  {
    name: 'the activity hash leaves out the upper half of a value',
    file: `${ACTORS}/activity.ts`,
    from: 'this.#u64(value >> 64n);',
    to: 'this.#u64(0n);',
    near: [`${UNIT}/edges.test.ts`, `${UNIT}/activity.test.ts`],
  },
  {
    name: 'activity of a deleted entry is that of none',
    file: `${ACTORS}/effects.ts`,
    from: '  run.activity.entry(cell.key, bytes);\n',
    to: '  if (bytes.length > 0) run.activity.entry(cell.key, bytes);\n',
    near: [`${UNIT}/edges.test.ts`, `${UNIT}/activity.test.ts`],
  },
];

const timers: readonly Fault[] = [
  {
    name: 'timers come a block late',
    file: `${ACTORS}/keys.ts`,
    from: 'TIMER + u64Hex(height + 1n)',
    to: 'TIMER + u64Hex(height)',
    near: [`${UNIT}/timers.test.ts`],
  },
  {
    name: 'the order of timers: the last one first',
    file: `${ACTORS}/timers.ts`,
    from: 'of source.range(from, to)) {',
    to: 'of [...source.range(from, to)].reverse()) {',
    near: [`${UNIT}/timers.test.ts`],
  },
  {
    name: 'carry-over: timers that have used exactly their gas let one more in',
    file: `${ACTORS}/timers.ts`,
    from: 'gasUsed >= gas.timerGasLimit',
    to: 'gasUsed > gas.timerGasLimit',
    near: [`${UNIT}/edges.test.ts`, `${UNIT}/timers.test.ts`],
  },
  {
    name: 'carry-over: of the gas of timers only the last one’s counts',
    file: `${ACTORS}/timers.ts`,
    from: 'gasUsed += woken.gas;',
    to: 'gasUsed = woken.gas;',
    near: [`${UNIT}/edges.test.ts`, `${UNIT}/timers.test.ts`],
  },
  {
    name: 'a timer that is moved stays at its old height, too',
    file: `${ACTORS}/slot.ts`,
    from: '  if (storedWakeAt !== undefined) changes.set(timerKey(storedWakeAt, id), undefined);\n',
    to: '',
    near: [`${UNIT}/timers.test.ts`],
  },
];

const BEACON = 'src/machines/beacon';
const BEACON_UNIT = 'test/unit/machines/beacon';

const beacon: readonly Fault[] = [
  {
    name: 'a block takes two rounds of the beacon',
    file: `${BEACON}/guards.ts`,
    from: 'submittedAt < height',
    to: 'submittedAt <= height',
    near: [BEACON_UNIT],
  },
  {
    name: 'a round is taken a second before it is due',
    file: `${BEACON}/guards.ts`,
    from: 'return due <= time ?',
    to: 'return due <= time + 1n ?',
    near: [BEACON_UNIT],
  },
  {
    name: 'rounds are due one period late',
    file: `${BEACON}/rounds.ts`,
    from: 'genesisTime + (round - 1n) * periodSeconds',
    to: 'genesisTime + round * periodSeconds',
    near: [BEACON_UNIT],
  },
  {
    name: 'a round is removed a block before nobody can ask for it',
    file: `${BEACON}/actions.ts`,
    from: 'entry.height + retentionBlocks(parameters) > height',
    to: 'entry.height + retentionBlocks(parameters) > height + 1n',
    near: [BEACON_UNIT],
  },
  {
    name: 'the latest round falls back when an older one comes late',
    file: `${BEACON}/actions.ts`,
    from: 'round > context.latestRound ? round : context.latestRound',
    to: 'round',
    near: [BEACON_UNIT],
  },
  {
    name: 'a point at infinity can be a signature of drand',
    file: `${BEACON}/drand.ts`,
    from: 'point.is0() || !point.isTorsionFree()',
    to: '!point.isTorsionFree()',
    near: [BEACON_UNIT],
  },
];

export const KERNEL_FAULTS: readonly Fault[] = [...inclusion, ...delivery, ...timers, ...beacon];
