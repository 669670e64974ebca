import { describe, expect, test } from 'vitest';
import { decode, encode, hash, MAX_AMOUNT, utf8, varying } from '../../../src/codec/index.ts';
import { genesisChanges } from '../../../src/actors/index.ts';
import { REGISTRY } from '../../../src/machines/registry.ts';
import * as api from '../../../src/genesis/index.ts';
import { FILE, parse } from './support.ts';

const { chainIdOf, checkGenesis, formatGenesis, genesisHash, genesisRecords } = api;
const { developmentAccounts, genesis, parseGenesis, presetGenesis, supplyOf } = api;

const AA = '00000000000000000000000000000000000000aa';
const BB = '00000000000000000000000000000000000000bb';
const allocations = [
  { address: BB, amountNlux: 5n },
  { address: AA, amountNlux: 7n },
];

const genesisOf = (file: object) => {
  const result = parse(file);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

describe('presets', () => {
  test('are sound as soon as somebody owns coins', () => {
    expect(checkGenesis(presetGenesis('local'))).toEqual([]);
    for (const name of ['testnet', 'mainnet'] as const) {
      expect(checkGenesis(presetGenesis(name)).map(({ code }) => code)).toEqual([
        'genesis/no-allocation',
      ]);
      expect(checkGenesis(presetGenesis(name, { allocations }))).toEqual([]);
    }
  });

  test('local funds the development accounts', () => {
    const local = presetGenesis('local');
    const accounts = developmentAccounts(api.DEVELOPMENT_ACCOUNTS);
    expect(accounts[0]).toMatchObject({
      name: 'dev0',
      address: developmentAccounts(1)[0]?.address,
    });
    expect(new Set(local.allocations.map(({ address }) => address))).toEqual(
      new Set(accounts.map(({ address }) => address)),
    );
    expect(supplyOf(local)).toBe(32n * 100_000n * 10n ** 9n);
  });

  test('take what they leave open from the options', () => {
    const time = 1_800_000_000n;
    const chosen = presetGenesis('local', { time, allocations, authority: AA });
    expect(chosen).toMatchObject({ time, authority: AA, beacon: { genesisTime: time } });
    expect(chosen.allocations.map(({ address }) => address)).toEqual([AA, BB]);
  });
});

describe('the hash', () => {
  test('is over the canonical bytes, whatever order and form people write', () => {
    const one = genesisOf({ ...FILE, allocations: { [AA]: '1 LUX', [BB]: '2' } });
    const two = genesisOf({
      allocations: { [`0x${BB}`]: '2', [AA]: '1000000000' },
      parameters: { windowBlocks: 30, preset: 'local' },
      beacon: { periodSeconds: 1, type: 'dev', genesisTime: FILE.time },
      time: FILE.time,
      networkId: FILE.networkId,
      network: 'custom',
    });
    expect(two).toEqual(one);
    expect(genesisHash(two)).toBe(genesisHash(one));
    expect(genesisHash(one)).toBe(hash('aivm/genesis/1', varying(encode(genesis, one))));
  });

  test('is another for every change, and the chain id of local and custom networks with it', () => {
    const files = [
      FILE,
      { ...FILE, networkId: 4_243 },
      { ...FILE, time: FILE.time + 1 },
      { ...FILE, luxDecimals: 6 },
      { ...FILE, authority: AA },
      { ...FILE, beacon: { type: 'dev', periodSeconds: 2 } },
      { ...FILE, parameters: { preset: 'local', windowBlocks: 29 } },
      { ...FILE, allocations: { [AA]: '101 LUX' } },
      { ...FILE, allocations: { [BB]: '100 LUX' } },
    ];
    const ids = files.map((file) => chainIdOf(genesisOf(file)));
    expect(new Set(ids).size).toBe(files.length);
    expect(ids).toEqual(files.map((file) => genesisHash(genesisOf(file))));
    expect(chainIdOf(presetGenesis('local'))).toBe(genesisHash(presetGenesis('local')));
  });

  test('of the presets is golden: a change of it starts another chain', () => {
    expect(genesisHash(presetGenesis('local'))).toMatchInlineSnapshot(
      `"33211c9b9b08e819c39512ab61fb533efed296cc0b70d79cfbced0d4e20db451"`,
    );
    expect(genesisHash(presetGenesis('testnet'))).toMatchInlineSnapshot(
      `"8716ef676bd65f87b9524b139dcce335d50fb452bd3d8971c7bc73449bf70d30"`,
    );
    expect(genesisHash(presetGenesis('mainnet'))).toMatchInlineSnapshot(
      `"9d930d545b2b5719a7a082c0c01d6feebe6e3cddb9e5780af4fae09a809ebfb8"`,
    );
  });

  test('is no part of the chain ids of the public networks, which are constants', () => {
    for (const name of ['testnet', 'mainnet'] as const) {
      const constant = hash('aivm/chain-id/1', varying(utf8(name)));
      expect(chainIdOf(presetGenesis(name))).toBe(constant);
      expect(chainIdOf(presetGenesis(name, { allocations }))).toBe(constant);
    }
  });
});

describe('the file of a genesis', () => {
  test.each([
    ['local', presetGenesis('local')],
    ['mainnet', presetGenesis('mainnet', { allocations, authority: BB })],
    ['testnet', presetGenesis('testnet', { allocations })],
    [
      'custom',
      genesisOf({
        ...FILE,
        luxDecimals: 0,
        beacon: { type: 'quicknet' },
        parameters: { preset: 'mainnet' },
        allocations: { [AA]: String(MAX_AMOUNT) },
      }),
    ],
  ])('%s is read as the same genesis', (_, made) => {
    const read = parseGenesis(formatGenesis(made));
    expect(read).toEqual({ ok: true, value: made });
  });

  test('canonical bytes decode to the same genesis', () => {
    const made = presetGenesis('local');
    expect(decode(genesis, encode(genesis, made), 1_000_000)).toEqual({ ok: true, value: made });
  });
});

describe('amounts', () => {
  const { formatAmount, parseAmount } = api;

  test.each([
    ['0', 0n],
    ['1', 1n],
    ['1 LUX', 10n ** 9n],
    ['0.8 LUX', 800_000_000n],
    ['1.000000001 LUX', 1_000_000_001n],
    [String(MAX_AMOUNT), MAX_AMOUNT],
    [String(MAX_AMOUNT + 1n), undefined],
    ['340282366920938463463374607432 LUX', undefined],
    ['1.0000000001 LUX', undefined],
    ['01', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['1LUX', undefined],
    ['1 lux', undefined],
    ['1e9', undefined],
    ['.5 LUX', undefined],
    ['1. LUX', undefined],
    [' 1', undefined],
    ['', undefined],
  ])('%j is %s nLUX', (text, amount) => {
    expect(parseAmount(text)).toBe(amount);
  });

  test('are written in the shorter form', () => {
    expect([0n, 25n, 800_000_000n, 10n ** 9n, 1_500_000_000n].map((a) => formatAmount(a))).toEqual([
      '0',
      '25',
      '0.8 LUX',
      '1 LUX',
      '1.5 LUX',
    ]);
    for (const amount of [1n, 123_456_789_012n, 10n ** 20n, MAX_AMOUNT]) {
      for (const decimals of [0, 1, 9, 18]) {
        expect(parseAmount(formatAmount(amount, decimals), decimals)).toBe(amount);
      }
    }
  });
});

describe('records', () => {
  const made = presetGenesis('mainnet', { allocations, authority: AA });
  const records = genesisRecords(made);

  test('hold the supply, and nothing else moves coins', () => {
    expect(records.reduce((sum, { balance }) => sum + balance, 0n)).toBe(supplyOf(made));
    expect(supplyOf(made)).toBe(12n);
  });

  test('are what the kernel takes: parameters, beacon and accounts are in state', () => {
    const changes = genesisChanges({ registry: REGISTRY }, records);
    expect([...changes.keys()].toSorted()).toEqual([
      `0001${AA}`,
      `0001${BB}`,
      '0008',
      '0009',
      '000a',
    ]);
    for (const { id, state } of records) {
      const kind = id.slice(0, id.indexOf(':')) as keyof typeof REGISTRY;
      expect(REGISTRY[kind].compiled.states).toContain(state);
    }
  });

  test('put the parameters and the authority where governance looks', () => {
    expect(records[0]).toEqual({
      id: 'parameters:',
      state: 'enacted',
      balance: 0n,
      context: { current: made.parameters, authority: AA, pending: undefined },
    });
  });
});

test('the JSON Schema for editors has the fields and their ranges', () => {
  const schema = JSON.parse(JSON.stringify(api.genesisJsonSchema())) as {
    readonly required: readonly string[];
    readonly additionalProperties: boolean;
    readonly properties: Readonly<Record<string, { readonly properties?: object }>>;
  };
  expect(schema.required).toEqual(['network', 'time', 'allocations']);
  expect(schema.additionalProperties).toBe(false);
  expect(Object.keys(schema.properties)).toEqual([
    '$schema',
    'network',
    'networkId',
    'chainId',
    'time',
    'luxDecimals',
    'beacon',
    'authority',
    'parameters',
    'tee',
    'allocations',
  ]);
  expect(schema.properties['parameters']?.properties).toHaveProperty(
    'dispute.properties.lockBps.maximum',
    65_535,
  );
});
