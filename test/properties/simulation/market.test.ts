import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { supplyOf } from '../../../src/genesis/genesis.ts';
import { groundOf } from '../../../src/simulation/market/ground.ts';
import { playOnce, workOfMarket } from '../../../src/simulation/market/index.ts';
import { mergeTallies } from '../../../src/simulation/statistics/index.ts';
import type { Tallies } from '../../../src/simulation/tally.ts';
import { checkInvariants, checkStep } from '../../../src/testing/invariants/index.ts';
import { marketOf, seen } from '../../unit/simulation/market/markets.ts';

/** Everybody at once. */
const EVERYBODY = [
  { kind: 'honest', count: 30 },
  { kind: 'lazy', count: 4 },
  { kind: 'copying', count: 4 },
  { kind: 'colluding', count: 8, cheats: 0.5 },
  { kind: 'flaky', count: 8, unable: 0.1, withholds: 0.1 },
  { kind: 'noisy', count: 4 },
  { kind: 'cheating', count: 4, cheats: 0.5 },
  { kind: 'griefing', count: 2, opens: 0.3, appeals: 0.5 },
  { kind: 'voluntary', count: 2 },
];
const comparator = { type: 'tokens', chunkElements: 8, loTokens: 1, hiTokens: 3, minFail: 1 };
const market = { blocks: 8, attestationsPerBlock: 1.5, pairs: 0.5, gain: 0.2, runs: 3 };
const everybody = marketOf(EVERYBODY, { ...market, comparator });

const plain = (tallies: Tallies) =>
  [...tallies]
    .map(([name, { n, sum, counts }]) => {
      const counted = [...(counts ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
      return [name, n, `${sum}`, counted.map(([value, times]) => `${value}:${times}`)] as const;
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));

describe('a market of everybody', () => {
  it('holds every invariant after every block', () => {
    let blocks = 0;
    const session = playOnce(groundOf(everybody), 'sound', 0, {
      observer: (passed) => {
        blocks += 1;
        expect([...checkInvariants(passed.after), ...checkStep(passed)]).toEqual([]);
      },
    });
    expect(blocks).toBeGreaterThan(40);
    expect(seen(session, 'finality/blocks').n).toBeGreaterThan(5);
  });

  it('makes no coin and loses none: what some lose others get', () => {
    const ground = groundOf(everybody);
    const { book, chain } = playOnce(ground, 'money', 0);
    const all = chain.view.everybody().reduce((sum, { record }) => sum + record.balance, 0n);
    expect(all).toBe(supplyOf(ground.signing.engine.genesis));
    const changes = [...book.tallies].filter(([name]) => name.startsWith('wealth/'));
    expect(changes.reduce((sum, [, tally]) => sum + tally.sum, 0n)).toBe(0n);
    const parts = [...book.tallies].filter(([name]) => name.startsWith('flow/slash/'));
    const slashed = book.tallies.get('slashed/all')?.sum ?? 0n;
    expect(slashed).toBeGreaterThan(0n);
    expect(parts.reduce((sum, [, tally]) => sum + tally.sum, 0n)).toBe(slashed);
  });

  it('burns what the flows say, and no other coin', () => {
    const { book } = playOnce(groundOf(everybody), 'burned', 0);
    const burned = [...book.tallies].filter(([name]) => /^flow\/[a-z]+\/burned$/.test(name));
    const told = burned.reduce((sum, [, tally]) => sum + tally.sum, 0n);
    expect(book.tallies.get('wealth/burned')?.sum).toBe(told);
  });

  it('is the same for the same seed, however its runs are split', () => {
    const work = workOfMarket(everybody);
    const whole = work.play('a seed', 0, 3);
    const parts = [
      [1, 3],
      [0, 1],
    ] as const;
    const merged = parts
      .map(([from, to]) => work.play('a seed', from, to))
      .reduce((sum, each) => mergeTallies(sum, each));
    expect(plain(merged)).toEqual(plain(whole));
    expect(plain(work.play('another', 0, 1))).not.toEqual(plain(whole));
  });

  it('is the same with signatures and without', () => {
    const signed = marketOf(EVERYBODY, { ...market, comparator, signatures: true });
    const [one, other] = [signed, everybody].map((each) => {
      const ground = groundOf(each);
      expect(ground.signing.signed).toBe(each === signed);
      // The streams of a run are those of its market, and these are two: play one as the other.
      return playOnce({ ...ground, market: { ...each, id: everybody.id } }, 'a seed', 0);
    });
    // What a transaction costs does not depend on the bytes of its signature.
    expect(plain(one?.book.tallies ?? new Map())).toEqual(plain(other?.book.tallies ?? new Map()));
  });
});

const sources = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));

describe('signatures that prove nothing', () => {
  it('are believed by the engine of a simulated market, which nothing else is given', () => {
    const src = join(import.meta.dirname, '../../../src');
    const users = sources(src)
      .filter((path) => /market\/signing\.ts'/.test(readFileSync(path, 'utf8')))
      .concat(
        sources(join(src, 'simulation/market')).filter((path) =>
          /'\.\/signing\.ts'/.test(readFileSync(path, 'utf8')),
        ),
      );
    const names = users.map((path) => path.slice(src.length + 1).replaceAll('\\', '/')).sort();
    expect(names).toEqual(['simulation/market/chain.ts', 'simulation/market/ground.ts']);
  });
});
