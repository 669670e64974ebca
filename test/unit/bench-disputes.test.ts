// The benchmark of disputes runs and says what it promises. How fast is not judged: machines
// differ.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { castOf, parametersOf } from '../../bench/disputes/cast.ts';
import { Disputes } from '../../bench/disputes/disputes.ts';
import { openMarket } from '../../bench/disputes/market.ts';
import { readOptions } from '../../bench/disputes/options.ts';
import { runTimers } from '../../bench/disputes/phases.ts';
import { prefillAttestations } from '../../bench/disputes/prefill.ts';
import { profileOf, TENSOR } from '../../bench/disputes/profiles.ts';
import { withChain } from '../../bench/disputes/session.ts';
import { must } from '../../bench/chain/must.ts';
import { checkGenesis } from '../../src/genesis/check.ts';
import { MAINNET } from '../../src/genesis/presets/mainnet.ts';
import { check } from '../../src/runtime/store/index.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** One more than a block of timers holds. */
const CHALLENGES = MAINNET.timersPerBlock + 1;
const ARGS = ['--attestations', '300', '--challenges', String(CHALLENGES), '--opened', '1'];
const SMALL = ['--deepest', '1', '--providers', '48', '--baseline-blocks', '1'];

const bench = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(ROOT, 'tools/run.mjs'), 'bench/disputes.ts', ...args], {
    encoding: 'utf8',
  });

const positive = expect.toSatisfy((value: unknown) => typeof value === 'number' && value > 0);
const blockMs = { p50: positive, p99: positive, max: positive };

describe('npm run bench:disputes', () => {
  test(
    'shows that timers are bounded, drain, and let no challenge lapse',
    { timeout: 120_000 },
    () => {
      const { status, stdout, stderr } = bench(...ARGS, ...SMALL, '--json');
      expect(status, stderr).toBe(0);
      const { crowd, deepest, prepaid, summary } = JSON.parse(stdout);
      expect(crowd).toMatchObject({
        timersPerBlock: MAINNET.timersPerBlock,
        dueTogether: CHALLENGES,
        blocksToDrain: 2,
        states: { 'final by lastPanel': CHALLENGES },
        msPerChallenge: positive,
        gasOf: { open: positive, chunk: positive },
      });
      expect(crowd.baselines).toMatchObject([
        { timers: 0, blockMs, keys: 1 },
        { timers: 0, blockMs, gas: positive },
      ]);
      // Publication, then each panel drawn and three commit windows, and the last judgement.
      expect(crowd.phases).toHaveLength(1 + 3 * 4 + 1);
      for (const phase of crowd.phases) {
        expect(phase).toMatchObject({
          timers: CHALLENGES,
          blocks: 2,
          blockMs,
          gasPerTimer: positive,
        });
        expect(phase.mostTimers).toBe(MAINNET.timersPerBlock);
      }
      expect(crowd.phases[0]).toMatchObject({ carriedOver: 1 });
      expect(deepest).toMatchObject([
        {
          comparator: 'ulp',
          timers: 1,
          gas: { max: positive },
          states: { 'final by lastPanel': 1 },
        },
        { comparator: 'logprobs', timers: 1, states: { 'final by lastPanel': 1 } },
      ]);
      expect(prepaid).toEqual([
        { served: 1, prepaidGas: positive, usedGas: positive },
        { served: 8, prepaidGas: positive, usedGas: positive },
      ]);
      expect(prepaid[1].usedGas).toBeGreaterThan(prepaid[0].usedGas);
      expect(summary).toMatchObject({ blocksToDrain: 2, lapsed: 0 });
      expect(summary.deepestPerBlock).toEqual({ ulp: positive, logprobs: positive });
    },
  );

  test('refuses a wrong option in one sentence', () => {
    const { status, stdout, stderr } = bench('--providers', '12');
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe('--providers takes a whole number from 48 to 10000, not 12\n');
  });
});

describe('the measured chain', () => {
  const parameters = parametersOf({ drainBlocks: 1, answerBlocks: 1 });

  test('begins from a genesis that a host accepts', () => {
    expect(checkGenesis(castOf(48, parameters).genesis)).toEqual([]);
  });

  test('is sound after its timers: root, records, blocks', () => {
    const cast = castOf(48, parameters);
    withChain(cast, 1, (chain) => {
      const profile = profileOf(TENSOR);
      openMarket(chain, [profile]);
      prefillAttestations(chain, 50, { profileHash: profile.hash, windowEnd: 1_000n });
      const disputes = new Disputes(chain, profile, 2);
      chain.run(disputes.attest());
      chain.run(disputes.open());
      expect(chain.timersDue(disputes.nextDeadline())).toBe(2);
      expect(runTimers(chain, disputes)).toMatchObject({
        reports: [{ timers: 2, carriedOver: false }],
        gas: [positive, positive],
      });
      expect(disputes.states()).toEqual({ 'final by payloadMissing': 2 });
      expect(must(check(chain.host.store))).toMatchObject({ height: chain.height });
    });
  });
});

test('options have defaults, and no more challenges are opened than there are', () => {
  expect(readOptions([])).toEqual({
    attestations: 100_000,
    challenges: 1_000,
    opened: 20,
    deepest: 64,
    providers: 128,
    baselineBlocks: 20,
    json: false,
  });
  expect(readOptions(['--challenges', '3', '--json'])).toMatchObject({ opened: 3, json: true });
  expect(readOptions(['--help'])).toBeUndefined();
});
