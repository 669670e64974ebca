import { describe, expect, test } from 'vitest';
import { MAINNET } from '../../../../src/genesis/presets/mainnet.ts';
import { LOCAL } from '../../../../src/genesis/presets/local.ts';
import {
  acquittalQuorum,
  convictionProbability,
} from '../../../../src/machines/parameters/deterrence.ts';
import { DESIGN_COLLUDERS, exposureBound } from '../../../../src/machines/parameters/deterrence.ts';
import { slashQuorum } from '../../../../src/machines/parameters/deterrence.ts';
import { wrongResultRateBps } from '../../../../src/machines/parameters/ladder.ts';
import { rational } from '../../../../src/machines/parameters/rational.ts';
import {
  longestChallengeBlocks,
  retentionBlocks,
} from '../../../../src/machines/parameters/schedule.ts';

const full = MAINNET.dispute;
const asNumber = ({ num, den }: { readonly num: bigint; readonly den: bigint }) =>
  Number((num * 10n ** 12n) / den) / 1e12;

describe('the longest challenge (PROTOCOL §9)', () => {
  test('of three panels on mainnet takes 50,850 blocks', () => {
    expect(longestChallengeBlocks(full)).toBe(50_850n);
  });

  test('of a ladder with fewer panels takes less', () => {
    expect(longestChallengeBlocks({ ...full, pairPanels: [1, 3] })).toBe(33_900n);
    expect(longestChallengeBlocks({ ...full, pairPanels: [1], auditPanels: [] })).toBe(16_950n);
  });

  test('takes less than two minutes of blocks on the local network', () => {
    expect(longestChallengeBlocks(LOCAL.dispute)).toBe(84n);
  });

  test('what it may ask for is kept for the evidence age and an epoch', () => {
    expect(retentionBlocks(MAINNET)).toBe(43_200n + 50_850n + 3_600n);
  });
});

describe('quorums (PROTOCOL §6.2; I49)', () => {
  test.each([
    [1, 1, 1],
    [3, 2, 3],
    [5, 3, 4],
    [7, 4, 5],
  ])('of %i seats %i acquit and %i convict', (seats, acquit, convict) => {
    expect([acquittalQuorum(seats), slashQuorum(seats)]).toEqual([acquit, convict]);
  });
});

describe('deterrence (ECONOMICS 8)', () => {
  test('audits 3 → 7 at one fifth of colluders convict with 0.839', () => {
    // 0.8³ + 3·0.2·0.8²·P(at most 2 of 7 collude) = 0.512 + 0.384·0.851968.
    const probability = convictionProbability([3, 7], DESIGN_COLLUDERS);
    expect(probability.num * 10n ** 9n).toBe(839_155_712n * probability.den);
  });

  test('single panels: the binomial tail at the quorum', () => {
    expect(asNumber(convictionProbability([1], DESIGN_COLLUDERS))).toBe(0.8);
    expect(asNumber(convictionProbability([7], DESIGN_COLLUDERS))).toBeCloseTo(0.851968, 12);
    expect(asNumber(convictionProbability([7], rational(0n)))).toBe(1);
    expect(asNumber(convictionProbability([3, 7], rational(1n)))).toBe(0);
  });

  test('the defaults allow 30.7 bp of exposure', () => {
    const bound = exposureBound(MAINNET);
    expect(bound && asNumber(bound) * 10_000).toBeCloseTo(30.66, 2);
  });

  test('certain conviction allows any exposure', () => {
    const sure = { ...MAINNET, auditRateBps: 10_000 };
    const bound = exposureBound({ ...sure, dispute: { ...sure.dispute, auditPanels: [1] } });
    // q = 0.8: (1 − 0.3) · 0.2 · 0.8 / 0.2, since a single audit panel has the last rate.
    expect(bound && asNumber(bound)).toBeCloseTo(0.56, 12);
  });
});

describe('rates of wrong results (PROTOCOL §6.3)', () => {
  test('pairs start at the first, audits at the panel of three seats', () => {
    expect([1, 2, 3].map((round) => wrongResultRateBps(full, 'pair', round))).toEqual([
      500, 1_000, 2_000,
    ]);
    expect([1, 2].map((round) => wrongResultRateBps(full, 'audit', round))).toEqual([1_000, 2_000]);
  });
});
