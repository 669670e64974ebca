import { expect } from 'vitest';
import type { ConformanceReport } from '../../../src/tee/index.ts';

/** Cases of the suites as of mid 2026; more may be added. */
const LEAST = {
  intel: 206,
  accept: 11,
  reject: 91,
  oracle: 123,
  'policy-reject': 15,
  policy: 10,
} as const;

export const expectFullAgreement = (report: ConformanceReport): void => {
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
  tcb_chain_reversed: 'UpToDate',
  tcbinfo_v2_sgx: 'UpToDate',
  ti_svn_float: 'tcb_info: tee/json-malformed',
  trailing_garbage: 'quote: tee/quote-trailing-bytes',
  trailing_zero_bytes: 'UpToDate',
};
