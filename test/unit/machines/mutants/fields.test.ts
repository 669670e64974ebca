import { describe, expect, test } from 'vitest';
import { MAINNET } from '../../../../src/genesis/presets/mainnet.ts';
import type { Parameters } from '../../../../src/machines/parameters/record.ts';
import { checkRelations } from '../../../../src/machines/parameters/relations.ts';

// PROTOCOL §9: which numbers have which bounds, written out once more, field by field.

const POSITIVE_DURATIONS = [
  'windowBlocks',
  'unbondingBlocks',
  'epochBlocks',
  'evidenceAgeBlocks',
  'requestExpiryMinimumBlocks',
  'unjailBlocks',
  'noShowWindowBlocks',
  'noticeBlocks',
  'timestampPastSeconds',
  'dispute.publishBlocks',
  'dispute.seedBlocks',
  'dispute.commitBlocks',
  'dispute.revealBlocks',
  'dispute.appealBlocks',
  'dispute.blockTimeSeconds',
  'dispute.beaconMarginSeconds',
  'dispute.unsubstantiatedOncePerBlocks',
  'tee.enclaveKeySeconds',
];

const OTHER_DURATIONS = [
  'requestExpiryMaximumBlocks',
  'timestampAheadSeconds',
  'tee.noticeSeconds',
  'tee.refundAgeSeconds',
];

const POSITIVE_COUNTS = [
  'timersPerBlock',
  'payloadBytes',
  'chunkBytes',
  'dispute.commitWindows',
  'dispute.panelOwnersMultiple',
  'dispute.drawnChunks',
];

const SHARES = [
  'auditRateBps',
  'exposureBps',
  'protocolShareBps',
  'dispute.panelStakeShareBps',
  'dispute.unsubstantiatedBps',
  'dispute.lockBps',
  'dispute.noShowBps',
  'dispute.seatPenaltyBps',
  'dispute.challengerShareBps',
  'dispute.slashBurnBps',
  'dispute.equivocationRewardBps',
];

const POSITIVE_AMOUNTS = ['minimumStakeNlux', 'rerunFeeMaximumNlux', 'dispute.bondMinimumNlux'];

const OTHER_AMOUNTS = [
  'modelDepositNlux',
  'profileDepositNlux',
  'gas.minimumPriceNlux',
  'dispute.equivocationRewardNlux',
];

/** The parameters of mainnet with another value at a path of one or two names. */
const withValue = (path: string, value: unknown): Parameters => {
  const [first = '', second] = path.split('.');
  const group = MAINNET[first as keyof Parameters];
  const inner = second === undefined ? value : { ...(group as object), [second]: value };
  return { ...MAINNET, [first]: inner };
};

const broken = (next: Parameters): readonly string[] =>
  checkRelations(next).map(({ relation, path }) => `${relation} ${path}`);

const told = (relation: string, path: string, value: unknown): boolean =>
  broken(withValue(path, value)).includes(`${relation} ${path}`);

describe('a duration', () => {
  test.each(POSITIVE_DURATIONS)('%s is not 0', (path) => {
    expect(told('duration-positive', path, 0n)).toBe(true);
    expect(told('duration-positive', path, 1n)).toBe(false);
  });

  test.each(OTHER_DURATIONS)('%s may be 0', (path) => {
    expect(told('duration-positive', path, 0n)).toBe(false);
  });

  test.each([...POSITIVE_DURATIONS, ...OTHER_DURATIONS])('%s is at most 2^32', (path) => {
    expect(told('duration-bounded', path, 2n ** 32n + 1n)).toBe(true);
    expect(told('duration-bounded', path, 2n ** 32n)).toBe(false);
  });
});

test.each(POSITIVE_COUNTS)('of %s at least one is needed', (path) => {
  expect(told('count-positive', path, 0)).toBe(true);
  expect(told('count-positive', path, 1)).toBe(false);
});

describe('a share', () => {
  test.each(SHARES)('%s is at most the whole', (path) => {
    expect(told('share-at-most-whole', path, 10_001)).toBe(true);
    expect(told('share-at-most-whole', path, 10_000)).toBe(false);
  });

  test.each([0, 1, 2])('of a wrong result in round %i is at most the whole', (round) => {
    const rates = [500, 1_000, 2_000].with(round, 10_001);
    const path = `dispute.wrongResultBps[${round}]`;
    const shares = broken(withValue('dispute.wrongResultBps', rates)).filter((each) =>
      each.startsWith('share-at-most-whole'),
    );
    expect(shares).toEqual([`share-at-most-whole ${path}`]);
  });

  test('of a wrong result that has no rate is no share', () => {
    const rates = broken(withValue('dispute.wrongResultBps', []));
    expect(rates.some((each) => each.startsWith('share-at-most-whole'))).toBe(false);
  });
});

describe('an amount', () => {
  test.each(POSITIVE_AMOUNTS)('%s is not 0: a deterrent rests on it', (path) => {
    expect(told('amount-positive', path, 0n)).toBe(true);
    expect(told('amount-positive', path, 1n)).toBe(false);
  });

  test.each(OTHER_AMOUNTS)('%s may be 0', (path) => {
    expect(told('amount-positive', path, 0n)).toBe(false);
  });

  test.each([...POSITIVE_AMOUNTS, ...OTHER_AMOUNTS])('%s is at most 2^96', (path) => {
    expect(told('amount-bounded', path, 2n ** 96n + 1n)).toBe(true);
    expect(told('amount-bounded', path, 2n ** 96n)).toBe(false);
  });
});
