import { defaultEngine } from '../p256/default.ts';
import type { Engine } from '../p256/engine.ts';
import { ok, type Result } from '../result.ts';
import { secondsOf } from '../time.ts';
import { type IngestContext, ingestPckCa } from './certificates.ts';
import { ingestQeIdentity, ingestTcbInfo } from './documents.ts';
import { ingestPckCrl, ingestRootCrl } from './revocation.ts';
import type { RawCollateral, TrustAnchor, TrustedCollateral } from './types.ts';

export interface IngestOptions {
  /** Default: the engine chosen for the process, noble if none was. */
  readonly engine?: Engine;
}

/** The context of the single ingest functions. `now`: Unix seconds, the block's time. */
export const ingestContext = (
  now: bigint | number,
  options: IngestOptions = {},
): IngestContext => ({ engine: options.engine ?? defaultEngine(), now: secondsOf(now) });

/**
 * Checks a complete set of collateral against the anchor at `now` and returns it as plain records.
 * The order matters: the root's revocation list speaks of every certificate below.
 */
export const ingestCollateral = (
  raw: RawCollateral,
  anchor: TrustAnchor,
  now: bigint | number,
  options: IngestOptions = {},
): Result<TrustedCollateral> => {
  const context = ingestContext(now, options);
  const rootCrl = ingestRootCrl(raw.rootCrl, anchor, context);
  if (!rootCrl.ok) return rootCrl;
  const pckCa = ingestPckCa(raw.pckCrlIssuerChain, anchor, rootCrl.value, context);
  if (!pckCa.ok) return pckCa;
  const pckCrl = ingestPckCrl(raw.pckCrl, pckCa.value, context);
  if (!pckCrl.ok) return pckCrl;
  const tcbInfo = ingestTcbInfo(raw.tcbInfo, anchor, rootCrl.value, context);
  if (!tcbInfo.ok) return tcbInfo;
  const qeIdentity = ingestQeIdentity(raw.qeIdentity, anchor, rootCrl.value, context);
  if (!qeIdentity.ok) return qeIdentity;
  return ok({
    anchor,
    rootCrl: rootCrl.value,
    pckCa: pckCa.value,
    pckCrl: pckCrl.value,
    tcbInfo: tcbInfo.value,
    qeIdentity: qeIdentity.value,
  });
};
