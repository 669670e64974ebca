import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  extend,
  GENESIS,
  open,
  PROPOSER,
  tipOf,
  transfer,
  value,
} from '../../unit/runtime/chain.ts';

const aivm = open();
const { blockId: parent } = tipOf(aivm);
const good = transfer({ from: 0, nonce: 0n, to: 1 });
const { bytes: block } = extend(open(), [good, transfer({ from: 1, nonce: 0n, to: 0 })]);

const sight = () => {
  const { tip, store, halted } = value(aivm.status());
  return { tip, store, halted, hashes: value(aivm.stateHashByActor()).items };
};
const before = sight();

/** Bytes of a valid input with some of them replaced, cut off or doubled. */
const damaged = (valid: Uint8Array) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat({ max: valid.length - 1 }), fc.integer({ min: 0, max: 255 }))),
      fc.integer({ min: 0, max: valid.length }),
      fc.uint8Array({ maxLength: 8 }),
    )
    .map(([changes, length, tail]) => {
      const bytes = Uint8Array.from([...valid.subarray(0, length), ...tail]);
      for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
      return bytes;
    });

const anything = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  damaged(good),
  damaged(block),
  fc.constantFrom(undefined, null, 7, 'text', {}) as unknown as fc.Arbitrary<Uint8Array>,
);

describe('I51: whatever comes in', () => {
  it('gives a value or a failure with a code, and leaves state and process as they were', () => {
    fc.assert(
      fc.property(anything, (bytes) => {
        const request = { time: GENESIS.time, proposer: PROPOSER, transactions: [bytes] };
        const results = [
          aivm.decodeTx(bytes),
          aivm.checkTx(bytes),
          aivm.verifyAhead([bytes]),
          aivm.buildBlock(request),
          aivm.execute(parent, bytes),
        ];
        for (const result of results) {
          if (!result.ok)
            expect(result.failure.code).toMatch(/^(?:codec|actors|runtime)\/[a-z0-9-]+$/);
        }
        // A change of the header alone can be a valid block of its own.
        for (const pending of value(aivm.status()).pending) value(aivm.drop(pending));
      }),
      { numRuns: 1_500, seed: 51 },
    );
    expect(sight()).toEqual(before);
  });
});
