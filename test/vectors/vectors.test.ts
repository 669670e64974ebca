import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { beginReceipt } from '../../src/actors/receipt.ts';
import { decode, fromHex } from '../../src/codec/index.ts';
import { unwrap } from '../../src/runtime/index.ts';
import { execute } from '../../tools/vectors/execute.ts';
import { makeVector } from '../../tools/vectors/suites.ts';
import { expectedOf, parseVector, SUITES } from '../../tools/vectors/vector.ts';

// Golden vectors: blocks, and what executing them gives. docs/testing.md says when they may change.

const FOLDER = import.meta.dirname;
const RUNNER = 'vectors.test.ts';
const files = readdirSync(FOLDER).filter((name) => name !== RUNNER);

const read = (name: string) => parseVector(readFileSync(join(FOLDER, name), 'utf8'));

describe('the folder of golden vectors', () => {
  it('holds one file for every suite, and nothing else', () => {
    expect(files.sort()).toEqual(SUITES.map((suite) => `${suite}.json`).sort());
    for (const file of files) expect(`${read(file).suite}.json`).toBe(file);
  });

  it('has a runner that refuses suites which it does not know', () => {
    const vector = { ...read('life.json'), suite: 'afterlife' };
    expect(() => parseVector(JSON.stringify(vector))).toThrow('there is no suite afterlife');
    expect(() => parseVector('{"blocks":[]}')).toThrow('there is no suite undefined');
  });
});

describe.each(SUITES)('the golden vector %s', (suite) => {
  const vector = read(`${suite}.json`);

  it('gives the roots, activity hashes and receipts that are written down', () => {
    expect(execute(vector)).toEqual(expectedOf(vector));
  });

  it('is of blocks that bring transactions and timers, each with a root of its own', () => {
    const { blocks } = vector;
    expect(new Set(blocks.map(({ root }) => root)).size).toBe(blocks.length);
    expect(blocks.flatMap(({ receipts }) => receipts).length).toBeGreaterThan(20);
    const timers = blocks.flatMap(({ begin }) => {
      const bytes = fromHex(begin);
      return unwrap(decode(beginReceipt, bytes, bytes.length)).timers;
    });
    expect(timers.length).toBeGreaterThan(3);
  });

  it('is what the code plays: see docs/testing.md before you write it anew', async () => {
    expect(await makeVector(suite)).toEqual(vector);
  });
});
