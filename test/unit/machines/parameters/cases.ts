import { MAINNET } from '../../../../src/genesis/presets/mainnet.ts';
import type { Parameters } from '../../../../src/machines/parameters/record.ts';
import { dearestChunkGas } from '../../../../src/machines/parameters/relations/gas.ts';

export type Change = Partial<Omit<Parameters, 'dispute' | 'gas' | 'tee'>> & {
  readonly tee?: Partial<Parameters['tee']>;
  readonly dispute?: Partial<Parameters['dispute']>;
  readonly gas?: Partial<Parameters['gas']>;
};

/** Each case breaks one relation; beside it stands the value on the edge that keeps it. */
export const CASES: readonly (readonly [string, Change, Change])[] = [
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
  [
    'timers-keep-up gas.timerGasLimit',
    { gas: { ...MAINNET.gas, timerGasLimit: MAINNET.gas.blockGasLimit - 1n } },
    { gas: { ...MAINNET.gas, timerGasLimit: MAINNET.gas.blockGasLimit } },
  ],
  ['timers-bounded timersPerBlock', { timersPerBlock: 1_025 }, { timersPerBlock: 1_024 }],
  [
    'block-carries-largest gas.blockGasLimit',
    { gas: { blockGasLimit: 549_999n } },
    { gas: { blockGasLimit: 550_000n } },
  ],
  [
    // Of panels of seven seats; `block-gas.test.ts` shows that it is enough.
    'block-carries-chunk gas.blockGasLimit',
    { gas: { blockGasLimit: dearestChunkGas(MAINNET) - 1n } },
    { gas: { blockGasLimit: dearestChunkGas(MAINNET) } },
  ],
  [
    'block-carries-chunk gas.blockGasLimit',
    { gas: { blockGasLimit: dearestChunkGas(MAINNET) }, dispute: { pairPanels: [1, 3, 9] } },
    { gas: { blockGasLimit: dearestChunkGas(MAINNET) }, dispute: { pairPanels: [1, 3] } },
  ],
  [
    'drawn-chunks-bounded dispute.drawnChunks',
    { dispute: { drawnChunks: 16 } },
    { dispute: { drawnChunks: 15 } },
  ],
  [
    // 2(W + D) with D = 10,800 + 3·(300 + 5,400 + 450) + 2·10,800.
    'unbonding-covers-judgement unbondingBlocks',
    { unbondingBlocks: 188_099n },
    { unbondingBlocks: 188_100n },
  ],
  [
    'evidence-covers-judgement evidenceAgeBlocks',
    { evidenceAgeBlocks: 94_049n },
    { evidenceAgeBlocks: 94_050n },
  ],
  [
    'evidence-within-unbonding evidenceAgeBlocks',
    { unbondingBlocks: 190_000n, evidenceAgeBlocks: 190_000n },
    { unbondingBlocks: 190_000n, evidenceAgeBlocks: 189_999n },
  ],
  ['notice-covers-retention noticeBlocks', { noticeBlocks: 97_649n }, { noticeBlocks: 97_650n }],
  ['exposure-fits-buckets epochBlocks', { epochBlocks: 685n }, { epochBlocks: 686n }],
  [
    'expiry-range requestExpiryMaximumBlocks',
    { requestExpiryMaximumBlocks: 1_799n },
    { requestExpiryMaximumBlocks: 1_800n },
  ],
  [
    'reveal-window-covers-margin dispute.revealBlocks',
    { dispute: { revealBlocks: 58n } },
    { dispute: { revealBlocks: 59n } },
  ],
  [
    'seed-window-covers-margin dispute.seedBlocks',
    { dispute: { seedBlocks: 30n } },
    { dispute: { seedBlocks: 31n } },
  ],
  [
    'seed-window-covers-margin dispute.seedBlocks',
    { dispute: { seedBlocks: 1n, beaconMarginSeconds: 0n } },
    { dispute: { seedBlocks: 2n, beaconMarginSeconds: 0n } },
  ],
  [
    'reveal-window-covers-margin dispute.revealBlocks',
    { dispute: { revealBlocks: 1n, beaconMarginSeconds: 0n } },
    { dispute: { revealBlocks: 2n, beaconMarginSeconds: 0n } },
  ],
  [
    'panels-odd-and-rising dispute.pairPanels',
    { dispute: { pairPanels: [2] } },
    { dispute: { pairPanels: [1] } },
  ],
  [
    'seats-fit-challenge dispute.pairPanels',
    { dispute: { pairPanels: [1, 3, 9], auditPanels: [3, 9], bondRerunFees: 13 } },
    { dispute: { pairPanels: [1, 3, 7] } },
  ],
  [
    // Three seats in all, so that no other relation stands in the way.
    'commit-windows-prepaid dispute.commitWindows',
    { dispute: { pairPanels: [1], auditPanels: [1], commitWindows: 4 } },
    { dispute: { pairPanels: [1], auditPanels: [1], commitWindows: 3 } },
  ],
  [
    'rates-cover-ladders dispute.wrongResultBps',
    { exposureBps: 1, dispute: { pairPanels: [3, 7], wrongResultBps: [1_000] } },
    { dispute: { pairPanels: [3, 7], wrongResultBps: [1_000, 2_000] } },
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
    { dispute: { bondRerunFees: 10 } },
    { dispute: { bondRerunFees: 11 } },
  ],
  [
    // Whatever the least bond in nLUX; ten seats of an audit are paid by two bonds.
    'bond-covers-ladder dispute.bondRerunFees',
    { rerunFeeMaximumNlux: 1n, dispute: { pairPanels: [1], bondRerunFees: 4 } },
    { dispute: { pairPanels: [1], bondRerunFees: 5 } },
  ],
  [
    'appeal-exceeds-panel dispute.appealPanels',
    { dispute: { appealPanels: 1 } },
    { dispute: { appealPanels: 2 } },
  ],
  [
    'share-at-most-whole dispute.equivocationRewardBps',
    { dispute: { equivocationRewardBps: 10_001 } },
    { dispute: { equivocationRewardBps: 10_000 } },
  ],
  [
    'equivocation-reward-fits dispute.equivocationRewardBps',
    { dispute: { equivocationRewardBps: 3_001 } },
    { dispute: { equivocationRewardBps: 3_000 } },
  ],
  [
    'amount-bounded dispute.equivocationRewardNlux',
    { dispute: { equivocationRewardNlux: 2n ** 96n + 1n } },
    { dispute: { equivocationRewardNlux: 2n ** 96n } },
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
