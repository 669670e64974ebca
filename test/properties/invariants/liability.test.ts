import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialProvider, type ProviderContext } from '../../../src/machines/provider/record.ts';
import { takePenalty, takeSlash, takeWhole } from '../../../src/machines/provider/stake.ts';

const FIXED = { seed: 20_261_202, numRuns: 3_000 };

/** A provider with any stake, some of it locked by the challenge in hand, and any lots. */
const stakes = fc
  .record({
    freeNlux: fc.bigInt(0n, 50n),
    own: fc.bigInt(0n, 50n),
    others: fc.bigInt(0n, 50n),
    debt: fc.bigInt(0n, 50n),
    lots: fc.uniqueArray(fc.tuple(fc.nat(40), fc.bigInt(1n, 30n)), {
      selector: ([height]) => height,
      maxLength: 8,
    }),
  })
  .map(({ own, others, debt, freeNlux, lots }) => ({
    lockNlux: own,
    context: {
      ...initialProvider,
      freeNlux,
      lockedNlux: own + others,
      debtNlux: debt < others ? debt : others,
      lots: lots
        .toSorted(([a], [b]) => a - b)
        .map(([height, amountNlux]) => ({ height: BigInt(height), amountNlux })),
    },
  }));

const sum = (lots: ProviderContext['lots']): bigint =>
  lots.reduce((total, { amountNlux }) => total + amountNlux, 0n);
const liable = ({ lots }: ProviderContext, height: bigint) =>
  lots.filter((lot) => lot.height >= height);
const spared = ({ lots }: ProviderContext, height: bigint) =>
  lots.filter((lot) => lot.height < height);
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const stakeOf = (context: ProviderContext): bigint =>
  context.freeNlux + context.lockedNlux + sum(context.lots);

describe('which unbonding stake answers for an attestation of a height', () => {
  const heights = fc.bigInt(0n, 41n);
  const amounts = fc.bigInt(0n, 300n);

  it('I39: a slash leaves lots from before it whole, and takes of the others what is due', () => {
    fc.assert(
      fc.property(stakes, amounts, heights, ({ context, lockNlux }, amountNlux, height) => {
        const { context: after, ...taken } = takeSlash(context, { amountNlux, lockNlux, height });
        expect(spared(after, height)).toEqual(spared(context, height));
        // The rest of the own lock pays older debts first; what is then free is within reach.
        const fromLock = smaller(amountNlux, lockNlux);
        const owed = smaller(context.debtNlux, lockNlux - fromLock);
        const reach = lockNlux - owed + context.freeNlux + sum(liable(context, height));
        expect(taken).toEqual({ takenNlux: smaller(amountNlux, reach), owedNlux: owed });
        expect(stakeOf(after)).toBe(stakeOf(context) - taken.takenNlux - owed);
      }),
      FIXED,
    );
  });

  it('I39: so does a penalty, and it never touches what is locked', () => {
    fc.assert(
      fc.property(stakes, amounts, heights, ({ context }, amountNlux, since) => {
        const { context: after, takenNlux } = takePenalty(context, { amountNlux, since });
        expect(spared(after, since)).toEqual(spared(context, since));
        expect(after.lockedNlux).toBe(context.lockedNlux);
        const reach = context.freeNlux + sum(liable(context, since));
        expect(takenNlux).toBe(smaller(amountNlux, reach));
      }),
      FIXED,
    );
  });

  it('I39: an equivocation takes every lot of its height and later, and none before', () => {
    fc.assert(
      fc.property(stakes, heights, ({ context }, height) => {
        const { context: after, takenNlux } = takeWhole(context, height);
        expect(after.lots).toEqual(spared(context, height));
        expect(takenNlux).toBe(context.freeNlux + sum(liable(context, height)));
        expect(after).toMatchObject({ freeNlux: 0n, debtNlux: context.lockedNlux });
      }),
      FIXED,
    );
  });

  it('I3 I4: never more than the stake, nor than the slash, and debts stay within locks', () => {
    fc.assert(
      fc.property(stakes, amounts, heights, ({ context, lockNlux }, amountNlux, height) => {
        const { context: after, takenNlux } = takeSlash(context, { amountNlux, lockNlux, height });
        expect(takenNlux <= amountNlux && takenNlux <= stakeOf(context)).toBe(true);
        expect(after.debtNlux <= after.lockedNlux && after.freeNlux >= 0n).toBe(true);
        expect(after.lockedNlux).toBe(context.lockedNlux - lockNlux);
      }),
      FIXED,
    );
  });
});
