import { describe, expect, it, vi } from 'vitest';
import type * as RegistryModule from '../../../src/machines/registry.ts';
import { Market, PROFILE, RIGHT, WRONG } from '../../support/market.ts';
import { LUX } from '../../support/parameters.ts';

/** Edges that were taken, as `kind state message`. */
const taken = vi.hoisted(() => new Set<string>());

/** The chain of this file runs on a registry that compares every transition with XState's. */
vi.mock('../../../src/machines/registry.ts', async (original) => {
  const { checkedRegistry } = await import('./support/xstate.ts');
  const { REGISTRY } = await original<typeof RegistryModule>();
  const seen = (kind: string, state: string, message: string) =>
    taken.add(`${kind} ${state} ${message}`);
  return { REGISTRY: checkedRegistry(REGISTRY, seen) };
});

/** Some that must be among them, else the comparison compares nothing. */
const EDGES = [
  'account open credit',
  'attestation absent attest',
  'attestation disputed verdict',
  'attestation pending settle',
  'beacon open submitRound',
  'challenge absent open',
  'challenge publish wake',
  'challenge reveal openChunk',
  'model absent register',
  'profile active join',
  'provider active slash',
  'request open fulfil',
];

describe('whole lives, disputes included, are the same in XState', () => {
  it('in every transition that they make', () => {
    const market = new Market().open();
    const requestId = market.ask('p2', LUX / 5n);
    market.attest('p2', RIGHT, requestId);
    market.attest('p0', RIGHT);
    market.attest('p1', WRONG);
    market.do('consumer', market.attestation('p0'), { type: 'pay' }, LUX / 5n);
    const challenge = market.dispute('p0', 'p1', RIGHT);
    for (const [name, output] of [
      ['p0', RIGHT],
      ['p1', WRONG],
    ] as const) {
      market.openChunks(challenge, name, output);
    }
    market.pass(challenge);
    const id = market.attestation('p2', requestId);
    market.advanceTo(market.actor(id)?.context.windowEnd ?? 0n);
    market.do('anyone', id, { type: 'settle' });
    market.refused('anyone', PROFILE, { type: 'retire' });
    expect(market.actor(challenge)?.state).toBe('final');
    for (const edge of EDGES) expect(taken).toContain(edge);
  });
});
