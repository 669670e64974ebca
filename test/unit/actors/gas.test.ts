import { describe, expect, it } from 'vitest';
import { intrinsicGas, readActor } from '../../../src/actors/index.ts';
import { GAS } from '../../../src/machines/kit/index.ts';
import { act, ALICE, ANNA, BERT, BOB, prepared, run, runOne } from './support/chain.ts';
import { startState, TEST_CHAIN } from './support/chain.ts';
import { compileProgram } from './support/puppet.ts';

const CASCADE = act([
  { type: 'put', key: 1, value: 5 },
  { type: 'emit', times: 1 },
  { type: 'wake', height: 9n },
  {
    type: 'send',
    to: BERT,
    value: 3n,
    program: compileProgram([
      { type: 'store', bytes: 40 },
      { type: 'put', key: 1, value: 5 },
      { type: 'transfer', to: BOB, value: 2n },
    ]),
  },
]);

const sendCascade = (gasLimit: bigint) => ({ to: ANNA, value: 10n, message: CASCADE, gasLimit });

describe('gas', () => {
  // All limits here take as many bytes, so that the size of the transaction is the same.
  const full = runOne(startState(), sendCascade(60_000n)).receipt;

  it('that runs out at any point leaves fee and nonce only', () => {
    const intrinsic = BigInt(intrinsicGas(prepared(sendCascade(1n)).sizeBytes));
    const stops = new Set<string>();
    for (let limit = intrinsic + 2n; limit < full.gasUsed; limit += 3n) {
      const { receipt, state, outcome } = runOne(startState(), sendCascade(limit));
      const refusal = receipt.outcome.type === 'refused' ? receipt.outcome.refusal : undefined;
      expect(refusal?.code).toBe('out-of-gas');
      stops.add(refusal?.actor ?? '');
      expect(receipt.gasUsed).toBe(limit);
      expect(receipt.feeNlux).toBe(limit * 2n);
      expect(outcome.changes.size).toBe(2);
      expect(readActor(TEST_CHAIN, state, ALICE)?.context.nonce).toBe(1n);
    }
    expect([...stops]).toEqual([ANNA, BERT, BOB]);
  });

  it('is enough at exactly what is used, and what is left over comes back', () => {
    const { receipt, state } = runOne(startState(), sendCascade(full.gasUsed));
    expect(full.outcome.type).toBe('applied');
    expect(receipt.gasUsed).toBe(full.gasUsed);
    expect(receipt.outcome.type).toBe('applied');
    const start = readActor(TEST_CHAIN, startState(), ALICE)?.balance ?? 0n;
    expect(readActor(TEST_CHAIN, state, ALICE)?.balance).toBe(start - 10n - receipt.feeNlux);
  });

  it('is what the table says for a transfer', () => {
    const sending = { to: BOB, value: 1n, message: { type: 'transfer' } };
    const { receipt } = runOne(startState(), sending);
    const units = receipt.events.flatMap(({ name, fields }) => [
      name,
      ...fields.flatMap((field) => [field.name, field.value]),
    ]);
    const recordBytes = 22;
    const expected =
      intrinsicGas(prepared(sending).sizeBytes) +
      GAS.message +
      GAS.actorRead +
      GAS.event +
      GAS.eventByte * units.join('').length +
      GAS.write +
      recordBytes * GAS.writtenByte;
    expect(receipt.gasUsed).toBe(BigInt(expected));
  });

  it('includes what the rule of a message asks', () => {
    const costly = (gas: number) => ({ type: 'costly', gas }) as never;
    const cheap = runOne(startState(), { to: ANNA, message: costly(1000) }).receipt;
    const dear = runOne(startState(), { to: ANNA, message: costly(9000) }).receipt;
    expect(dear.gasUsed - cheap.gasUsed).toBe(8000n);
    const short = runOne(startState(), { to: ANNA, gasLimit: 5000n, message: costly(9000) });
    expect(short.receipt.outcome.type).toBe('refused');
  });

  it('does not depend on what is in memory already', () => {
    const first = { to: ANNA, value: 10n, message: CASCADE };
    const apart = runOne(runOne(startState(), first).state, { ...first, nonce: 1n }, 2n);
    const together = run(startState(), [prepared(first), prepared({ ...first, nonce: 1n })]);
    expect(together.receipts[1]?.gasUsed).toBe(apart.receipt.gasUsed);
  });

  it('charges bytes by which a record grows more than those that it has', () => {
    const store = (bytes: number) => act([{ type: 'store', bytes }]);
    const grow = runOne(startState(), { to: ANNA, message: store(200) });
    const keep = runOne(grow.state, { to: ANNA, nonce: 1n, message: store(200) });
    const difference = grow.receipt.gasUsed - keep.receipt.gasUsed;
    expect(difference).toBeGreaterThan(BigInt(200 * GAS.grownByte));
  });
});

describe('a message that costs its sender nothing', () => {
  const rich = readActor(TEST_CHAIN, startState(), ALICE)?.balance ?? 0n;

  it('uses gas of the block, and no fee is taken', () => {
    const message = act([{ type: 'put', key: 1, value: 5 }, { type: 'refund' }]);
    const { receipt, state } = runOne(startState(), { to: ANNA, message });
    expect(receipt.outcome.type).toBe('applied');
    expect(receipt.gasUsed).toBeGreaterThan(300n);
    expect(receipt.feeNlux).toBe(0n);
    expect(readActor(TEST_CHAIN, state, ALICE)).toMatchObject({
      balance: rich,
      context: { nonce: 1n },
    });
  });

  it('costs what others do if it is refused, and frees no other transaction', () => {
    const refused = act([
      { type: 'refund' },
      { type: 'send', to: BERT, value: 0n, program: compileProgram([{ type: 'refuse' }]) },
    ]);
    const { receipt } = runOne(startState(), { to: ANNA, message: refused });
    expect(receipt.outcome.type).toBe('refused');
    expect(receipt.feeNlux).toBe(receipt.gasUsed * 2n);
    const free = prepared({ to: ANNA, message: act([{ type: 'refund' }]) });
    const paid = prepared({ to: ANNA, message: act([{ type: 'emit', times: 1 }]), nonce: 1n });
    const fees = run(startState(), [free, paid]).receipts.map(({ feeNlux }) => feeNlux);
    expect(fees[0]).toBe(0n);
    expect(fees[1]).toBeGreaterThan(0n);
  });
});
