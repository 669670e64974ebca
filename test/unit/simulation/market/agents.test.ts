import { describe, expect, it } from 'vitest';
import { playMarket, seen } from './markets.ts';

const HONEST = { kind: 'honest', count: 40 };
/** Every attestation is challenged by somebody who has no reason to. */
const GRIEFER = { kind: 'griefing', opens: 1 };
const SMALL = { blocks: 10, attestationsPerBlock: 1, protocolAudits: false };

describe('honest providers', () => {
  it('are upheld whoever challenges them, and the challenger pays for it', () => {
    const run = playMarket([HONEST, GRIEFER], SMALL);
    expect(seen(run, 'honest/slashed')).toMatchObject({ n: 10, sum: 0n });
    expect(seen(run, 'wealth/griefing').sum).toBeLessThan(-10n * 19_000_000_000n);
    expect(seen(run, 'seats/profit/honest').n).toBe(30);
    expect([...run.refusals]).toEqual([]);
  });

  it('are paid by people that nobody challenges, less the protocol’s share', () => {
    const run = playMarket([HONEST], { ...SMALL, computeCost: 0, fee: '0.1' });
    // The fee less 5 % and the audit deposit of half a re-run; gas is a part of it.
    const most = 10n * (100_000_000n - 5_000_000n - 5_000_000n);
    expect(seen(run, 'profit/honest').sum).toBeLessThan(most);
    expect(seen(run, 'profit/honest').sum).toBeGreaterThan(most - 10n * 1_000_000n);
  });
});

/** The least that a seat loses which does not answer: 1 % of the minimum stake. */
const NO_SHOW_NLUX = 1_000_000_000n;

describe('lazy and copying seats', () => {
  it.each(['lazy', 'copying'])('%s: have nothing to show, and pay for it', (kind) => {
    const run = playMarket([HONEST, { kind, count: 40 }, GRIEFER], SMALL);
    const seats = seen(run, `seats/answered/${kind}`);
    expect(seats.n).toBeGreaterThan(5);
    expect(seats.sum).toBe(0n);
    expect(seen(run, `seats/profit/${kind}`).sum).toBeLessThanOrEqual(
      BigInt(-seats.n) * NO_SHOW_NLUX,
    );
    expect(seen(run, 'honest/slashed').sum).toBe(0n);
  });

  it('copying: nobody’s salt fits the commitment of another', () => {
    const run = playMarket([HONEST, { kind: 'copying', count: 40 }, GRIEFER], SMALL);
    expect([...run.refusals.keys()]).toEqual(['reveal commitment-mismatch']);
  });
});

describe('cheating providers', () => {
  it('are convicted by an honest panel, and keep what nobody looks at', () => {
    const agents = [HONEST, { kind: 'cheating', count: 10, cheats: 1 }];
    const market = { ...SMALL, blocks: 20, gain: 1 };
    const unseen = playMarket(agents, { ...market, parameters: { auditRateBps: 500 } });
    expect(seen(unseen, 'cheats/caught').sum).toBe(0n);
    const watched = playMarket([...agents, { kind: 'voluntary' }], market);
    const caught = seen(watched, 'cheats/caught');
    expect(caught.n).toBeGreaterThan(2);
    expect(caught.sum).toBe(BigInt(caught.n));
    expect(seen(watched, 'profit/cheating').sum).toBeLessThan(0n);
    expect(seen(unseen, 'profit/cheating').sum).toBeGreaterThan(0n);
  });

  it('stand in a pair with an honest answer, and one seat is enough', () => {
    const agents = [HONEST, { kind: 'cheating', count: 40, cheats: 1 }];
    const run = playMarket(agents, { ...SMALL, blocks: 20, pairs: 1 });
    expect(seen(run, 'cheats/convicted').sum).toBeGreaterThan(0n);
    expect(seen(run, 'honest/slashed')).toMatchObject({ sum: 0n });
  });
});

describe('colluding identities', () => {
  it('acquit their own and convict strangers once they are most of the stake', () => {
    const colluding = { kind: 'colluding', count: 200, cheats: 0.5 };
    const run = playMarket([{ ...HONEST, count: 20 }, colluding, GRIEFER], {
      ...SMALL,
      attestationsPerBlock: 4,
    });
    expect(seen(run, 'slashed/honest').sum).toBeGreaterThan(0n);
    expect(seen(run, 'slashed/colluding').sum).toBe(0n);
  });

  it('have one seat of a challenge together where they have one owner', () => {
    const colluding = { kind: 'colluding', count: 40, oneOwner: true };
    const run = playMarket([HONEST, colluding, GRIEFER], SMALL);
    const challenges = seen(run, 'finality/blocks').n;
    expect(seen(run, 'drawn/colluding').n).toBeLessThanOrEqual(challenges);
  });
});

describe('flaky providers', () => {
  it('leave seats to others, and are penalized for each', () => {
    const run = playMarket([{ kind: 'flaky', count: 60, silent: 0.5 }, GRIEFER], SMALL);
    expect(seen(run, 'flow/penalty/burned').sum).toBeGreaterThan(0n);
    expect(seen(run, 'honest/slashed').sum).toBe(0n);
    // Most seats are taken by the second replacement at the latest (ECONOMICS 12: u³ is 1/8).
    const { n, sum } = seen(run, 'seats/empty');
    expect(Number(sum) / n).toBeLessThan(0.3);
  });
});

describe('noisy providers', () => {
  it('are apart by as much as their noise, and slashed where that is too far', () => {
    const comparator = { type: 'tokens', chunkElements: 8, loTokens: 1, hiTokens: 3, minFail: 1 };
    const play = (noise: number) =>
      playMarket([HONEST, { kind: 'noisy', count: 40, noise }, GRIEFER], { ...SMALL, comparator });
    const [quiet, loud] = [play(0.01), play(0.8)];
    expect(seen(quiet, 'slashed/noisy').sum).toBe(0n);
    expect(seen(loud, 'slashed/noisy').sum).toBeGreaterThan(0n);
    expect(seen(loud, 'distance/honest').sum).toBeGreaterThan(seen(quiet, 'distance/honest').sum);
  });
});

describe('voluntary challengers', () => {
  it('check less once checking does not pay', () => {
    const agents = [HONEST, { kind: 'voluntary', checkCost: 1, explores: 0.1 }];
    const cheat = { kind: 'cheating', count: 4, cheats: 1 };
    const market = { ...SMALL, blocks: 60 };
    const few = playMarket([...agents, cheat], market);
    const many = playMarket([...agents, { ...cheat, count: 60 }], market);
    expect(seen(few, 'checks/voluntary').n).toBeLessThan(seen(many, 'checks/voluntary').n);
    expect(seen(many, 'wealth/voluntary').sum).toBeGreaterThan(0n);
  });
});

describe('a proposer', () => {
  it('that leaves the beacon out ends challenges without a verdict, and nobody is slashed', () => {
    const run = playMarket([HONEST, GRIEFER], { ...SMALL, proposer: { withholdsBeacon: 1 } });
    expect(seen(run, 'honest/void')).toMatchObject({ n: 10, sum: 10n });
    expect(seen(run, 'slashed/all').sum).toBe(0n);
  });

  it('that leaves out who has a seat has it penalized for silence', () => {
    const proposer = { censors: 0.9, victims: 'honest' };
    const censored = playMarket([HONEST, GRIEFER], { ...SMALL, proposer });
    const free = playMarket([HONEST, GRIEFER], SMALL);
    expect(seen(free, 'flow/penalty/burned').sum).toBe(0n);
    expect(seen(censored, 'flow/penalty/burned').sum).toBeGreaterThan(0n);
  });

  it('that reorders what is sent changes no verdict', () => {
    const run = playMarket([HONEST, GRIEFER], { ...SMALL, proposer: { reorders: true } });
    expect(seen(run, 'honest/slashed')).toMatchObject({ n: 10, sum: 0n });
    expect(seen(run, 'honest/void').sum).toBe(0n);
  });
});
