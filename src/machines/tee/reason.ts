import { MAX_SECONDS, formatIsoTime, type Seconds } from '../../tee/time.ts';
import type { Rejection, Shortfall, Stage } from '../../tee/result.ts';
import { because, type Reason } from '../kit/guard.ts';

/** What people call the document that a stage of the verification is about. */
const DOCUMENTS: Readonly<Record<Stage, string>> = {
  quote: 'quote',
  pck: 'PCK certificate',
  root: 'root certificate',
  root_crl: 'revocation list of the root',
  pck_ca: 'certificate of the PCK CA',
  pck_crl: 'revocation list of the PCK CA',
  tcb_signer: 'TCB signing certificate',
  tcb_info: 'TCB information',
  qe_identity: 'quoting enclave identity',
  qe: 'quoting enclave report',
  tdx_module: 'TDX module',
  tcb: 'TCB level',
  policy: 'policy',
  collateral: 'collateral',
};

/** Details of a rejection may quote names out of certificates: what a receipt takes of them. */
const MAX_DETAIL_CHARACTERS = 256;
/** Components of a shortfall that are told; an operator updates firmware as a whole. */
const MAX_TOLD_COMPONENTS = 4;

/** The time of a block as the TEE library counts; past the year 9999 all collateral has expired. */
export const teeTime = (time: bigint): Seconds =>
  time > BigInt(MAX_SECONDS) ? MAX_SECONDS + 1 : Number(time);

const documentOf = ({ stage, code }: Rejection): string => {
  const isSigner = code.startsWith('tee/certificate');
  return isSigner && (stage === 'tcb_info' || stage === 'qe_identity')
    ? `TCB signing certificate of the ${DOCUMENTS[stage]}`
    : DOCUMENTS[stage];
};

const EXPIRIES: Partial<Record<Rejection['code'], 'nextUpdate' | 'notAfter'>> = {
  'tee/document-expired': 'nextUpdate',
  'tee/crl-expired': 'nextUpdate',
  'tee/certificate-expired': 'notAfter',
};

const told = ({ part, index, have, need, category }: Shortfall): string =>
  `${part}[${index}]${category === '' ? '' : ` (${category})`} has ${have}, needs ${need}`;

const texts = (rejection: Rejection): Readonly<Record<string, string>> => {
  const shortfall = (rejection.shortfall ?? []).slice(0, MAX_TOLD_COMPONENTS).map(told);
  const details = Object.fromEntries(
    Object.keys(rejection.details).map((name) => [
      name,
      (rejection.details[name] ?? '').slice(0, MAX_DETAIL_CHARACTERS),
    ]),
  );
  return {
    ...details,
    ...(shortfall.length === 0 ? {} : { shortfall: shortfall.join('; ') }),
    cause: rejection.code,
    document: documentOf(rejection),
  };
};

/**
 * A rejection of the TEE library as the reason of a refusal: under a code of its own where
 * collateral has run out, with the document and the moment; else under `otherwise`, with the
 * library's code as `cause`.
 */
export const teeReason = (
  rejection: Rejection,
  otherwise: 'report-refused' | 'report-below-policy' | 'collateral-refused',
): Reason => {
  const end = EXPIRIES[rejection.code];
  if (end === undefined) return because(otherwise, texts(rejection));
  const expired = Number(rejection.details[end] ?? '0');
  return because('collateral-expired', {
    document: documentOf(rejection),
    expiredAt: expired,
    expired: formatIsoTime(expired),
    cause: rejection.code,
  });
};
