// Feeds mutated quotes, certificates, revocation lists, chains and JSON documents to the parsers
// and the verifier. Every answer must be a value or a typed rejection, and no changed quote may
// verify.
// Usage: node tools/run.mjs test/fuzz/tee.ts [--count N] [--seed N]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { concat, equalBytes } from '../../src/tee/bytes.ts';
import { parseQeIdentity } from '../../src/tee/collateral/identity.ts';
import { parseTcbInfo } from '../../src/tee/collateral/tcb-info.ts';
import { createTestWorld, makeWorldQuote } from '../../src/tee/generator/index.ts';
import {
  createVerifyCache,
  ingestCollateral,
  ingestTrustAnchor,
  INTEL_SGX_ROOT_CA,
  MESSAGES,
  parseCollateralFile,
  parseQuote,
  type Result,
  splitSignedResponse,
  type TrustedCollateral,
  verifyQuote,
} from '../../src/tee/index.ts';
import { parseJson } from '../../src/tee/json/parser.ts';
import { opensslEngine as engine } from '../../src/tee/p256/openssl.ts';
import { readPemChain } from '../../src/tee/pem.ts';
import { parseCertificate } from '../../src/tee/x509/certificate.ts';
import { parseCrl } from '../../src/tee/x509/crl.ts';
import { Oid } from '../../src/tee/x509/oids.ts';
import { parseSgxExtension } from '../../src/tee/x509/sgx-extension.ts';
import { createMutator, type Mutator } from './mutate.ts';

const VECTORS = join(import.meta.dirname, '../../../shared/vectors/tee/intel');
const DEFAULT_COUNT = 1_000_000;
const GENERATED_NOW = 1_751_328_000;

const { values } = parseArgs({
  options: { count: { type: 'string' }, seed: { type: 'string' } },
});
const count = Number(values.count ?? DEFAULT_COUNT);
const seed = Number(values.seed ?? 1);

/** A kind of input: samples to mutate, and what is done with the mutant. */
interface Target {
  readonly name: string;
  readonly samples: readonly Uint8Array[];
  readonly feed: (mutant: Uint8Array, sample: number) => Result<unknown>;
}

const must = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw new Error(`${result.failure.code}: ${JSON.stringify(result.failure.details)}`);
};

interface Genuine {
  readonly quote: Uint8Array;
  readonly collateral: TrustedCollateral;
  readonly now: number;
}

const generated = (): readonly Genuine[] =>
  (['SGX', 'TDX'] as const).flatMap((tee) => {
    const made = createTestWorld('fuzz', { tee });
    const anchor = must(ingestTrustAnchor(made.rootDer, engine));
    const now = GENERATED_NOW;
    const collateral = must(ingestCollateral(made.collateral, anchor, now, { engine }));
    const bodies = tee === 'SGX' ? (['sgx'] as const) : (['td10', 'td15', 'td15ex'] as const);
    return bodies.map((body) => ({
      quote: makeWorldQuote(made, { version: 5, body }),
      collateral,
      now,
    }));
  });

const bytesOf = (...path: readonly string[]): Uint8Array =>
  new Uint8Array(readFileSync(join(VECTORS, ...path)));

interface Case {
  readonly quote: string;
  readonly collateral: string;
  readonly now: number;
  readonly expected: { readonly ok: boolean };
}

const real = (): readonly Genuine[] => {
  const anchor = must(ingestTrustAnchor(INTEL_SGX_ROOT_CA, engine));
  const { cases } = JSON.parse(Buffer.from(bytesOf('cases.json')).toString()) as { cases: Case[] };
  const byQuote = new Map(cases.filter((c) => c.expected.ok).map((c) => [c.quote, c]));
  return [...byQuote.values()].map(({ quote, collateral, now }) => {
    const raw = must(parseCollateralFile(bytesOf(collateral)));
    const trusted = must(ingestCollateral(raw, anchor, now, { engine }));
    return { quote: bytesOf(quote), collateral: trusted, now };
  });
};

const hasVectors = existsSync(VECTORS);
const genuine = [...generated(), ...(hasVectors ? real() : [])];
const world = createTestWorld('fuzz');
const pool = (folder: string): readonly Uint8Array[] =>
  hasVectors
    ? readdirSync(join(VECTORS, 'pool', folder)).map((f) => bytesOf('pool', folder, f))
    : [];

const cache = createVerifyCache(64);

/** All that a quote proves: its signed parts, its keys and its certificates, without spelling. */
const evidence = (bytes: Uint8Array): Uint8Array => {
  const { signed, auth } = must(parseQuote(bytes));
  const certificates = must(readPemChain(auth.pckChain, 3));
  const { attestationKey, qeReport, qeAuthData } = auth;
  return concat(signed, attestationKey, qeReport.raw, qeAuthData, ...certificates);
};

/** A mutant that verifies must carry the same evidence: only padding and line ends may differ. */
const feedQuote: Target['feed'] = (mutant, sample) => {
  const original = genuine[sample];
  if (original === undefined) throw new Error('no such sample');
  const { quote, collateral, now } = original;
  const result = verifyQuote(mutant, collateral, now, { engine, cache });
  if (result.ok && !equalBytes(evidence(mutant), evidence(quote))) {
    throw new Error('a changed quote was verified');
  }
  return result;
};

const certificates = [world.rootDer, world.pckCaDer, world.pckDer, ...pool('certs')];
const extensions = certificates.flatMap((der) => {
  const value = must(parseCertificate(der)).extensions.get(Oid.sgxExtensions)?.value;
  return value === undefined ? [] : [value];
});
const tcbResponses = pool('tcbinfo');
const qeResponses = pool('qeidentity');

const targets: readonly Target[] = [
  { name: 'quote', samples: genuine.map(({ quote }) => quote), feed: feedQuote },
  { name: 'certificate', samples: certificates, feed: parseCertificate },
  { name: 'SGX extension', samples: extensions, feed: parseSgxExtension },
  {
    name: 'CRL',
    samples: [world.collateral.rootCrl, world.collateral.pckCrl, ...pool('crl')],
    feed: parseCrl,
  },
  { name: 'PEM', samples: [world.pckChain], feed: (bytes) => readPemChain(bytes, 3) },
  {
    name: 'TCB info',
    samples: [
      world.collateral.tcbInfo.body,
      ...tcbResponses.map((bytes) => must(splitSignedResponse(bytes, 'tcbInfo')).body),
    ],
    feed: parseTcbInfo,
  },
  {
    name: 'QE identity',
    samples: [
      world.collateral.qeIdentity.body,
      ...qeResponses.map((bytes) => must(splitSignedResponse(bytes, 'enclaveIdentity')).body),
    ],
    feed: parseQeIdentity,
  },
  {
    name: 'response',
    samples: tcbResponses.length === 0 ? [world.collateral.tcbInfo.body] : tcbResponses,
    feed: (bytes) => splitSignedResponse(bytes, 'tcbInfo'),
  },
  { name: 'JSON', samples: [world.collateral.tcbInfo.body], feed: (bytes) => parseJson(bytes) },
];

const codes = new Map<string, number>();
const tally = (key: string): void => void codes.set(key, (codes.get(key) ?? 0) + 1);

const runOne = (mutator: Mutator, index: number): void => {
  const target = targets[index % targets.length];
  if (target === undefined || target.samples.length === 0) return;
  const at = mutator.below(target.samples.length);
  const sample = target.samples[at] ?? new Uint8Array(0);
  const mutant = mutator.mutate(sample, target.samples);
  let result: Result<unknown>;
  try {
    result = target.feed(mutant, at);
  } catch (error) {
    process.stderr.write(`${target.name}, seed ${seed}, input ${index}: ${String(error)}\n`);
    process.stderr.write(`${Buffer.from(mutant).toString('base64')}\n`);
    process.exit(1);
  }
  if (!result.ok && !Object.hasOwn(MESSAGES, result.failure.code)) {
    throw new Error(`an unknown code: ${result.failure.code}`);
  }
  tally(`${target.name}: ${result.ok ? 'accepted' : result.failure.code}`);
};

const start = performance.now();
const mutator = createMutator(seed);
for (let index = 0; index < count; index += 1) runOne(mutator, index);
const seconds = ((performance.now() - start) / 1_000).toFixed(1);
for (const [key, number] of [...codes].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  process.stdout.write(`${String(number).padStart(8)} ${key}\n`);
}
process.stdout.write(
  `${count} inputs in ${seconds} s: values and typed rejections only, no changed quote verified.\n`,
);
