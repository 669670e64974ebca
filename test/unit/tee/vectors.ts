import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  type ConformanceFiles,
  ingestCollateral,
  ingestTrustAnchor,
  INTEL_SGX_ROOT_CA,
  parseCollateralFile,
  type Rejection,
  type Result,
  type TrustAnchor,
  type TrustedCollateral,
} from '../../../src/tee/index.ts';
import { opensslEngine } from '../../../src/tee/p256/openssl.ts';

/** Real quotes and collateral, beside the repository; tests that need them are skipped without. */
export const VECTORS = join(import.meta.dirname, '../../../../shared/vectors/tee');
export const hasVectors = existsSync(join(VECTORS, 'intel/cases.json'));
export const WITHOUT_VECTORS = 'needs ../shared/vectors/tee, which is not here';

if (!hasVectors) process.stderr.write(`Some TEE tests are skipped: ${WITHOUT_VECTORS}.\n`);

export const read = (path: string): Uint8Array => new Uint8Array(readFileSync(join(VECTORS, path)));

export const list = (folder: string): readonly string[] =>
  readdirSync(join(VECTORS, folder)).sort();

export const vectorFiles: ConformanceFiles = {
  read: (path) => (existsSync(join(VECTORS, path)) ? read(path) : undefined),
  readGzip: (path) => new Uint8Array(gunzipSync(read(path))),
};

export interface IntelCase {
  readonly id: string;
  readonly quote: string;
  readonly collateral: string;
  readonly now: number;
  readonly expected: { readonly ok: boolean; readonly status?: string };
}

export const intelCases = (): readonly IntelCase[] =>
  (JSON.parse(Buffer.from(read('intel/cases.json')).toString()) as { cases: IntelCase[] }).cases;

/** The value of a result that must be good. */
export const must = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  const { code, stage, details } = result.failure;
  throw new Error(`${stage}: ${code} ${JSON.stringify(details)}`);
};

/** The rejection of a result that must be one. */
export const refusal = <T>(result: Result<T>): Rejection => {
  if (result.ok) throw new Error('accepted, where a rejection was expected');
  return result.failure;
};

/** `stage code` of a result that must be a rejection. */
export const why = <T>(result: Result<T>): string => {
  const { stage, code } = refusal(result);
  return `${stage} ${code}`;
};

export const intelAnchor = (): TrustAnchor =>
  must(ingestTrustAnchor(INTEL_SGX_ROOT_CA, opensslEngine));

export const intelCollateral = (path: string, now: number): TrustedCollateral =>
  must(
    ingestCollateral(must(parseCollateralFile(read(`intel/${path}`))), intelAnchor(), now, {
      engine: opensslEngine,
    }),
  );

/** One accepted case for each of the first `count` quotes. */
export const acceptedQuotes = (count: number): readonly IntelCase[] => {
  const byQuote = new Map<string, IntelCase>();
  for (const entry of intelCases()) {
    if (entry.expected.ok && !byQuote.has(entry.quote)) byQuote.set(entry.quote, entry);
  }
  const all = [...byQuote.values()];
  const versions = new Map<string, IntelCase[]>();
  for (const entry of all) {
    const version = /(sgx|tdx)-v\d/.exec(entry.quote)?.[0] ?? '';
    versions.set(version, [...(versions.get(version) ?? []), entry]);
  }
  const mixed: IntelCase[] = [];
  for (let round = 0; mixed.length < Math.min(count, all.length); round += 1) {
    for (const group of versions.values()) {
      const next = group[round];
      if (next !== undefined && mixed.length < count) mixed.push(next);
    }
  }
  return mixed;
};
