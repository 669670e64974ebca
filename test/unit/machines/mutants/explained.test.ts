import { expect, test } from 'vitest';
import { MAINNET } from '../../../../src/genesis/presets/mainnet.ts';
import type { Parameters } from '../../../../src/machines/parameters/record.ts';
import { RELATIONS } from '../../../../src/machines/parameters/relations.ts';
import { successionRelations } from '../../../../src/machines/parameters/relations/succession.ts';

// What is said of a relation that does not hold.

/** The rest of a sentence that begins with the path. */
const REST = /^(?:must|and|has|is|times|less|without) \S.*[^ .]$/;

test.each(RELATIONS)('$name of $path says what is asked', ({ explain }) => {
  expect(explain(MAINNET)).toMatch(REST);
});

test.each(successionRelations)('$name of $path says what is asked', ({ explain }) => {
  expect(explain(MAINNET)).toMatch(REST);
});

const exposureTold = (parameters: Parameters): string | undefined =>
  RELATIONS.find(({ name }) => name === 'exposure-deterred')
    ?.explain(parameters)
    .match(/rounded down (?<bound>\d+):/)?.groups?.['bound'];

test('the bound of exposure is told in whole basis points, rounded down', () => {
  expect(exposureTold(MAINNET)).toBe('30');
  // ρ = 0.3, s = 1 and q = 0.839156… of PROTOCOL §6.3, when every answer is audited.
  const dispute = { ...MAINNET.dispute, wrongResultBps: [500, 10_000, 10_000] };
  expect(exposureTold({ ...MAINNET, auditRateBps: 10_000, dispute })).toBe('36520');
});

test('where no wrong result is missed, all of the stake may be exposed', () => {
  expect(exposureTold({ ...MAINNET, auditRateBps: 20_000 })).toBe('10000');
});

test('a rate that is not there counts as 0', () => {
  const parameters = { ...MAINNET, dispute: { ...MAINNET.dispute, wrongResultBps: [] } };
  const told = RELATIONS.filter(({ path }) => path.startsWith('dispute.wrongResultBps['));
  expect(told.map(({ explain }) => explain(parameters))).toEqual(
    Array.from({ length: 3 }, () => 'must be at most 10000; it is 0'),
  );
});

const told = (name: string, parameters: Parameters): string | undefined =>
  RELATIONS.find((relation) => relation.name === name)?.explain(parameters);

test('twice W + D is told: 86,400 blocks of the window and 101,700 of the challenge', () => {
  expect(told('unbonding-covers-judgement', MAINNET)).toBe(
    'must be at least 2(W + D) = 188100, or stake leaves unjudged',
  );
});

test('a window spans no epoch where epochs have no length', () => {
  expect(told('exposure-fits-buckets', { ...MAINNET, epochBlocks: 0n })).toMatch(/spans 0 epochs/);
});
