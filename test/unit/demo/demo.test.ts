import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isInstalled } from '../../../demo/model/index.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const WEIGHTS = '713639dff4b5b3cc4a1ca070077c0f1125022582dd1d2ec8961d92905c289300';

interface Printed {
  readonly stateRoot: string;
  readonly reopenedStateRoot: string;
  readonly supply: string;
  readonly balancesTotal: string;
  readonly weightHash: string;
  readonly outcome: Readonly<Record<string, string>>;
  readonly slashed: readonly { readonly provider: string; readonly amount: string }[];
  readonly rerunBy: readonly string[];
  readonly attestationProofValid: boolean;
  readonly teeAttestationAccepted: boolean;
  readonly teeTamperedRefused: boolean;
  readonly balances: readonly { readonly before: string; readonly after: string }[];
}

const run = (...args: readonly string[]): string =>
  execFileSync(process.execPath, ['tools/run.mjs', 'demo/main.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });

describe.skipIf(!isInstalled())('the demo', () => {
  let facts: Printed;

  beforeAll(() => {
    facts = JSON.parse(run('--json')) as Printed;
  });

  it('registers the real weights', () => {
    expect(facts.weightHash).toBe(WEIGHTS);
  });

  it('finds the one who ran damaged weights, and nobody else', () => {
    expect(Object.values(facts.outcome).toSorted()).toEqual(['faulty', 'valid']);
    const faulty = Object.keys(facts.outcome).filter((who) => facts.outcome[who] === 'faulty');
    expect(facts.slashed).toEqual([{ provider: faulty[0], amount: '10000000000' }]);
  });

  it('is judged by a panel of one, and after an appeal by three others', () => {
    expect(new Set(facts.rerunBy).size).toBe(4);
  });

  it('adds up to the supply, exactly', () => {
    const sum = (of: 'before' | 'after') =>
      facts.balances.reduce((total, each) => total + BigInt(each[of]), 0n).toString();
    expect(sum('before')).toBe(facts.supply);
    expect(sum('after')).toBe(facts.supply);
    expect(facts.balancesTotal).toBe(facts.supply);
  });

  it('has the same root after a restart, and its proof holds', () => {
    expect(facts.reopenedStateRoot).toBe(facts.stateRoot);
    expect(facts.attestationProofValid).toBe(true);
  });

  it('takes a TEE report that verifies, and none that was changed', () => {
    expect(facts.teeAttestationAccepted).toBe(true);
    expect(facts.teeTamperedRefused).toBe(true);
  });

  it('tells a story', () => {
    const story = run();
    expect(story).toContain('Ben: faulty');
    expect(story).toContain("appealed by Ben's owner with 0.6 LUX: lost, nothing changed");
    expect(story).toMatch(/⇒ [AB] faulty: n = 3: 3 of 3 seats reject [AB] \(needs 3\)/);
    expect(story).toContain('TEST ROOT TRUSTED');
    expect(story).toContain('The balances add up to the supply');
  });
});
