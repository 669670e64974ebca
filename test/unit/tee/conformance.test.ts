import { describe, expect, it } from 'vitest';
import {
  applyPolicy,
  createVerifyCache,
  DEFAULT_POLICY,
  plainFacts,
  plainRejection,
  runConformance,
  verifyQuote,
} from '../../../src/tee/index.ts';
import { opensslEngine } from '../../../src/tee/p256/openssl.ts';
import { hasVectors, intelCases, intelCollateral, must, read, vectorFiles } from './vectors.ts';
import { expectFullAgreement } from './agreement.ts';

describe.skipIf(!hasVectors)('conformance with the vendor library', () => {
  it('agrees on every case, with OpenSSL and cold caches', () => {
    expectFullAgreement(must(runConformance(vectorFiles, { engine: opensslEngine })));
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

  it('applies the default policy to real quotes: no debug, SEPT_VE_DISABLE, good status', () => {
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
