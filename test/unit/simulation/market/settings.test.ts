import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/codec/json/index.ts';
import { parseMarket } from '../../../../src/simulation/market/index.ts';

const agents = [{ kind: 'honest', count: 3 }];

describe('the market of a scenario', () => {
  it('takes what it leaves out from defaults', () => {
    const market = parseMarket({ agents });
    expect(market.ok && market.value).toMatchObject({
      feeNlux: 50_000_000n,
      runs: 10,
      signatures: false,
      groups: [{ name: 'honest', count: 3, stakeNlux: 1_000_000_000_000n }],
    });
  });

  it('reads amounts in LUX exactly, as numbers and as text', () => {
    const market = parseMarket({ agents, fee: 0.3, gain: '0.000000001' });
    expect(market.ok && market.value).toMatchObject({ feeNlux: 300_000_000n, gainNlux: 1n });
  });

  it('has another id for everything that changes what is played, and not for the runs', () => {
    const ids = [{}, { runs: 3 }, { fee: 0.1 }, { agents: [{ kind: 'lazy', count: 3 }] }].map(
      (more) => {
        const market = parseMarket({ agents, ...more });
        return market.ok ? market.value.id : '';
      },
    );
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
  });

  it.each<[string, Json, string, string]>([
    ['no object', 7, 'simulation/wrong-type', 'market'],
    ['no agents', {}, 'simulation/wrong-type', 'market.agents'],
    [
      'nobody who provides',
      { agents: [{ kind: 'griefing' }] },
      'simulation/out-of-range',
      'market.agents',
    ],
    [
      'a kind that is none',
      { agents: [{ kind: 'shy' }] },
      'simulation/out-of-range',
      'market.agents[0].kind',
    ],
    [
      'a rate above 1',
      { agents: [{ silent: 2 }] },
      'simulation/out-of-range',
      'market.agents[0].silent',
    ],
    [
      'a field of no agent',
      { agents: [{ colour: 1 }] },
      'simulation/unknown-field',
      'market.agents[0].colour',
    ],
    [
      'a name twice',
      { agents: [...agents, ...agents] },
      'simulation/out-of-range',
      'market.agents[1].name',
    ],
    ['a negative fee', { agents, fee: -1 }, 'simulation/out-of-range', 'market.fee'],
    ['a fee of no type', { agents, fee: [] }, 'simulation/wrong-type', 'market.fee'],
    ['an unknown field', { agents, fees: 1 }, 'simulation/unknown-field', 'market.fees'],
    [
      'a victim that is nobody',
      { agents, proposer: { victims: 'x' } },
      'simulation/out-of-range',
      'market.proposer.victims',
    ],
    [
      'parameters that are none',
      { agents, parameters: { x: 1 } },
      'json/unknown-field',
      'market.parameters.x',
    ],
    [
      'parameters that contradict',
      { agents, parameters: { exposureBps: 9_000 } },
      'simulation/parameter-relation',
      'market.parameters.exposureBps',
    ],
    [
      'evidence that nobody has',
      {
        agents,
        comparator: { type: 'logprobs', chunkElements: 2, topK: 1, loPpm: 1, hiPpm: 2, minFail: 1 },
      },
      'simulation/evidence-needed',
      'market.comparator',
    ],
    [
      'a comparator that slashes nobody',
      {
        agents,
        comparator: { type: 'tokens', chunkElements: 4, loTokens: 9, hiTokens: 2, minFail: 1 },
      },
      'simulation/out-of-range',
      'market.comparator',
    ],
  ])('refuses %s by the path of the field', (_, json, code, path) => {
    const market = parseMarket(json);
    expect(market.ok ? undefined : market.failure).toMatchObject({ code, details: { path } });
  });
});
