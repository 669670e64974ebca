import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../src/codec/json/index.ts';
import { ESTIMATES } from '../../../../src/simulation/estimates/index.ts';
import {
  MAX_ESTIMATES,
  MAX_SCENARIO_BYTES,
  parseScenario,
  readScenarioText,
  scenarioJsonSchema,
} from '../../../../src/simulation/scenario/index.ts';

const MAJORITY = { estimate: 'panelMajorityError', N: 100, colluders: 0.2, panel: 7 };
const scenario = (of: Record<string, Json>): Json => ({ name: 'test', seed: 1, ...of });
const asking = (...estimates: readonly Json[]): Json => scenario({ estimates });

const parsed = (json: Json) => {
  const result = parseScenario(json);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};
const failure = (json: Json) => {
  const result = parseScenario(json);
  if (result.ok) throw new Error('it was accepted');
  const { code, details } = result.failure;
  return [code, details['path']];
};

describe('a scenario', () => {
  test('may hold a name, a seed and estimates only', () => {
    const { name, seed, about, estimates, sweeps, market, figures } = parsed(asking(MAJORITY));
    expect([name, seed, about, sweeps, market, figures]).toEqual([
      'test',
      '1',
      '',
      [],
      undefined,
      undefined,
    ]);
    expect(estimates).toHaveLength(1);
  });

  test('keeps the order of its estimates, and its runs unless they have their own', () => {
    const estimates = [
      { estimate: 'noAnswer' },
      { ...MAJORITY, runs: 7 },
      { estimate: 'noAnswer' },
    ];
    const asked = parsed(scenario({ runs: 50, estimates })).estimates;
    expect(asked.map(({ estimate, runs }) => [estimate, runs])).toEqual([
      ['noAnswer', 50],
      ['panelMajorityError', 7],
      ['noAnswer', 50],
    ]);
    expect(asked.map(({ repeated }) => repeated)).toEqual([0, 0, 1]);
  });

  test('takes symbols and long names alike', () => {
    const [short, long] = parsed(
      asking(
        { estimate: 'cheaterEscapes', f: 0.2, n: 5, u: 0.1, k: 1 },
        { estimate: 'cheaterEscapes', colluders: 0.2, panel: 5, silent: 0.1, replacements: 1 },
      ),
    ).estimates;
    expect(short?.parameters).toEqual(long?.parameters);
  });

  test('sweeps go through every combination, the first name slowest', () => {
    const estimate = { estimate: 'cheaterProfit', G: 10, runs: 5 };
    const over = { p: [0.1, 0.2], S: [100, 200, 300] };
    const [sweep] = parsed(scenario({ sweeps: [{ estimate, over }] })).sweeps;
    expect(sweep?.over).toEqual(['p', 'S']);
    expect(sweep?.requests.map(({ parameters: { p, S } }) => [p, S])).toEqual([
      [0.1, 100],
      [0.1, 200],
      [0.1, 300],
      [0.2, 100],
      [0.2, 200],
      [0.2, 300],
    ]);
  });

  test('leaves the market as it is', () => {
    const market = { agents: [{ kind: 'honest' }] };
    expect(parsed(scenario({ market })).market).toEqual(market);
  });

  test('has seeds of numbers and of text', () => {
    expect(parsed({ name: 'a', seed: -3, market: {} }).seed).toBe('-3');
    expect(parsed({ name: 'a', seed: 'x y', market: {} }).seed).toBe('x y');
  });
});

describe('what is wrong with a scenario', () => {
  test.each<[string, Json, string, string | undefined]>([
    ['no object', [], 'wrong-type', 'all'],
    ['no name', { seed: 1, market: {} }, 'missing-field', 'name'],
    ['an empty name', { name: '', seed: 1, market: {} }, 'out-of-range', 'name'],
    ['no seed', { name: 'a', market: {} }, 'missing-field', 'seed'],
    ['a broken seed', { name: 'a', seed: 0.5, market: {} }, 'wrong-type', 'seed'],
    ['an unknown field', scenario({ market: {}, runz: 3 }), 'unknown-field', 'runz'],
    ['no runs', scenario({ market: {}, runs: 0 }), 'out-of-range', 'runs'],
    ['too many runs', scenario({ market: {}, runs: 1e9 + 1 }), 'out-of-range', 'runs'],
    ['nothing asked', scenario({ estimates: [] }), 'nothing-asked', undefined],
    ['no list', scenario({ estimates: {} }), 'wrong-type', 'estimates'],
    [
      'too long a list',
      asking(...Array.from({ length: MAX_ESTIMATES + 1 }, () => MAJORITY)),
      'too-many',
      'estimates',
    ],
    ['no estimate', asking({}), 'missing-field', 'estimates[0].estimate'],
    ['another estimate', asking({ estimate: 'x' }), 'unknown-estimate', 'estimates[0].estimate'],
    [
      'an unknown parameter',
      asking({ ...MAJORITY, panels: [3] }),
      'unknown-parameter',
      'estimates[0].panels',
    ],
    ['a parameter twice', asking({ ...MAJORITY, f: 0.2 }), 'twice-given', 'estimates[0].colluders'],
    ['a wrong type', asking({ ...MAJORITY, panel: '7' }), 'wrong-type', 'estimates[0].panel'],
    ['half a seat', asking({ ...MAJORITY, panel: 6.5 }), 'out-of-range', 'estimates[0].panel'],
    [
      'a share above one',
      asking(MAJORITY, { estimate: 'noAnswer', u: 1.1 }),
      'out-of-range',
      'estimates[1].u',
    ],
    [
      'a negative share',
      asking({ estimate: 'noAnswer', u: -0.1 }),
      'out-of-range',
      'estimates[0].u',
    ],
    ['no fraction', asking({ estimate: 'noAnswer', u: '1/0' }), 'wrong-type', 'estimates[0].u'],
    ['too small a crowd', asking({ ...MAJORITY, N: 6 }), 'out-of-range', 'estimates[0].N'],
    [
      'a crowd that silence uses up',
      asking({ ...MAJORITY, N: 20, u: 0.1 }),
      'out-of-range',
      'estimates[0].N',
    ],
    [
      'a panel and a ladder',
      asking({ estimate: 'cheaterEscapes', panel: 3, panels: [3] }),
      'not-together',
      'estimates[0].panels',
    ],
    [
      'an empty ladder',
      asking({ estimate: 'cheaterEscapes', panels: [] }),
      'out-of-range',
      'estimates[0].panels',
    ],
    [
      'an error rate and a panel',
      asking({ estimate: 'cheaterProfit', w: 0.1, n: 3 }),
      'not-together',
      'estimates[0].w',
    ],
    [
      'two error rates',
      asking({ estimate: 'cheaterProfit', w: 0.1, wVoid: 0.1 }),
      'not-together',
      'estimates[0].w',
    ],
    [
      'error rates above one',
      asking({ estimate: 'cheaterProfit', wAcquit: 0.6, wVoid: 0.6 }),
      'out-of-range',
      'estimates[0].wVoid',
    ],
    [
      'alpha and f',
      asking({ estimate: 'honestProfit', alpha: 0.1, f: 0.2 }),
      'not-together',
      'estimates[0].alpha',
    ],
    [
      'openings and blocks',
      asking({ estimate: 'reopenBias', m: 2, withheld: 1 }),
      'not-together',
      'estimates[0].withheld',
    ],
    [
      'stakes and a share',
      asking({ estimate: 'selectionShare', stakes: [1], share: 0.1 }),
      'not-together',
      'estimates[0].stakes',
    ],
    [
      'no such provider',
      asking({ estimate: 'selectionShare', stakes: [1], provider: 1 }),
      'out-of-range',
      'estimates[0].provider',
    ],
    [
      'no stake at all',
      asking({ estimate: 'selectionShare', stakes: [0] }),
      'out-of-range',
      'estimates[0].stakes',
    ],
    [
      'more than all stake',
      asking({ estimate: 'correlatedSlash', shares: [0.6, 0.6] }),
      'out-of-range',
      'estimates[0].shares',
    ],
    [
      'a free check',
      asking({ estimate: 'voluntaryCheatingRate', k: 0 }),
      'out-of-range',
      'estimates[0].k',
    ],
    [
      'a lazy seat that decides',
      asking({ estimate: 'lazySeatProfit', panel: 3 }),
      'out-of-range',
      'estimates[0].panel',
    ],
    [
      'another form',
      asking({ estimate: 'cheaterEscapes', form: 'x' }),
      'out-of-range',
      'estimates[0].form',
    ],
    [
      'a grid of nothing',
      scenario({ sweeps: [{ estimate: MAJORITY, over: {} }] }),
      'wrong-type',
      'sweeps[0].over',
    ],
    [
      'a grid over what is fixed',
      scenario({ sweeps: [{ estimate: MAJORITY, over: { panel: [3] } }] }),
      'twice-given',
      'sweeps[0].over.panel',
    ],
    [
      'a grid with a bad point',
      scenario({ sweeps: [{ estimate: { estimate: 'noAnswer' }, over: { u: [0.1, 2] } }] }),
      'out-of-range',
      'sweeps[0].estimate.u',
    ],
    [
      'too large a grid',
      scenario({
        sweeps: [
          {
            estimate: { estimate: 'noAnswer' },
            over: { u: Array<Json>(101).fill(0.1), k: Array<Json>(100).fill(1) },
          },
        ],
      }),
      'too-many',
      'sweeps[0].over',
    ],
    ['figures that are no names', scenario({ figures: [3] }), 'wrong-type', 'figures[0]'],
  ])('%s', (_, json, code, path) => {
    expect(failure(json)).toEqual([`simulation/${code}`, path]);
  });

  test('what is known is said', () => {
    const unknown = parseScenario(asking({ estimate: 'panels' }));
    if (unknown.ok) throw new Error('it was accepted');
    for (const { name } of ESTIMATES) expect(unknown.failure.details['known']).toContain(name);
  });

  test('a name that does harm is not repeated', () => {
    expect(failure(asking({ ...MAJORITY, '\u001b[31m': 1 }))).toEqual([
      'simulation/unknown-parameter',
      'estimates[0].(unprintable name)',
    ]);
  });

  test('any JSON is answered', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (estimate, other) => {
        const json = scenario({ estimates: [estimate as Json], sweeps: [other as Json] });
        expect(parseScenario(json).ok).toBe(false);
      }),
      { seed: 41, numRuns: 300 },
    );
  });

  test('any value of any parameter is answered', () => {
    const parameter = fc.constantFrom(
      ...ESTIMATES.flatMap(({ name, parameters }) =>
        parameters.map((each) => [name, each.name] as const),
      ),
    );
    fc.assert(
      fc.property(parameter, fc.jsonValue(), ([estimate, name], value) => {
        const result = parseScenario(asking({ estimate, [name]: value as Json }));
        expect(result.ok || result.failure.code.startsWith('simulation/')).toBe(true);
      }),
      { seed: 42, numRuns: 600 },
    );
  });
});

describe('the text of a scenario', () => {
  test('is JSON within its limit', () => {
    const text = JSON.stringify(asking(MAJORITY));
    expect(readScenarioText(text)).toMatchObject({ ok: true });
    const failed = [readScenarioText('{'), readScenarioText(`"${'x'.repeat(MAX_SCENARIO_BYTES)}"`)];
    expect(failed.map((each) => (each.ok ? 'ok' : each.failure.code))).toEqual([
      'simulation/not-json',
      'simulation/scenario-too-large',
    ]);
  });
});

describe('the JSON Schema', () => {
  const schema = scenarioJsonSchema() as {
    readonly $defs: Readonly<
      Record<string, { readonly properties: Readonly<Record<string, Json>> }>
    >;
  };

  test('knows every estimate with every name of every parameter', () => {
    for (const { name, parameters } of ESTIMATES) {
      const properties = Object.keys(schema.$defs[name]?.properties ?? {});
      const names = parameters.flatMap((each) => [each.name, ...each.aliases]);
      expect(properties.toSorted()).toEqual(['estimate', 'runs', ...names].toSorted());
      expect(new Set(properties).size).toBe(properties.length);
    }
  });

  test('no name stands for two parameters', () => {
    for (const { parameters } of ESTIMATES) {
      const names = parameters.flatMap((each) => [each.name, ...each.aliases]);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
