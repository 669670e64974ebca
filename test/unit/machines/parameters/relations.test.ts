import { describe, expect, test } from 'vitest';
import { PARAMETER_PRESETS } from '../../../../src/genesis/presets/index.ts';
import { MAINNET } from '../../../../src/genesis/presets/mainnet.ts';
import type { Parameters } from '../../../../src/machines/parameters/record.ts';
import {
  checkRelations,
  checkSuccession,
  RELATIONS,
} from '../../../../src/machines/parameters/relations.ts';
import { CASES, type Change } from './cases.ts';

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

test('the base protocol, a pair with one seat, keeps them too', () => {
  expect(broken({ dispute: { pairPanels: [1] } })).toEqual([]);
});

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
    const judged = 94_050n;
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

  test('draws no fewer chunks: a profile may ask for all of them to fail', () => {
    expect(checkSuccession(MAINNET, changed({ dispute: { drawnChunks: 7 } }))).toMatchObject([
      { relation: 'drawn-chunks-stay', path: 'dispute.drawnChunks' },
    ]);
    expect(checkSuccession(MAINNET, changed({ dispute: { drawnChunks: 9 } }))).toEqual([]);
  });

  test('does not touch the margin that says which round draws a ticket', () => {
    for (const beaconMarginSeconds of [59n, 61n]) {
      const next = changed({ dispute: { beaconMarginSeconds } });
      expect(checkSuccession(MAINNET, next)).toMatchObject([
        { relation: 'beacon-margin-fixed', path: 'dispute.beaconMarginSeconds' },
      ]);
    }
  });

  test('does not touch the epoch', () => {
    expect(checkSuccession(MAINNET, changed({ epochBlocks: 3_601n }))).toMatchObject([
      { relation: 'epoch-fixed', path: 'epochBlocks' },
    ]);
  });
});
