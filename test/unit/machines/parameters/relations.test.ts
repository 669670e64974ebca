import { describe, expect, test } from 'vitest';
import { PARAMETER_PRESETS } from '../../../../src/genesis/presets/index.ts';
import { MAINNET } from '../../../../src/genesis/presets/mainnet.ts';
import type { Parameters } from '../../../../src/machines/parameters/record.ts';
import {
  checkRelations,
  checkSuccession,
  RELATIONS,
} from '../../../../src/machines/parameters/relations.ts';

type Change = Partial<Omit<Parameters, 'dispute' | 'gas' | 'tee'>> & {
  readonly tee?: Partial<Parameters['tee']>;
  readonly dispute?: Partial<Parameters['dispute']>;
  readonly gas?: Partial<Parameters['gas']>;
};

const changed = (change: Change): Parameters => ({
  ...MAINNET,
  ...change,
  gas: { ...MAINNET.gas, ...change.gas },
  dispute: { ...MAINNET.dispute, ...change.dispute },
  tee: { ...MAINNET.tee, ...change.tee },
});

const broken = (change: Change): readonly string[] =>
  checkRelations(changed(change)).map(({ relation, path }) => `${relation} ${path}`);

test.each(Object.entries(PARAMETER_PRESETS))('the preset %s keeps every relation', (_, preset) => {
  expect(checkRelations(preset)).toEqual([]);
});

const FULL = { pairPanels: [1, 3, 7] } as const;

test('the full ladder of PROTOCOL §6 keeps them too', () => {
  expect(broken({ dispute: FULL })).toEqual([]);
});

/** Each case breaks one relation; beside it stands the value on the edge that keeps it. */
const CASES: readonly (readonly [string, Change, Change])[] = [
  ['duration-positive dispute.revealBlocks', { dispute: { revealBlocks: 0n } }, {}],
  ['duration-bounded unjailBlocks', { unjailBlocks: 2n ** 32n + 1n }, { unjailBlocks: 2n ** 32n }],
  [
    'count-positive dispute.drawnChunks',
    { dispute: { drawnChunks: 0 } },
    { dispute: { drawnChunks: 1 } },
  ],
  ['share-at-most-whole auditRateBps', { auditRateBps: 10_001 }, { auditRateBps: 10_000 }],
  [
    'share-at-most-whole protocolShareBps',
    { protocolShareBps: 10_001 },
    { protocolShareBps: 10_000 },
  ],
  [
    'share-at-most-whole dispute.panelStakeShareBps',
    { dispute: { panelStakeShareBps: 10_001 } },
    { dispute: { panelStakeShareBps: 10_000 } },
  ],
  [
    'amount-bounded modelDepositNlux',
    { modelDepositNlux: 2n ** 96n + 1n },
    { modelDepositNlux: 2n ** 96n },
  ],
  ['payload-fits-message payloadBytes', { payloadBytes: 262_145 }, { payloadBytes: 262_144 }],
  ['chunk-fits-message chunkBytes', { chunkBytes: 16_385 }, { chunkBytes: 16_384 }],
  ['quote-fits-message quoteBytes', { quoteBytes: 16_385 }, { quoteBytes: 0 }],
  ['timers-bounded timersPerBlock', { timersPerBlock: 1_025 }, { timersPerBlock: 1_024 }],
  [
    'block-carries-largest gas.blockGasLimit',
    { gas: { blockGasLimit: 499_999n } },
    { gas: { blockGasLimit: 500_000n } },
  ],
  [
    'drawn-chunks-bounded dispute.drawnChunks',
    { dispute: { drawnChunks: 17 } },
    { dispute: { drawnChunks: 16 } },
  ],
  [
    // 2(W + D) with D = 10,800 + 2·(300 + 5,400 + 450) + 10,800.
    'unbonding-covers-judgement unbondingBlocks',
    { unbondingBlocks: 154_199n },
    { unbondingBlocks: 154_200n },
  ],
  [
    'evidence-covers-judgement evidenceAgeBlocks',
    { evidenceAgeBlocks: 77_099n },
    { evidenceAgeBlocks: 77_100n },
  ],
  [
    'evidence-within-unbonding evidenceAgeBlocks',
    { unbondingBlocks: 160_000n, evidenceAgeBlocks: 160_000n },
    { unbondingBlocks: 160_000n, evidenceAgeBlocks: 159_999n },
  ],
  ['notice-covers-retention noticeBlocks', { noticeBlocks: 97_649n }, { noticeBlocks: 97_650n }],
  ['exposure-fits-buckets epochBlocks', { epochBlocks: 685n }, { epochBlocks: 686n }],
  [
    'expiry-range requestExpiryMaximumBlocks',
    { requestExpiryMaximumBlocks: 1_799n },
    { requestExpiryMaximumBlocks: 1_800n },
  ],
  [
    'seed-window-covers-margin dispute.seedBlocks',
    { dispute: { seedBlocks: 30n } },
    { dispute: { seedBlocks: 31n } },
  ],
  [
    'panels-odd-and-rising dispute.pairPanels',
    { dispute: { pairPanels: [2] } },
    { dispute: { pairPanels: [1] } },
  ],
  [
    'seats-fit-challenge dispute.pairPanels',
    { dispute: { pairPanels: [1, 3, 9], auditPanels: [3, 9], bondRerunFees: 13 } },
    { dispute: FULL },
  ],
  [
    'rates-cover-ladders dispute.wrongResultBps',
    { exposureBps: 1, dispute: { wrongResultBps: [1_000] } },
    { dispute: { wrongResultBps: [1_000, 2_000] } },
  ],
  [
    'rates-rise dispute.wrongResultBps',
    { dispute: { wrongResultBps: [1_500, 1_000, 2_000] } },
    { dispute: { wrongResultBps: [1_000, 1_000, 2_000] } },
  ],
  [
    'ladders-agree dispute.auditPanels',
    { dispute: { pairPanels: [1, 3, 7], auditPanels: [3, 5] } },
    { dispute: { pairPanels: [1, 3, 5], auditPanels: [3, 5] } },
  ],
  [
    'unsubstantiated-worst dispute.unsubstantiatedBps',
    { dispute: { unsubstantiatedBps: 1_999 } },
    { dispute: { unsubstantiatedBps: 2_000 } },
  ],
  [
    'lock-covers-slash dispute.lockBps',
    { dispute: { lockBps: 1_999 } },
    { dispute: { lockBps: 2_000 } },
  ],
  ['exposure-deterred exposureBps', { exposureBps: 31 }, { exposureBps: 30 }],
  ['exposure-positive exposureBps', { exposureBps: 0 }, { exposureBps: 1 }],
  [
    // The full ladder has 1 + 3 + 7 seats; audits, 3 + 7, are paid by a bond of twice that.
    'bond-covers-ladder dispute.bondRerunFees',
    { dispute: { ...FULL, bondRerunFees: 10 } },
    { dispute: { ...FULL, bondRerunFees: 11 } },
  ],
  [
    'bond-covers-ladder dispute.bondRerunFees',
    { rerunFeeMaximumNlux: 1n, dispute: { bondRerunFees: 0 } },
    { dispute: { bondRerunFees: 5 } },
  ],
  [
    'seat-penalty-deters dispute.seatPenaltyRerunFees',
    { dispute: { seatPenaltyRerunFees: 1 } },
    { dispute: { seatPenaltyRerunFees: 2 } },
  ],
  [
    'panel-fits-transaction dispute.pairPanels',
    { dispute: { pairPanels: [13] } },
    { dispute: { pairPanels: [11] } },
  ],
  [
    'withholding-costs-more dispute.noShowBps',
    { dispute: { noShowBps: 201 } },
    { dispute: { noShowBps: 200 } },
  ],
  [
    'slash-shares-fit dispute.challengerShareBps',
    { exposureBps: 1, dispute: { slashBurnBps: 7_001 } },
    { exposureBps: 1, dispute: { slashBurnBps: 7_000 } },
  ],
  [
    'tee-policy-well-formed tee.policy',
    { tee: { policy: { ...MAINNET.tee.policy, tees: [] } } },
    { tee: { policy: { ...MAINNET.tee.policy, tees: ['TDX'] } } },
  ],
  [
    'notice-covers-evaluation noticeBlocks',
    { tee: { noticeSeconds: 604_801n } },
    { tee: { noticeSeconds: 604_800n } },
  ],
  [
    'enclave-key-outlives-reference tee.enclaveKeySeconds',
    { tee: { enclaveKeySeconds: 300n } },
    { tee: { enclaveKeySeconds: 301n } },
  ],
];

describe('each relation', () => {
  test.each(CASES)('%s', (relation, breaking, keeping) => {
    expect(broken(breaking)).toContain(relation);
    expect(broken(keeping)).not.toContain(relation);
  });

  test('has a case here', () => {
    const names = new Set(CASES.map(([name]) => name.split(' ')[0]));
    const missing = RELATIONS.filter(({ name }) => !names.has(name) && name !== 'amount-positive');
    expect(missing.map(({ name }) => name)).toEqual([]);
    expect(broken({ minimumStakeNlux: 0n })).toContain('amount-positive minimumStakeNlux');
  });

  test('says what is asked, and all that is broken is told', () => {
    const result = checkRelations(changed({ unbondingBlocks: 1n, dispute: { lockBps: 5 } }));
    expect(result).toContainEqual({
      relation: 'lock-covers-slash',
      path: 'dispute.lockBps',
      message: 'must be at least the highest slash = 2000',
    });
    expect(result.map(({ path }) => path)).toContain('unbondingBlocks');
  });

  test('is total: parameters of zeros and of largest values give answers', () => {
    const top = 2n ** 64n - 1n;
    const extreme = (number: number, big: bigint, amount: bigint): Parameters => {
      const fill = (value: unknown, name: string): unknown => {
        if (name.endsWith('Nlux')) return amount;
        if (typeof value === 'bigint') return big;
        if (typeof value === 'number') return number;
        if (typeof value === 'boolean' || typeof value === 'string') return value;
        if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
        if (Array.isArray(value)) return number === 0 ? [] : [number, number, number];
        const fields = Object.entries(value as object);
        return Object.fromEntries(fields.map(([key, inner]) => [key, fill(inner, key)]));
      };
      return fill(MAINNET, '') as Parameters;
    };
    expect(checkRelations(extreme(0, 0n, 0n)).length).toBeGreaterThan(10);
    expect(checkRelations(extreme(255, top, 2n ** 128n - 1n)).length).toBeGreaterThan(10);
  });
});

describe('a change of parameters', () => {
  test('keeps what attestations and challenges of the old ones rest on', () => {
    const judged = 77_100n;
    expect(checkSuccession(MAINNET, changed({ evidenceAgeBlocks: judged }))).toEqual([]);
    expect(checkSuccession(MAINNET, changed({ evidenceAgeBlocks: judged - 1n }))).toMatchObject([
      { relation: 'evidence-covers-predecessor', path: 'evidenceAgeBlocks' },
    ]);
  });

  test('never shortens the notice of another evaluation number', () => {
    expect(checkSuccession(MAINNET, changed({ tee: { noticeSeconds: 604_799n } }))).toMatchObject([
      { relation: 'tee-notice-stays', path: 'tee.noticeSeconds' },
    ]);
  });

  test('does not touch the epoch', () => {
    expect(checkSuccession(MAINNET, changed({ epochBlocks: 3_601n }))).toMatchObject([
      { relation: 'epoch-fixed', path: 'epochBlocks' },
    ]);
  });
});
