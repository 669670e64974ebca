import { equalBytes, isZero, toHex } from '../bytes.ts';
import type { TrustedCollateral } from '../collateral/types.ts';
import { MAX_QUOTE_BYTES } from '../limits.ts';
import { defaultEngine } from '../p256/default.ts';
import type { Engine } from '../p256/engine.ts';
import { parseQuote } from '../quote/parse.ts';
import type { Quote } from '../quote/types.ts';
import { ok, reject, type Result } from '../result.ts';
import { type Seconds, secondsOf } from '../time.ts';
import { requireApplicableCollateral } from './applicable.ts';
import type { PckChain, VerifyCache } from './cache.ts';
import { convergeRelaunch } from './converge.ts';
import { type EvaluationInput, evaluateTcb } from './evaluate.ts';
import type { CollateralIds, PlatformFacts, QuoteFacts, TcbEvaluation } from './facts.ts';
import { requireModuleIdentity } from './module.ts';
import { verifyPckChain } from './pck.ts';
import { pckSerialHash, ppidHash } from './platform-id.ts';
import { requireQeIdentity, verifyQeBinding, verifyQuoteSignature } from './qe.ts';

export interface VerifyOptions {
  /** Default: the engine chosen for the process, noble if none was. */
  readonly engine?: Engine;
  /** Speeds up quotes of platforms seen before; changes no verdict. Default: none. */
  readonly cache?: VerifyCache;
}

const lower = (a: number, b: number): number => (a < b ? a : b);

/** The collateral is for this TEE and this platform family. */
const requireMatching = (
  quote: Quote,
  chain: PckChain,
  collateral: TrustedCollateral,
): Result<null> => {
  const { tcbInfo, qeIdentity } = collateral;
  const mismatch = (field: string, found: string, expected: string) =>
    reject('tcb_info', 'tee/tcb-info-mismatch', { field, found, expected });
  const { tee } = quote.header;
  if (tcbInfo.tee !== tee) return mismatch('id', tcbInfo.tee, tee);
  const { fmspc, pceId } = chain.sgx;
  if (!equalBytes(tcbInfo.fmspc, fmspc)) {
    return mismatch('fmspc', toHex(tcbInfo.fmspc), toHex(fmspc));
  }
  if (!equalBytes(tcbInfo.pceId, pceId)) {
    return mismatch('pceId', toHex(tcbInfo.pceId), toHex(pceId));
  }
  const id = tee === 'SGX' ? 'QE' : 'TD_QE';
  return qeIdentity.id === id
    ? ok(null)
    : reject('qe_identity', 'tee/qe-identity-mismatch', { field: 'id', expected: id });
};

interface Evaluations {
  readonly launch: TcbEvaluation;
  readonly current: TcbEvaluation;
}

const NO_TEE_TCB = new Uint8Array(0);

/** TD 1.5 reports two TCBs: that of the launch and that of the module which runs now. */
const evaluateBoth = (quote: Quote, input: EvaluationInput): Result<Evaluations> => {
  const { body } = quote;
  const launch = evaluateTcb(input, body.kind === 'sgx' ? NO_TEE_TCB : body.teeTcbSvn);
  if (!launch.ok) return launch;
  if (body.kind === 'sgx' || body.td15 === undefined) {
    return ok({ launch: launch.value, current: launch.value });
  }
  const current = evaluateTcb(input, body.td15.teeTcbSvn2);
  return current.ok ? ok({ launch: launch.value, current: current.value }) : current;
};

const platformFacts = (chain: PckChain, engine: Engine): PlatformFacts => {
  const { sgx, ca, serial } = chain;
  return {
    fmspc: sgx.fmspc,
    pceId: sgx.pceId,
    pceSvn: sgx.pceSvn,
    components: sgx.components,
    cpuSvn: sgx.cpuSvn,
    ca: ca.ca,
    ppidHash: ppidHash(engine, sgx.ppid),
    pckSerialHash: pckSerialHash(engine, serial),
    sgxType: sgx.sgxType,
    dynamicPlatform: sgx.platform?.dynamicPlatform,
    cachedKeys: sgx.platform?.cachedKeys,
    smtEnabled: sgx.platform?.smtEnabled,
  };
};

const collateralIds = (collateral: TrustedCollateral, chain: PckChain): CollateralIds => ({
  root: collateral.anchor.sha256,
  rootCrl: collateral.rootCrl.sha256,
  pckCa: chain.ca.sha256,
  pckCrl: collateral.pckCrl.sha256,
  tcbInfo: collateral.tcbInfo.sha256,
  qeIdentity: collateral.qeIdentity.sha256,
});

/** The last second at which everything the verdict rests on is valid; lists end before theirs. */
const validThrough = (collateral: TrustedCollateral, chain: PckChain): Seconds => {
  const { anchor, rootCrl, pckCrl, tcbInfo, qeIdentity } = collateral;
  const ends = [
    anchor.notAfter,
    chain.ca.notAfter,
    chain.notAfter,
    rootCrl.nextUpdate - 1,
    pckCrl.nextUpdate - 1,
    tcbInfo.signer.notAfter,
    tcbInfo.nextUpdate,
    qeIdentity.signer.notAfter,
    qeIdentity.nextUpdate,
  ];
  return ends.reduce(lower, anchor.notAfter);
};

/** ATTRIBUTES.DEBUG of an enclave is bit 1, TDATTRIBUTES.DEBUG of a trust domain bit 0. */
const isDebug = (body: Quote['body']): boolean =>
  body.kind === 'sgx'
    ? ((body.attributes[0] ?? 0) & 2) !== 0
    : ((body.tdAttributes[0] ?? 0) & 1) !== 0;

const assembleFacts = (
  quote: Quote,
  chain: PckChain,
  collateral: TrustedCollateral,
  { launch, current }: Evaluations,
  now: Seconds,
  engine: Engine,
): QuoteFacts => ({
  quoteId: engine.sha256(quote.bytes),
  signedId: engine.sha256(quote.signed),
  quoteVersion: quote.header.version,
  tee: quote.header.tee,
  status: convergeRelaunch(launch.status, current.status),
  advisoryIds: launch.advisoryIds,
  tcbDate: launch.tcbDate,
  launch,
  current,
  evaluationNumber: lower(
    collateral.tcbInfo.evaluationNumber,
    collateral.qeIdentity.evaluationNumber,
  ),
  platform: platformFacts(chain, engine),
  qe: {
    isvSvn: quote.auth.qeReport.isvSvn,
    mrEnclave: quote.auth.qeReport.mrEnclave,
    evaluationNumber: collateral.qeIdentity.evaluationNumber,
    reportDataTailIsZero: isZero(quote.auth.qeReport.reportData.subarray(32)),
  },
  report: quote.body,
  reportData: quote.body.reportData,
  debug: isDebug(quote.body),
  collateral: collateralIds(collateral, chain),
  verifiedAt: now,
  validThrough: validThrough(collateral, chain),
});

/** All checks of an already parsed quote, in the order in which a reader can follow the trust. */
export const verifyParsedQuote = (
  quote: Quote,
  collateral: TrustedCollateral,
  now: Seconds,
  engine: Engine,
  cache: VerifyCache | undefined,
): Result<QuoteFacts> => {
  const applicable = requireApplicableCollateral(collateral, now);
  if (!applicable.ok) return applicable;
  const verified = verifyPckChain(quote.auth.pckChain, collateral, now, engine, cache);
  if (!verified.ok) return verified;
  const chain = verified.value;
  const matching = requireMatching(quote, chain, collateral);
  if (!matching.ok) return matching;
  const binding = verifyQeBinding(quote, chain.publicKey, engine, cache);
  if (!binding.ok) return binding;
  const identity = requireQeIdentity(quote.auth.qeReport, collateral.qeIdentity);
  if (!identity.ok) return identity;
  const signature = verifyQuoteSignature(quote, engine);
  if (!signature.ok) return signature;
  const module =
    quote.body.kind === 'sgx' ? ok(null) : requireModuleIdentity(quote.body, collateral.tcbInfo);
  if (!module.ok) return module;
  const evaluations = evaluateBoth(quote, {
    tcbInfo: collateral.tcbInfo,
    qeIdentity: collateral.qeIdentity,
    sgx: chain.sgx,
    qeIsvSvn: quote.auth.qeReport.isvSvn,
  });
  if (!evaluations.ok) return evaluations;
  return ok(assembleFacts(quote, chain, collateral, evaluations.value, now, engine));
};

/**
 * Verifies a quote against trusted collateral at `now` (Unix seconds, a block's time): what it says
 * as facts, or why it is not believed. Pure and synchronous. Costs three P-256 verifications, two
 * or one when the cache knows the platform.
 */
export const verifyQuote = (
  bytes: Uint8Array,
  collateral: TrustedCollateral,
  now: bigint | number,
  options: VerifyOptions = {},
): Result<QuoteFacts> => {
  // A copy, so that facts stay what they are when the caller reuses its buffer.
  const quote = parseQuote(bytes.length > MAX_QUOTE_BYTES ? bytes : bytes.slice());
  if (!quote.ok) return quote;
  const engine = options.engine ?? defaultEngine();
  return verifyParsedQuote(quote.value, collateral, secondsOf(now), engine, options.cache);
};
