// The benchmark runs and says what it promises. How fast is not judged: machines differ.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Host } from '../../bench/chain/host.ts';
import { openMarket } from '../../bench/chain/market.ts';
import { must } from '../../bench/chain/must.ts';
import { castOf } from '../../bench/chain/people.ts';
import { prefill } from '../../bench/chain/prefill.ts';
import { Workload } from '../../bench/chain/workload.ts';
import { readOptions } from '../../bench/chain/options.ts';
import { median, percentile } from '../../bench/chain/statistics.ts';
import { supplyOf } from '../../src/genesis/index.ts';
import { identityOf } from '../../src/runtime/ledger/open.ts';
import { check, openMemoryStore } from '../../src/runtime/store/index.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const ARGS = ['--quick', '--accounts', '200,400', '--blocks', '2', '--block-size', '5'];

const bench = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(ROOT, 'tools/run.mjs'), 'bench/chain.ts', ...args], {
    encoding: 'utf8',
  });

const positive = expect.toSatisfy((value: unknown) => typeof value === 'number' && value > 0);
const phase = {
  perSecond: positive,
  micros: positive,
  commitMicros: positive,
  blockMs: { p50: positive, p95: positive, p99: positive },
  cores: positive,
  keysPerTransaction: positive,
};
const memory = expect.objectContaining({ heapMb: positive, rssMb: positive });
const size = (accounts: number) => ({
  accounts,
  filled: { seconds: positive, databaseMb: positive },
  startUp: { loadMs: positive, openMs: positive, totalMs: positive },
  transfers: { cold: phase, preverified: phase },
  attestations: { cold: phase, preverified: phase },
  requested: phase,
  keysOfOne: { plain: 4, requested: 6 },
  signatureMicros: positive,
  breakdown: expect.objectContaining({ 'signature checks': positive, 'state tree': positive }),
  memory: {
    before: memory,
    opened: memory,
    transfers: memory,
    attestations: memory,
    requested: memory,
  },
  databaseMb: positive,
});

describe('npm run bench', () => {
  test('prints every figure as JSON', () => {
    const { status, stdout, stderr } = bench(...ARGS, '--json');
    expect(status, stderr).toBe(0);
    const figures = JSON.parse(stdout) as Record<string, unknown>;
    expect(figures['options']).toEqual({
      accounts: [200, 400],
      blocks: 2,
      blockSize: 5,
      starts: 1,
    });
    expect(figures['engineMicros']).toMatchObject({ noble: positive });
    expect(figures['sizes']).toEqual([size(200), size(400)]);
    expect(figures['summary']).toEqual({
      transfersPerSecond: positive,
      attestationsPerSecond: positive,
      preverifiedTransfersPerSecond: positive,
      preverifiedAttestationsPerSecond: positive,
      attestationBySignatures: [positive, positive],
      // Of five: their senders, themselves, and once a block the treasury and the parent's id.
      keysPerAttestation: 2.4,
      keysOfOneAttestation: 4,
      keysPerRequested: 4.4,
      keysOfOneRequested: 6,
      attestationGrowth: positive,
      transferGrowth: positive,
    });
  });

  test('refuses a wrong option in one sentence', () => {
    const { status, stdout, stderr } = bench('--blocks', '0');
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe('--blocks takes a whole number from 1 to 100000, not 0\n');
  });
});

describe('the measured chain', () => {
  const blockSize = 3;
  const accounts = 10_050;
  const chainOf = () => {
    const cast = castOf(blockSize);
    const store = openMemoryStore({ identity: identityOf(cast.genesis), historyHeights: 2 });
    const host = new Host(store, cast.genesis);
    prefill(store, cast, accounts);
    const workload = new Workload(cast, accounts);
    openMarket(host, workload, cast, blockSize);
    host.run(workload.block(host.tip(), workload.transfers(blockSize)));
    host.run(workload.block(host.tip(), workload.attestations(blockSize, host.tip().time)));
    return { cast, host, store };
  };

  test('is sound: root, records, blocks, and a supply that is that of genesis', () => {
    const { cast, host, store } = chainOf();
    expect(must(check(store))).toMatchObject({ height: host.tip().height, root: host.tip().root });
    expect(host.supply()).toMatchObject({ totalNlux: supplyOf(cast.genesis) });
    expect(store.stats().entries).toBeGreaterThan(accounts);
  });

  test('is the same each time', () => {
    expect(chainOf().host.tip()).toEqual(chainOf().host.tip());
  });
});

test('options have defaults, and sizes come in ascending order', () => {
  expect(readOptions([])).toEqual({
    accounts: [10_000, 100_000, 1_000_000],
    blocks: 100,
    blockSize: 200,
    starts: 5,
    json: false,
  });
  expect(readOptions(['--accounts', '30,4', '--json'])).toMatchObject({
    accounts: [4, 30],
    json: true,
  });
  expect(readOptions(['--help'])).toBeUndefined();
});

test('percentiles are by the nearest rank', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect([0.5, 0.95, 0.99, 1].map((share) => percentile(values, share))).toEqual([50, 95, 99, 100]);
  expect(median([3, 1, 2])).toBe(2);
});
