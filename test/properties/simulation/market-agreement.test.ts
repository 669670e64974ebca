import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/codec/json/index.ts';
import { rational, toNumber } from '../../../src/simulation/closed-forms/exact.ts';
import { ladderVerdicts, type LadderRules } from '../../../src/simulation/closed-forms/panels.ts';
import { groundOf } from '../../../src/simulation/market/ground.ts';
import { playOnce } from '../../../src/simulation/market/index.ts';
import { zOfShare } from '../../../src/simulation/statistics/index.ts';
import { marketOf } from '../../unit/simulation/market/markets.ts';

/** ECONOMICS: a simulated estimate agrees within four standard errors at a fixed seed. */
const SIGMA = 4;
const PROVIDERS = 60;
const COLLUDING = 21;

/** Everybody answers, so nobody is replaced. */
const base = { silent: rational(0n), replacements: 2 };

/** How often honest providers are slashed, in a market with every message and as theory has it. */
const compare = (agents: readonly JsonObject[], market: JsonObject, rules: LadderRules) => {
  const played = playOnce(groundOf(marketOf(agents, market)), 'agreement', 0);
  const found = played.book.tallies.get('slashed/honest');
  if (found === undefined) throw new Error('honest providers were challenged');
  const estimate = Number(found.sum) / found.n;
  const theory = toNumber(ladderVerdicts(rules, 'honest').convicted);
  return { n: found.n, theory, z: zOfShare(estimate, theory, found.n) };
};

describe('false slashes in a market of messages agree with the panels of theory', () => {
  it('audits, ladder 3 → 7: hypergeometric among all but the defendant', () => {
    const agents = [
      { kind: 'honest', count: PROVIDERS - COLLUDING },
      { kind: 'colluding', count: COLLUDING, cheats: 0 },
      { kind: 'griefing', opens: 1 },
    ];
    const market = { blocks: 15, attestationsPerBlock: 30, protocolAudits: false };
    const crowd = { marked: COLLUDING, of: PROVIDERS - 1 };
    const { n, theory, z } = compare(agents, market, {
      ...base,
      panels: [3, 7],
      form: 'audit',
      crowd,
    });
    expect(n).toBeGreaterThan(200);
    expect(theory).toBeGreaterThan(0.04);
    expect(z).toBeLessThanOrEqual(SIGMA);
  });

  it('pairs before one seat, the base protocol: the share of colluders among all but both', () => {
    const agents = [
      { kind: 'honest', count: PROVIDERS - COLLUDING },
      { kind: 'colluding', count: COLLUDING, cheats: 1 },
    ];
    const market = {
      blocks: 20,
      attestationsPerBlock: 30,
      pairs: 1,
      protocolAudits: false,
    };
    const crowd = { marked: COLLUDING - 1, of: PROVIDERS - 2 };
    const { n, theory, z } = compare(agents, market, {
      ...base,
      panels: [1],
      form: 'pair',
      crowd,
    });
    expect(n).toBeGreaterThan(200);
    expect(theory).toBeCloseTo(20 / 58, 12);
    expect(z).toBeLessThanOrEqual(SIGMA);
  });
});
