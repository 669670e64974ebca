import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyPolicy,
  checkPolicy,
  DEFAULT_POLICY,
  measurementOf,
  type QuoteFacts,
  requireStricter,
  type TeePolicy,
} from '../../../src/tee/index.ts';
import { hex } from '../../../src/tee/bytes.ts';
import type { LevelSpec } from '../../../src/tee/generator/index.ts';
import { must } from '../../unit/tee/vectors.ts';
import { judgeWorld, NOW } from '../../unit/tee/world.ts';
import { DATE, repeat } from '../../unit/tee/change.ts';

const level = (status: LevelSpec['status'], advisoryIds: readonly string[]): LevelSpec => ({
  sgx: repeat(5),
  pceSvn: 13,
  tdx: repeat(0),
  date: DATE,
  status,
  advisoryIds,
});

const SERVICE_TD = new Uint8Array(48).fill(9);

/** Verified quotes that differ in what policies look at. */
const FACTS: readonly QuoteFacts[] = [
  must(judgeWorld({})),
  must(judgeWorld({ tee: 'SGX' })),
  must(judgeWorld({ tee: 'SGX' }, { patches: [[48, hex('07')]] })),
  must(judgeWorld({ platform: { smtEnabled: true } }, { patches: [[120, hex('01000010')]] })),
  must(judgeWorld({ tcbInfo: { levels: [level('SWHardeningNeeded', ['SA-1'])] } })),
  must(judgeWorld({ tcbInfo: { levels: [level('OutOfDate', ['SA-2'])], evaluationNumber: 19 } })),
  must(judgeWorld({}, { version: 5, body: 'td15', patches: [[600, SERVICE_TD]] })),
  must(judgeWorld({}, { patches: [[120, hex('00000018')]] })),
  must(judgeWorld({}, { patches: [[328, hex('ff')]] })),
];

const subset = <T>(...values: readonly T[]) => fc.subarray([...values]);
const first = FACTS[0];
if (first === undefined) throw new Error('there are facts');

const policies: fc.Arbitrary<TeePolicy> = fc.record({
  tees: fc.subarray(['SGX', 'TDX'] as ('SGX' | 'TDX')[], { minLength: 1 }),
  statuses: fc.subarray(['UpToDate', 'SWHardeningNeeded', 'OutOfDate'] as const satisfies string[]),
  allowDebug: fc.boolean(),
  tdAttributesAllowed: fc.constantFrom(hex('000000d000000080'), hex('000000d800000080')),
  tdAttributesRequired: fc.constantFrom(hex('0000000000000000'), hex('0000001000000000')),
  serviceTds: subset(SERVICE_TD),
  tdxModules: subset(new Uint8Array(48), new Uint8Array(48).fill(1)),
  minEvaluationNumber: fc.constantFrom(0, 19, 20, 21),
  maxTcbAgeSeconds: fc.constantFrom(0, 1, NOW - DATE, NOW),
  deniedAdvisories: subset('SA-1', 'SA-2'),
  deniedPlatforms: subset(first.platform.ppidHash),
  allowedPlatforms: subset(first.platform.ppidHash, first.platform.pckSerialHash),
  allowSmt: fc.boolean(),
  allowDynamicPlatform: fc.boolean(),
  requireZeroQeReportDataTail: fc.boolean(),
  measurements: fc.subarray(FACTS.map(measurementOf)),
});

const RUNS = { seed: 20_260_601, numRuns: 3_000 };

describe('a stricter policy', () => {
  it('accepts nothing that the one it refines refuses', () => {
    let refined = 0;
    const pair = fc.tuple(policies, policies, fc.boolean());
    fc.assert(
      fc.property(pair, ([outer, other, mix]) => {
        // Mostly unrelated policies refine nothing, so half of the pairs share most of their rules.
        const inner = mix ? { ...outer, statuses: other.statuses, tees: other.tees } : other;
        if (!requireStricter(inner, outer).ok) return;
        refined += 1;
        for (const facts of FACTS) {
          if (applyPolicy(facts, inner, NOW).ok) {
            expect(applyPolicy(facts, outer, NOW).ok).toBe(true);
          }
        }
      }),
      RUNS,
    );
    expect(refined).toBeGreaterThan(200);
  });

  it('is an order: every policy refines itself, and refinement carries on', () => {
    fc.assert(
      fc.property(policies, policies, policies, (a, b, c) => {
        expect(checkPolicy(a).ok).toBe(true);
        expect(requireStricter(a, a).ok).toBe(true);
        const chained = requireStricter(a, b).ok && requireStricter(b, c).ok;
        if (chained) expect(requireStricter(a, c).ok).toBe(true);
      }),
      RUNS,
    );
  });

  it('with no status accepts nothing; the default accepts the plain quote', () => {
    for (const facts of FACTS) {
      expect(applyPolicy(facts, { ...DEFAULT_POLICY, statuses: [] }, NOW).ok).toBe(false);
    }
    expect(applyPolicy(first, DEFAULT_POLICY, NOW).ok).toBe(true);
  });
});
