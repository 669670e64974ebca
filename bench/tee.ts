// Prints what verifying real SGX and TDX quotes costs: cold (stored collateral, empty cache), warm
// (platform seen before), and ingest of collateral, with both engines and beside @phala/dcap-qvl in
// the same run; also the heap over 100,000 quotes. Times in milliseconds.
// Usage: node tools/run.mjs bench/tee.ts [--json] [--quick]
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  createVerifyCache,
  type Engine,
  ingestCollateral,
  ingestContext,
  ingestRootCrl,
  ingestTrustAnchor,
  INTEL_SGX_ROOT_CA,
  nobleEngine,
  parseCollateralFile,
  type Result,
  type TrustedCollateral,
  verifyQuote,
} from '../src/tee/index.ts';
import { createTestWorld, makeCrl, WORLD_END, WORLD_START } from '../src/tee/generator/index.ts';
import { createOpensslEngine } from '../src/tee/p256/openssl.ts';

const json = process.argv.includes('--json');
const quick = process.argv.includes('--quick');
const VECTORS = join(import.meta.dirname, '../../shared/vectors/tee/intel');
const MEMORY_QUOTES = quick ? 5_000 : 100_000;
const CRL_ENTRIES = 129;
/** What the comparison aims at: this library's time over the other's. */
const WARM_AIM = 20;
const COLD_AIM = 10;

interface Case {
  readonly id: string;
  readonly quote: string;
  readonly collateral: string;
  readonly now: number;
  readonly expected: { readonly ok: boolean };
}

interface Loaded {
  readonly name: string;
  readonly quote: Uint8Array;
  readonly file: Uint8Array;
  readonly now: number;
}

interface Timing {
  readonly runs: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

const must = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw new Error(`${result.failure.code}: ${result.failure.message}`);
};

if (!existsSync(VECTORS)) {
  process.stderr.write('This benchmark needs the real quotes of ../shared/vectors/tee.\n');
  process.exit(1);
}

const bytesOf = (path: string): Uint8Array => new Uint8Array(readFileSync(join(VECTORS, path)));

const load = (prefix: string): Loaded => {
  const { cases } = JSON.parse(readFileSync(join(VECTORS, 'cases.json'), 'utf8')) as {
    cases: Case[];
  };
  const found = cases.findLast((c) => c.expected.ok && c.quote.startsWith(`quotes/${prefix}`));
  if (found === undefined) throw new Error(`no accepted quote ${prefix}`);
  const { quote, collateral, now } = found;
  return { name: prefix, quote: bytesOf(quote), file: bytesOf(collateral), now };
};

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const measure = (runs: number, action: () => void): Timing => {
  for (let i = 0; i < Math.min(20, runs); i += 1) action();
  const times: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const start = performance.now();
    action();
    times.push(performance.now() - start);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const [p50, p90, p99] = [0.5, 0.9, 0.99].map((share) => percentile(sorted, share));
  return { runs, p50: p50 ?? 0, p90: p90 ?? 0, p99: p99 ?? 0 };
};

const check = (result: Result<unknown>): void => {
  if (!result.ok) throw new Error(result.failure.code);
};

interface Row {
  readonly quote: string;
  readonly what: string;
  readonly engine: string;
  readonly timing: Timing;
}

const engines: readonly (readonly [Engine, number])[] = [
  [createOpensslEngine(), quick ? 200 : 2_000],
  [nobleEngine, quick ? 10 : 60],
];

const ingest = (loaded: Loaded, engine: Engine): TrustedCollateral => {
  const anchor = must(ingestTrustAnchor(INTEL_SGX_ROOT_CA, engine));
  const raw = must(parseCollateralFile(loaded.file));
  return must(ingestCollateral(raw, anchor, loaded.now, { engine }));
};

const measureOurs = (loaded: Loaded): readonly Row[] =>
  engines.flatMap(([engine, runs]) => {
    const { name: quote, now } = loaded;
    const collateral = ingest(loaded, engine);
    const cache = createVerifyCache();
    const row = (what: string, timing: Timing): Row => ({
      quote,
      what,
      engine: engine.name,
      timing,
    });
    return [
      row(
        'cold',
        measure(runs, () => check(verifyQuote(loaded.quote, collateral, now, { engine }))),
      ),
      row(
        'warm',
        measure(runs, () => check(verifyQuote(loaded.quote, collateral, now, { engine, cache }))),
      ),
      row(
        'ingest',
        measure(runs >>> 2, () => void ingest(loaded, engine)),
      ),
    ];
  });

type OtherVerify = (quote: Buffer, collateral: unknown, now: number) => unknown;

/** The other verifier takes quote and raw collateral, and has nothing to keep between calls. */
const measureOther = (loaded: Loaded): Row | undefined => {
  const require = createRequire(import.meta.url);
  const { verify } = require('@phala/dcap-qvl') as { verify: OtherVerify };
  const collateral: unknown = JSON.parse(Buffer.from(loaded.file).toString());
  const quote = Buffer.from(loaded.quote);
  const runs = quick ? 5 : 40;
  try {
    const timing = measure(runs, () => void verify(quote, collateral, loaded.now));
    return { quote: loaded.name, what: 'verify', engine: '@phala/dcap-qvl', timing };
  } catch (error) {
    process.stderr.write(`@phala/dcap-qvl refuses ${loaded.name}: ${String(error)}\n`);
    return undefined;
  }
};

const measureCrl = (): readonly Row[] => {
  const made = createTestWorld('bench');
  const revoked = Array.from({ length: CRL_ENTRIES }, (_, i) =>
    Uint8Array.from({ length: 20 }, (__, j) => 1 + ((i * 31 + j * 7) % 250)),
  );
  const der = makeCrl({
    issuerName: 'Intel SGX Root CA',
    issuerKey: made.keys.root,
    thisUpdate: WORLD_START,
    nextUpdate: WORLD_END,
    revoked,
  });
  return engines.map(([engine, runs]) => {
    const anchor = must(ingestTrustAnchor(made.rootDer, engine));
    const context = ingestContext(WORLD_START + 1, { engine });
    const timing = measure(runs >>> 2, () => check(ingestRootCrl(der, anchor, context)));
    return { quote: `CRL of ${CRL_ENTRIES}`, what: 'ingest', engine: engine.name, timing };
  });
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

interface Memory {
  readonly quotes: number;
  readonly heapMegabytes: readonly number[];
}

/** Heap after each tenth of the quotes; every other one is changed, so that the caches miss. */
const measureMemory = (loaded: Loaded): Memory => {
  const [engine] = engines[0] ?? [nobleEngine];
  const collateral = ingest(loaded, engine);
  const cache = createVerifyCache();
  const heapMegabytes: number[] = [];
  const quote = loaded.quote.slice();
  for (let i = 0; i < MEMORY_QUOTES; i += 1) {
    const at = quote.length - 1 - (i % 1_000);
    quote[at] = (quote[at] ?? 0) ^ 1;
    verifyQuote(i % 2 === 0 ? quote : loaded.quote, collateral, loaded.now, { engine, cache });
    quote[at] = (quote[at] ?? 0) ^ 1;
    if ((i + 1) % (MEMORY_QUOTES / 10) === 0) {
      collectGarbage();
      heapMegabytes.push(Math.round(process.memoryUsage().heapUsed / 1e5) / 10);
    }
  }
  return { quotes: MEMORY_QUOTES, heapMegabytes };
};

const loaded = ['sgx-v3', 'tdx-v4', 'tdx-v5'].map(load);
const rows: readonly Row[] = [
  ...loaded.flatMap((each) => {
    const other = measureOther(each);
    return other === undefined ? measureOurs(each) : [...measureOurs(each), other];
  }),
  ...measureCrl(),
];
const tdx = loaded.find(({ name }) => name === 'tdx-v4') ?? loaded[0];
const memory = tdx === undefined ? undefined : measureMemory(tdx);

const p50 = (quote: string, what: string, engine: string): number =>
  rows.find((r) => r.quote === quote && r.what === what && r.engine === engine)?.timing.p50 ??
  Number.NaN;

const ratios = loaded.map(({ name }) => {
  const other = p50(name, 'verify', '@phala/dcap-qvl');
  return {
    quote: name,
    warm: other / p50(name, 'warm', 'openssl'),
    cold: other / p50(name, 'cold', 'openssl'),
  };
});

if (json) {
  const aims = { warm: WARM_AIM, cold: COLD_AIM };
  const result = { node: process.version, unit: 'ms', rows, ratios, aims, memory };
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
} else {
  const ms = (value: number) => value.toFixed(3).padStart(9);
  process.stdout.write('quote       what    engine             p50 ms   p90 ms   p99 ms\n');
  for (const { quote, what, engine, timing } of rows) {
    const head = `${quote.padEnd(12)}${what.padEnd(8)}${engine.padEnd(16)}`;
    process.stdout.write(`${head}${ms(timing.p50)}${ms(timing.p90)}${ms(timing.p99)}\n`);
  }
  for (const { quote, warm, cold } of ratios) {
    const line = `${quote}: dcap-qvl takes ${warm.toFixed(0)} times as long as warm (aim `;
    process.stdout.write(`${line}${WARM_AIM}), ${cold.toFixed(0)} as cold (aim ${COLD_AIM})\n`);
  }
  process.stdout.write(
    `heap over ${memory?.quotes} quotes, MB: ${memory?.heapMegabytes.join(' ')}\n`,
  );
}
