import { describe, expect, it } from 'vitest';
import {
  applyPolicy,
  type ConformanceReport,
  createVerifyCache,
  DEFAULT_POLICY,
  nobleEngine,
  plainFacts,
  plainRejection,
  runConformance,
  verifyQuote,
} from '../../../src/tee/index.ts';
import { opensslEngine } from '../../../src/tee/p256/openssl.ts';
import { hasVectors, intelCases, intelCollateral, must, read, vectorFiles } from './vectors.ts';

/** Cases of the suites as of mid 2026; more may be added. */
const LEAST = {
  intel: 206,
  accept: 11,
  reject: 91,
  oracle: 123,
  'policy-reject': 15,
  policy: 10,
} as const;

const expectFullAgreement = (report: ConformanceReport): void => {
  expect(report.disagreements).toEqual([]);
  for (const [kind, tally] of Object.entries({ intel: report.intel, ...report.synthetic })) {
    expect(tally.agree, kind).toBe(tally.total);
    expect(tally.total, kind).toBeGreaterThanOrEqual(LEAST[kind as keyof typeof LEAST]);
  }
  const decided = Object.fromEntries(report.decisions.map((d) => [d.id, d.decision]));
  expect(decided).toMatchObject(DECISIONS);
};

/** The cases that are left to the verifier: docs/tee.md says why each is decided so. */
const DECISIONS = {
  auth_inner_trailing: 'quote: tee/auth-data-malformed',
  chain_missing_root: 'pck: tee/chain-length',
  chain_reordered: 'pck: tee/root-untrusted',
  ext_pcesvn_neg: 'pck: tee/der-malformed',
  qe_rd_upper_nonzero: 'policy: tee/policy-qe-report-data',
  tcb_chain_reversed: 'tcb_info: tee/root-untrusted',
  tcbinfo_v2_sgx: 'UpToDate',
  ti_svn_float: 'tcb_info: tee/json-malformed',
  trailing_garbage: 'quote: tee/quote-trailing-bytes',
  trailing_zero_bytes: 'UpToDate',
};

describe.skipIf(!hasVectors)('conformance with the vendor library', () => {
  it('agrees on every case, with OpenSSL and cold caches', () => {
    expectFullAgreement(must(runConformance(vectorFiles, { engine: opensslEngine })));
  });

  it('agrees on every case, with noble and caches that warm up', () => {
    const options = { engine: nobleEngine, cache: createVerifyCache() };
    expectFullAgreement(must(runConformance(vectorFiles, options)));
  });

  it('gives the same facts and rejections cold, warm, and in reverse order', () => {
    const cache = createVerifyCache(8);
    const cases = intelCases();
    const judge = (entry: (typeof cases)[number], warm: boolean): unknown => {
      const collateral = intelCollateral(entry.collateral, entry.now);
      const options = { engine: opensslEngine, ...(warm ? { cache } : {}) };
      const result = verifyQuote(read(`intel/${entry.quote}`), collateral, entry.now, options);
      return result.ok ? plainFacts(result.value) : plainRejection(result.failure);
    };
    const cold = cases.map((entry) => judge(entry, false));
    const warm = cases.map((entry) => judge(entry, true));
    const reversed = cases.toReversed().map((entry) => judge(entry, true));
    expect(warm).toEqual(cold);
    expect(reversed.toReversed()).toEqual(cold);
  });

  it('applies the default policy to real quotes: debug and missing SEPT_VE_DISABLE are refused', () => {
    const codes = new Map<string, number>();
    for (const entry of intelCases().filter(({ expected }) => expected.ok)) {
      const collateral = intelCollateral(entry.collateral, entry.now);
      const options = { engine: opensslEngine };
      const quote = read(`intel/${entry.quote}`);
      const facts = must(verifyQuote(quote, collateral, entry.now, options));
      const verdict = applyPolicy(facts, DEFAULT_POLICY, entry.now);
      const code = verdict.ok ? 'accepted' : verdict.failure.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect(Object.fromEntries(codes)).toMatchInlineSnapshot(`
      {
        "accepted": 154,
        "tee/policy-debug": 9,
        "tee/policy-sept-ve": 5,
        "tee/policy-status": 11,
      }
    `);
  });
});

describe('the conformance run itself', () => {
  const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

  it('counts nothing in a folder without suites', () => {
    const none = { read: () => undefined, readGzip: () => undefined };
    const report = must(runConformance(none));
    expect(report.intel).toEqual({ total: 0, agree: 0 });
    expect(report.disagreements).toEqual([]);
  });

  it('reports a case it cannot read as a disagreement, not as agreement', () => {
    const files = {
      read: () => undefined,
      readGzip: () => text({ name: 'broken', expect: 'maybe' }),
    };
    const report = must(runConformance(files));
    expect(report.disagreements).toHaveLength(1);
    expect(report.disagreements[0]?.kind).toBe('unreadable');
  });
});
