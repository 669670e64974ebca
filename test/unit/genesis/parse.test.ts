import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCb58, formatAddress, fromHex } from '../../../src/codec/index.ts';
import { chainIdOf, genesisErrors, parseGenesis, QUICKNET } from '../../../src/genesis/index.ts';
import { MAX_GENESIS_CHARACTERS } from '../../../src/genesis/index.ts';
import { LOCAL } from '../../../src/genesis/presets/local.ts';
import { failuresOf, FILE, parse, places } from './support.ts';

const AA = '00000000000000000000000000000000000000aa';
const BB = '00000000000000000000000000000000000000bb';

const genesisOf = (file: object) => {
  const result = parse(file);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

describe('a file', () => {
  test('is a preset with what it names in its place', () => {
    const dispute = {
      lockBps: 3_000,
      wrongResultBps: [600, 1_200, 2_400],
      unsubstantiatedBps: 3_000,
    };
    const parameters = { preset: 'local', windowBlocks: 20, minimumStakeNlux: '50.5 LUX', dispute };
    const genesis = genesisOf({ ...FILE, parameters });
    expect(genesis.parameters).toEqual({
      ...LOCAL,
      windowBlocks: 20n,
      minimumStakeNlux: 50_500_000_000n,
      dispute: { ...LOCAL.dispute, ...dispute },
    });
    expect(genesis).toMatchObject({ network: 'custom', networkId: 4_242, luxDecimals: 9 });
    expect(genesis.beacon).toEqual({ type: 'dev', genesisTime: 1_767_225_600n, periodSeconds: 1n });
  });

  test('of a known network needs a time and allocations only', () => {
    const { time, allocations } = FILE;
    const local = genesisOf({ network: 'local', time, allocations });
    expect(local.parameters).toEqual(LOCAL);
    expect(local.networkId).toBe(12_345);
    expect(genesisOf({ network: 'mainnet', time, allocations }).beacon).toEqual(QUICKNET);
  });

  test('writes addresses in bech32 or hex, and amounts in LUX or nLUX', () => {
    const allocations = {
      [formatAddress(BB, 'custom')]: '0.000000001 LUX',
      [`0x${AA.toUpperCase()}`]: '2500000000',
    };
    expect(
      genesisOf({ ...FILE, allocations, authority: formatAddress(AA, 'custom') }),
    ).toMatchObject({
      authority: AA,
      allocations: [
        { address: AA, amountNlux: 2_500_000_000n },
        { address: BB, amountNlux: 1n },
      ],
    });
  });

  test('may begin with a byte order mark, and with a $schema', () => {
    const text = `\ufeff${JSON.stringify({ $schema: './genesis.schema.json', ...FILE })}`;
    expect(parseGenesis(text).ok).toBe(true);
  });

  test('may name its chain id, in CB58 or hex, if it is right', () => {
    const chainId = chainIdOf(genesisOf(FILE));
    expect(parse({ ...FILE, chainId }).ok).toBe(true);
    expect(parse({ ...FILE, chainId: encodeCb58(fromHex(chainId)) }).ok).toBe(true);
    const [failure] = failuresOf({ ...FILE, chainId: '00'.repeat(32) });
    expect(failure).toMatchObject({ code: 'genesis/chain-id', details: { expected: chainId } });
    expect(places({ ...FILE, chainId: 'nonsense' })).toEqual(['genesis/chain-id chainId']);
  });
});

describe('fields', () => {
  const wrong = (path: string) => `genesis/wrong-field ${path}`;

  test.each([
    [{ ...FILE, network: 'moonnet' }, [wrong('network')]],
    [{ ...FILE, time: -1 }, [wrong('time')]],
    [{ ...FILE, time: '1767225600' }, [wrong('time')]],
    [{ ...FILE, time: undefined }, ['genesis/missing-field time']],
    [{ ...FILE, tiem: 5 }, ['genesis/unknown-field tiem']],
    [{ ...FILE, luxDecimals: 19 }, [wrong('luxDecimals')]],
    [{ ...FILE, beacon: { type: 'dice' } }, [wrong('beacon')]],
    [{ ...FILE, beacon: { type: 'dev', periodSeconds: 0 } }, [wrong('beacon.periodSeconds')]],
    [
      { ...FILE, beacon: { type: 'drand', publicKey: 'ab', genesisTime: 1 } },
      [wrong('beacon.publicKey'), 'genesis/missing-field beacon.periodSeconds'],
    ],
    [{ ...FILE, authority: 'me' }, [wrong('authority')]],
    [{ ...FILE, parameters: { preset: 'moon' } }, [wrong('parameters.preset')]],
    [
      { ...FILE, parameters: { preset: 'local', dispute: { lockBps: 65_536 } } },
      [wrong('parameters.dispute.lockBps')],
    ],
    [
      { ...FILE, parameters: { preset: 'local', dispute: { lockBps: null } } },
      [wrong('parameters.dispute.lockBps')],
    ],
    [
      { ...FILE, parameters: { preset: 'local', dispute: { pairPanels: [1, 3, 7, 15] } } },
      [wrong('parameters.dispute.pairPanels')],
    ],
    [
      { ...FILE, parameters: { preset: 'local', minimumStakeNlux: 100 } },
      [wrong('parameters.minimumStakeNlux')],
    ],
    [
      { ...FILE, parameters: { preset: 'local', gas: { blockGas: 1 } } },
      ['genesis/unknown-field parameters.gas.blockGas'],
    ],
    [
      { ...FILE, allocations: { [AA]: '1.0000000001 LUX' } },
      [wrong(`allocations[${JSON.stringify(AA)}]`)],
    ],
    [{ ...FILE, allocations: [] }, [wrong('allocations')]],
    [[], ['genesis/wrong-field']],
  ])('case %#', (file, expected) => {
    expect(places(file)).toEqual(expected);
  });

  test('are all told at once, with what was expected', () => {
    const parameters = { preset: 'local', dispute: { lockBps: '2000', drawn: 8 } };
    const file = { ...FILE, time: null, parameters, allocations: { [AA]: '-5' } };
    const told = failuresOf(file);
    expect(told).toHaveLength(4);
    expect(told).toContainEqual({
      code: 'genesis/wrong-field',
      message: genesisErrors['genesis/wrong-field'],
      details: { path: 'parameters.dispute.lockBps', expected: 'a whole number of 0 to 65535' },
    });
    expect(told.map(({ details }) => details['path']).toSorted()).toEqual([
      `allocations[${JSON.stringify(AA)}]`,
      'parameters.dispute.drawn',
      'parameters.dispute.lockBps',
      'time',
    ]);
  });

  test('of a file with very many failures, the first hundred are told', () => {
    const extra = Array.from({ length: 300 }, (_, index) => [`x${index}`, index]);
    const told = failuresOf({ ...FILE, ...Object.fromEntries(extra) });
    expect(told).toHaveLength(101);
    expect(told.at(-1)?.code).toBe('genesis/too-many-failures');
  });

  test('named __proto__ are fields like any other', () => {
    const text = JSON.stringify(FILE).replace('{', '{"__proto__":{"time":1},');
    expect(places(text)).toEqual(['genesis/unknown-field __proto__']);
  });

  test('an address of another network, or with a mistyped letter, is pointed at', () => {
    const right = formatAddress(AA, 'custom');
    const mistyped = right.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q'));
    for (const text of [formatAddress(AA, 'lux'), mistyped, `${AA}00`]) {
      expect(places({ ...FILE, allocations: { [text]: '1 LUX' } })).toEqual([
        wrong(`allocations[${JSON.stringify(text)}]`),
      ]);
    }
  });
});

describe('what does not fit together', () => {
  test.each([
    [{ ...FILE, networkId: 1 }, ['genesis/network-id networkId']],
    [{ ...FILE, networkId: undefined }, ['genesis/network-id networkId']],
    [{ ...FILE, network: 'local' }, ['genesis/network-id networkId']],
    [{ ...FILE, parameters: undefined }, ['genesis/preset-missing parameters.preset']],
    [{ ...FILE, beacon: undefined }, ['genesis/preset-missing beacon']],
    [{ ...FILE, allocations: {} }, ['genesis/no-allocation allocations']],
    [{ ...FILE, allocations: { [AA]: '0' } }, ['genesis/no-allocation allocations']],
    [
      { ...FILE, allocations: { [AA]: '1', [`0x${AA}`]: '1' } },
      [`genesis/duplicate-allocation allocations[${JSON.stringify(`0x${AA}`)}]`],
    ],
    [
      { ...FILE, allocations: { [AA]: String(2n ** 128n - 1n), [BB]: '1' } },
      ['genesis/supply-too-large allocations'],
    ],
    [
      { ...FILE, beacon: { type: 'dev', periodSeconds: 3 } },
      ['genesis/beacon-too-slow beacon.periodSeconds'],
    ],
    [
      {
        ...FILE,
        beacon: { type: 'drand', publicKey: 'ab'.repeat(96), genesisTime: 1, periodSeconds: 1 },
      },
      ['genesis/beacon-key beacon.publicKey'],
    ],
    [
      { ...FILE, parameters: { preset: 'local', unbondingBlocks: 171, exposureBps: 31 } },
      [
        'genesis/parameter-relation parameters.unbondingBlocks',
        'genesis/parameter-relation parameters.exposureBps',
      ],
    ],
  ])('case %#', (file, expected) => {
    expect(places(file)).toEqual(expected);
  });

  test('the largest supply is 2^128 − 1 nLUX', () => {
    expect(places({ ...FILE, allocations: { [AA]: String(2n ** 128n - 2n), [BB]: '1' } })).toEqual(
      [],
    );
  });

  test('is told together, whatever else is wrong', () => {
    const parameters = { preset: 'local', dispute: { lockBps: 1 } };
    expect(places({ ...FILE, networkId: 5, parameters, allocations: {} })).toEqual([
      'genesis/network-id networkId',
      'genesis/parameter-relation parameters.dispute.lockBps',
      'genesis/no-allocation allocations',
    ]);
  });
});

describe('JSON', () => {
  test.each([
    ['{"network":"local",}', 'genesis/json-syntax', { line: '1', column: '20' }],
    ['{\n "a" 1}', 'genesis/json-syntax', { line: '2', column: '6', expected: '":"' }],
    ['{"a":[1 2]}', 'genesis/json-syntax', { expected: '"," or "]"' }],
    ['', 'genesis/json-syntax', { expected: 'a value' }],
    ['{} x', 'genesis/json-syntax', { expected: 'the end of the file' }],
    ['{"a":tru}', 'genesis/json-syntax', { expected: 'a value' }],
    ['{"a":"\u0001"}', 'genesis/json-syntax', {}],
    ['{"a":"\\ud800"}', 'genesis/json-syntax', {}],
    [`{"a":"${'x'.repeat(262_145)}"}`, 'genesis/json-syntax', {}],
    ["{'a':1}", 'genesis/json-syntax', {}],
    ['{"a":01}', 'genesis/json-syntax', {}],
    ['{"a":1.5}', 'genesis/json-number', { found: '1.5', line: '1', column: '6' }],
    ['{"a":1e3}', 'genesis/json-number', {}],
    ['{"a":9007199254740992}', 'genesis/json-number', {}],
    ['{"a":1,"\\u0061":2}', 'genesis/json-duplicate-key', { key: 'a' }],
    ['[[[[[[[[[]]]]]]]]]', 'genesis/json-depth', { limit: '8' }],
    [' '.repeat(MAX_GENESIS_CHARACTERS + 1), 'genesis/too-large', {}],
  ])('case %#', (text, code, details) => {
    const result = parseGenesis(text);
    const failures = result.ok ? [] : result.failure;
    expect(failures).toMatchObject([{ code, details }]);
  });

  test('deep nesting that goes on for ever is no stack overflow', () => {
    expect(failuresOf('['.repeat(1_000_000))[0]?.code).toBe('genesis/json-depth');
  });

  test('any JSON and any text gives a typed answer', () => {
    const known = Object.keys(genesisErrors);
    const check = (text: string) => {
      for (const { code } of failuresOf(text)) expect(known).toContain(code);
    };
    fc.assert(fc.property(fc.json({ maxDepth: 4 }), check), { seed: 7, numRuns: 300 });
    fc.assert(fc.property(fc.string({ maxLength: 200 }), check), { seed: 7, numRuns: 300 });
    const field = fc.constantFrom(...Object.keys(FILE));
    const change = (name: string, value: unknown) =>
      check(JSON.stringify({ ...FILE, [name]: value }));
    fc.assert(fc.property(field, fc.jsonValue({ maxDepth: 3 }), change), { seed: 7, numRuns: 500 });
  });
});
