import { describe, expect, test } from 'vitest';
import { actorId } from '../../../../src/machines/kit/index.ts';
import { provider } from '../../../../src/machines/provider/machine.ts';
import { isSecondNoShow, isSpared } from '../../../../src/machines/provider/stake.ts';
import { Lone } from '../support/lone.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';

/** How long what a provider did counts, to the block; spans are half-open (PROTOCOL §2). */

describe('a missed seat (PROTOCOL §6.3)', () => {
  const missed = { ...provider.initial, noShows: 1, lastNoShowAt: 500n };
  const end = 500n + SHORT.noShowWindowBlocks;

  test('makes the next one a second within the window, and not at its end', () => {
    expect(isSecondNoShow(missed, 501n, SHORT)).toBe(true);
    expect(isSecondNoShow(missed, end - 1n, SHORT)).toBe(true);
    expect(isSecondNoShow(missed, end, SHORT)).toBe(false);
    expect(isSecondNoShow({ ...missed, noShows: 0 }, 501n, SHORT)).toBe(false);
  });
});

describe('silence (PROTOCOL §6.3)', () => {
  const silent = { ...provider.initial, unsubstantiatedAt: 500n };
  const end = 500n + SHORT.dispute.unsubstantiatedOncePerBlocks;

  test('is slashed once in a window, and again at its end', () => {
    expect(isSpared(silent, 501n, SHORT)).toBe(true);
    expect(isSpared(silent, end - 1n, SHORT)).toBe(true);
    expect(isSpared(silent, end, SHORT)).toBe(false);
    expect(isSpared(provider.initial, 501n, SHORT)).toBe(false);
  });
});

describe('the value that stake answers for (PROTOCOL §5)', () => {
  const attestation = actorId('attestation', 'aa'.repeat(32));
  const { epochBlocks } = SHORT;
  const free = 100n * LUX;
  const cap = (free * BigInt(SHORT.exposureBps)) / 10_000n;

  /** All that the stake may answer for, in attestations whose windows end in epoch 30. */
  const full = (height: bigint) => {
    const desk = new Lone(provider, actorId('provider', '11'.repeat(20)));
    desk.state = 'active';
    const windowEnd = 31n * epochBlocks - 1n;
    desk.context = { ...desk.context, freeNlux: free, weightNlux: free };
    desk.height = 20n * epochBlocks;
    expect(desk.send(attestation, { type: 'expose', valueNlux: cap, windowEnd })).toBeUndefined();
    desk.height = height;
    const later = { type: 'expose', valueNlux: 1n, windowEnd: height + 10n } as const;
    return desk.send(attestation, later);
  };

  test('counts until the epoch is over in which the last window ends, and no longer', () => {
    expect(full(30n * epochBlocks)).toBe('exposure-cap');
    expect(full(31n * epochBlocks - 1n)).toBe('exposure-cap');
    expect(full(31n * epochBlocks)).toBeUndefined();
  });

  test('is covered by free stake only: what is locked answers for something else', () => {
    const desk = new Lone(provider, actorId('provider', '11'.repeat(20)));
    desk.state = 'active';
    desk.context = { ...desk.context, freeNlux: free, lockedNlux: free, openChallenges: 1 };
    const expose = (valueNlux: bigint) =>
      desk.send(attestation, { type: 'expose', valueNlux, windowEnd: desk.height + 10n });
    expect(expose(cap + 1n)).toBe('exposure-cap');
    expect(expose(cap)).toBeUndefined();
  });
});
