import { blob, bool, literalEnum, optional, record, u32, u8 } from '../../codec/index.ts';
import type { Infer } from '../../codec/index.ts';
import { parseSgxReport, parseTdReport, SGX_REPORT_BYTES } from '../../tee/quote/bodies.ts';
import { TD15EX_REPORT_BYTES } from '../../tee/quote/bodies.ts';
import type { TcbStatus } from '../../tee/collateral/types.ts';
import type { QuoteFacts, TcbEvaluation } from '../../tee/verify/facts.ts';
import { advisories } from '../trust-store/stored.ts';
import { bytes, seconds } from './fields.ts';
import { QUOTE_STATUSES, TEES } from './policy.ts';

/** Statuses that one evaluation of a TCB can have; a revoked one gives no facts. */
const EVALUATED = [
  'UpToDate',
  'SWHardeningNeeded',
  'ConfigurationNeeded',
  'ConfigurationAndSWHardeningNeeded',
  'OutOfDate',
  'OutOfDateConfigurationNeeded',
] as const satisfies readonly Exclude<TcbStatus, 'Revoked'>[];

const evaluation = record({
  status: literalEnum(EVALUATED),
  tcbDate: seconds,
  advisoryIds: advisories,
});
type StoredEvaluation = Infer<typeof evaluation>;

const platform = record({
  fmspc: bytes(6),
  pceId: bytes(2),
  pceSvn: u32,
  components: bytes(16),
  cpuSvn: bytes(16),
  ca: literalEnum(['platform', 'processor']),
  ppidHash: bytes(32),
  pckSerialHash: bytes(32),
  sgxType: u32,
  dynamicPlatform: optional(bool),
  cachedKeys: optional(bool),
  smtEnabled: optional(bool),
});

const collateral = record({
  root: bytes(32),
  rootCrl: bytes(32),
  pckCa: bytes(32),
  pckCrl: bytes(32),
  tcbInfo: bytes(32),
  qeIdentity: bytes(32),
});

/** All that a verified quote says, but for what tells an operator which component to update. */
export const storedFacts = record({
  quoteId: bytes(32),
  signedId: bytes(32),
  quoteVersion: u8,
  tee: literalEnum(TEES),
  status: literalEnum(QUOTE_STATUSES),
  launch: evaluation,
  current: evaluation,
  evaluationNumber: u32,
  platform,
  qe: record({
    isvSvn: u32,
    mrEnclave: bytes(32),
    evaluationNumber: u32,
    reportDataTailIsZero: bool,
  }),
  /** The report as it was signed. */
  body: blob(TD15EX_REPORT_BYTES),
  debug: bool,
  collateral,
  verifiedAt: seconds,
  validThrough: seconds,
});
export type StoredFacts = Infer<typeof storedFacts>;

export const storeFacts = (facts: QuoteFacts): StoredFacts => ({
  ...facts,
  body: facts.report.raw,
});

const evaluationOf = (stored: StoredEvaluation): TcbEvaluation => ({ ...stored, shortfall: [] });

/** The facts again, to be judged by the policies of another day. */
export const restoreFacts = (stored: StoredFacts): QuoteFacts => {
  const { body, launch, ...rest } = stored;
  const report = body.length === SGX_REPORT_BYTES ? parseSgxReport(body) : parseTdReport(body);
  return {
    ...rest,
    quoteVersion: stored.quoteVersion as QuoteFacts['quoteVersion'],
    launch: evaluationOf(launch),
    current: evaluationOf(stored.current),
    advisoryIds: launch.advisoryIds,
    tcbDate: launch.tcbDate,
    report,
    reportData: report.reportData,
  };
};
