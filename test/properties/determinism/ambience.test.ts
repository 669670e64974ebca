import { describe, expect, it } from 'vitest';
import { decodeBlock, openAivm, unwrap } from '../../../src/runtime/index.ts';
import { fromHex, encode } from '../../../src/codec/index.ts';
import { decodeTransaction } from '../../../src/actors/index.ts';
import { preparedKind } from '../../../src/actors/record.ts';
import { chainIdOf, formatGenesis, genesisHash } from '../../../src/genesis/index.ts';
import { kindOf } from '../../../src/machines/kit/index.ts';
import { REGISTRY } from '../../../src/machines/registry.ts';
import { loadSecp256k1 } from '../../../src/codec/node.ts';
import { makeSignatures } from '../../../src/runtime/services/signatures.ts';
import { AMBIENT, withoutAmbience } from '../../../tools/vectors/ambience.ts';
import { execute } from '../../../tools/vectors/execute.ts';
import { randomFrom, shuffled, shuffledJson } from '../../../tools/vectors/shuffle.ts';
import { expectedOf, genesisOf, SUITES } from '../../../tools/vectors/vector.ts';
import { vectorOf } from './support.ts';

const SEED = 20_260_505;

/** The same fields, put into each object in another order. */
const reordered = (value: unknown, random: (below: number) => number): unknown => {
  if (Array.isArray(value)) return value.map((item) => reordered(item, random));
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const entries = shuffled(Object.entries(value), random);
  return Object.fromEntries(entries.map(([key, item]) => [key, reordered(item, random)]));
};

describe('what is taken away while a block executes', () => {
  it('names everything that the rules of PROTOCOL §10 ban', () => {
    const names = AMBIENT.map(({ name }) => name);
    for (const name of ['Date', 'random', 'env', 'setTimeout', 'setInterval', 'setImmediate'])
      expect(names).toContain(name);
    for (const name of ['queueMicrotask', 'performance', 'Intl', 'localeCompare', 'pow', 'sqrt'])
      expect(names).toContain(name);
  });

  it.each([
    ['Date', () => Date.now()],
    ['Date', () => new Date()],
    ['random', () => Math.random()],
    ['pow', () => Math.pow(2, 0.5)],
    ['env', () => process.env['HOME']],
    ['env', () => Object.keys(process.env)],
    ['setTimeout', () => setTimeout(() => undefined, 0)],
    ['queueMicrotask', () => queueMicrotask(() => undefined)],
    ['performance', () => performance.now()],
    ['localeCompare', () => 'a'.localeCompare('b')],
  ])('throws: %s', (name, use) => {
    expect(() => withoutAmbience(use)).toThrow(`${name} was used while a block executed`);
    expect(use).not.toThrow();
  });

  it('comes back also after an exception', () => {
    const before = AMBIENT.map(({ object, name }) => Object.getOwnPropertyDescriptor(object, name));
    expect(() =>
      withoutAmbience(() => {
        throw new Error('meant');
      }),
    ).toThrow('meant');
    const after = AMBIENT.map(({ object, name }) => Object.getOwnPropertyDescriptor(object, name));
    expect(after).toEqual(before);
  });
});

describe.each(SUITES)('the blocks of %s give the same (I50)', (suite) => {
  const vector = vectorOf(suite);
  const genesis = genesisOf(vector);
  const expected = expectedOf(vector);

  it('twice in one process, and with clocks, chance, timers and environment taken away', () => {
    expect(execute(vector)).toEqual(expected);
    expect(execute(vector, { around: withoutAmbience })).toEqual(expected);
  });

  it('whether signatures were checked before or not', () => {
    expect(execute(vector, { ahead: true })).toEqual(expected);
  });

  it('from a genesis that was written and read, its keys in any order', () => {
    const random = randomFrom(SEED);
    const file: unknown = JSON.parse(formatGenesis(genesis));
    for (let round = 0; round < 5; round += 1) {
      const text = JSON.stringify(shuffledJson(file, random));
      const shuffledVector = { genesis: JSON.parse(text) as unknown };
      const read = genesisOf(shuffledVector);
      expect([genesisHash(read), chainIdOf(read)]).toEqual([
        genesisHash(genesis),
        chainIdOf(genesis),
      ]);
      expect(formatGenesis(read)).toBe(formatGenesis(genesis));
      if (round > 0) continue;
      expect(execute({ ...vector, ...shuffledVector })).toEqual(expected);
    }
  });

  it('of messages and records whose fields were put in in any order', () => {
    const random = randomFrom(SEED);
    const { networkId } = genesis;
    const chain = {
      networkId,
      chainId: chainIdOf(genesis),
      registry: REGISTRY,
      verifier: makeSignatures(loadSecp256k1()),
    };
    for (const { bytes } of vector.blocks) {
      for (const transaction of unwrap(decodeBlock(fromHex(bytes))).transactions) {
        const { body, message } = unwrap(decodeTransaction(transaction, chain));
        const { messages } = REGISTRY[kindOf(body.receiver)];
        expect(encode(messages, reordered(message, random) as never)).toEqual(body.message);
      }
    }
    const aivm = unwrap(openAivm({ genesis }));
    for (const { bytes } of vector.blocks) {
      const { blockId } = unwrap(aivm.execute(unwrap(aivm.tip()).blockId, fromHex(bytes)));
      unwrap(aivm.commit(blockId));
    }
    const { items } = unwrap(aivm.list({ kind: 'provider' }));
    for (const { id } of items) {
      const { value, decoded } = unwrap(aivm.query({ actor: id }));
      const { record } = preparedKind(REGISTRY, id as never);
      expect(encode(record, reordered(decoded, random) as never)).toEqual(value);
    }
    expect(items.length).toBeGreaterThan(0);
    aivm.close();
  });
});
