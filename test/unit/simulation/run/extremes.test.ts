import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/codec/json/index.ts';
import { exact, ONE, sum } from '../../../../src/simulation/closed-forms/exact.ts';
import { ladderVerdicts } from '../../../../src/simulation/closed-forms/panels.ts';
import { Checkpoint } from '../../../../src/simulation/run/checkpoint.ts';
import { planOf } from '../../../../src/simulation/run/plan.ts';
import { parseScenario } from '../../../../src/simulation/scenario/index.ts';
import { played } from '../estimates/support.ts';

/** Why a scenario is refused, and where in it; nothing where it is not. */
const refusalOf = (asked: Record<string, Json>) => {
  const scenario = parseScenario({ name: 'of a test', seed: 1, ...asked });
  const plan = scenario.ok ? planOf(scenario.value) : scenario;
  return plan.ok ? undefined : [plan.failure.code, plan.failure.details['path']];
};
const outOfRange = (path: string) => ['simulation/out-of-range', path];

const honest = { kind: 'honest', count: 3 };
const ladder = { estimate: 'cheaterEscapes', panels: [99, 99], N: 1_000 };

describe('a scenario of extremes', () => {
  it.each<[string, Record<string, Json>, unknown]>([
    [
      'more runs than a decade of a core holds',
      { estimates: [{ estimate: 'timeToFinality', runs: 1_000_000_000 }] },
      ['simulation/too-many', 'runs'],
    ],
    [
      'a share too small to be drawn',
      { estimates: [{ estimate: 'selectionShare', share: 1e-300 }] },
      outOfRange('estimates[0].share'),
    ],
    [
      'a ladder that leaves too many crowds to follow',
      { estimates: [ladder] },
      outOfRange('estimates[0].panels'),
    ],
    ['half a character as seed', { seed: '\ud800', market: {} }, outOfRange('seed')],
    [
      'half a character as name of a group',
      { market: { agents: [{ ...honest, name: '\ud800' }] } },
      outOfRange('market.agents[0].name'),
    ],
    [
      'a group named as what is told of beside groups',
      { market: { agents: [{ ...honest, name: 'burned' }] } },
      outOfRange('market.agents[0].name'),
    ],
    [
      'a number as name of a group',
      { market: { agents: [{ ...honest, name: 5 }] } },
      outOfRange('market.agents[0].name'),
    ],
    ['a picture that there is not', { figures: ['no such'] }, outOfRange('figures[0]')],
  ])('%s is refused by its place', (_, asked, refusal) => {
    expect(refusalOf(asked)).toEqual(refusal);
  });

  it('a ladder of many seats has a closed form at once', () => {
    const verdicts = ladderVerdicts(
      {
        panels: [31, 63, 99],
        form: 'audit',
        crowd: { share: exact(0.1) },
        silent: exact(0.2),
        replacements: 2,
      },
      'cheating',
    );
    expect(sum([verdicts.upheld, verdicts.convicted, verdicts.voided])).toEqual(ONE);
  });

  it('shares of one fault may be given as the symbol that sums them', () => {
    const expected = { estimate: 0.2025, closedForm: 0.2025, z: 0 };
    expect(played({ estimate: 'correlatedSlash', v: [0.1, 0.05] })).toMatchObject(expected);
    expect(played({ estimate: 'correlatedSlash', v: 0.15 })).toMatchObject(expected);
  });

  it.each([
    [9.9, 1],
    [0.1, 500],
  ])('volunteers learn the rate where a check costs %d of 10 and cheats gain %d', (k, G) => {
    // With so little to gain by a check, or to lose, who begins far away would not get there.
    const { z, estimate } = played({ estimate: 'voluntaryCheatingRate', k, R: 10, G, runs: 2 });
    expect(Math.abs(estimate - k / 10)).toBeLessThan(0.001);
    expect(z).not.toBeNull();
  });
});

describe('a checkpoint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aivm-checkpoint-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const identity = { seed: '1', version: '1.0.0' };

  it('of which the first line was torn is begun anew', () => {
    const file = join(folder, 'torn.jsonl');
    expect(Checkpoint.open(file, identity).ok).toBe(true);
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.slice(0, 10));
    expect(Checkpoint.open(file, identity).ok).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(whole);
  });

  it('is a regular file or none', () => {
    const opened = Checkpoint.open(folder, identity);
    expect(opened.ok ? undefined : opened.failure.code).toBe('simulation/checkpoint-unusable');
  });

  it('that cannot be written any more says so', () => {
    const file = join(folder, 'gone', 'away.jsonl');
    const opened = Checkpoint.open(join(folder, 'kept.jsonl'), identity);
    if (!opened.ok) throw new Error(opened.failure.code);
    rmSync(folder, { recursive: true });
    expect(() => opened.value.add('a work', 0, 1, new Map())).toThrow(
      expect.objectContaining({ code: 'simulation/checkpoint-unusable' }),
    );
    expect(Checkpoint.open(file, identity).ok).toBe(false);
  });
});
