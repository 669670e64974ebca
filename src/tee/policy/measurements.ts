import { equalBytes } from '../bytes.ts';
import type { SgxReport, TdReport } from '../quote/types.ts';
import type { QuoteFacts } from '../verify/facts.ts';
import type { EnclaveMeasurement, Expected, Measurement, TdMeasurement } from './types.ts';

const matches = (expected: Expected, found: Uint8Array): boolean =>
  expected === 'any' || equalBytes(expected, found);

const matchesTd = (expected: TdMeasurement, report: TdReport): boolean =>
  matches(expected.mrTd, report.mrTd) &&
  matches(expected.rtMr0, report.rtMr0) &&
  matches(expected.rtMr1, report.rtMr1) &&
  matches(expected.rtMr2, report.rtMr2) &&
  matches(expected.rtMr3, report.rtMr3) &&
  matches(expected.mrConfigId, report.mrConfigId) &&
  matches(expected.mrOwner, report.mrOwner) &&
  matches(expected.mrOwnerConfig, report.mrOwnerConfig) &&
  matches(expected.xfam, report.xfam) &&
  matches(expected.tdAttributes, report.tdAttributes);

const matchesEnclave = (expected: EnclaveMeasurement, report: SgxReport): boolean =>
  matches(expected.mrEnclave, report.mrEnclave) &&
  matches(expected.mrSigner, report.mrSigner) &&
  (expected.isvProdId === 'any' || expected.isvProdId === report.isvProdId) &&
  report.isvSvn >= expected.minIsvSvn &&
  matches(expected.configId, report.configId);

/** Whether the quote's measurements are these. */
export const matchesMeasurement = (facts: QuoteFacts, expected: Measurement): boolean => {
  const { report } = facts;
  if (expected.tee === 'SGX') return report.kind === 'sgx' && matchesEnclave(expected, report);
  return report.kind !== 'sgx' && matchesTd(expected, report);
};

/** The measurements of a verified quote, to be written into a profile: every field exact. */
export const measurementOf = (facts: QuoteFacts): Measurement => {
  const { report } = facts;
  if (report.kind === 'sgx') {
    return {
      tee: 'SGX',
      mrEnclave: report.mrEnclave,
      mrSigner: report.mrSigner,
      isvProdId: report.isvProdId,
      minIsvSvn: report.isvSvn,
      configId: report.configId,
    };
  }
  const { mrTd, rtMr0, rtMr1, rtMr2, rtMr3, mrConfigId, mrOwner, mrOwnerConfig } = report;
  const registers = { mrTd, rtMr0, rtMr1, rtMr2, rtMr3 };
  const owner = { mrConfigId, mrOwner, mrOwnerConfig };
  return {
    tee: 'TDX',
    ...registers,
    ...owner,
    xfam: report.xfam,
    tdAttributes: report.tdAttributes,
  };
};
