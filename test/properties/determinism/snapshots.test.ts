import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { fromHex } from '../../../src/codec/index.ts';
import { openAivm, unwrap } from '../../../src/runtime/index.ts';
import { randomFrom, shuffled } from '../../../tools/vectors/shuffle.ts';
import { execute } from '../../../tools/vectors/execute.ts';
import { expectedOf, genesisOf, SUITES } from '../../../tools/vectors/vector.ts';
import { PlainChain, type Snapshot } from '../../support/plain-chain.ts';
import { vectorOf } from './support.ts';

const SEED = 20_260_504;
vi.setConfig({ testTimeout: 240_000 });
const folder = mkdtempSync(join(tmpdir(), 'aivm-snapshot-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As it would come over a wire or from a file. */
const transported = ({ tip, records }: Snapshot): Snapshot => {
  const { blockId, activity, height, time } = tip;
  const text = JSON.stringify({ blockId, activity, height: `${height}`, time: `${time}`, records });
  const read = JSON.parse(text) as typeof tip & Pick<Snapshot, 'records'>;
  return {
    tip: { ...read, height: BigInt(read.height), time: BigInt(read.time) },
    records: read.records,
  };
};

describe.each(SUITES)('the state of %s, and nothing beside it,', (suite) => {
  const vector = vectorOf(suite);
  const genesis = genesisOf(vector);
  const expected = expectedOf(vector);

  it('decides what follows, if restored before every block in any order (I52, I53)', () => {
    const random = randomFrom(SEED);
    let snapshot = PlainChain.begin(genesis);
    vector.blocks.forEach(({ bytes }, at) => {
      const restored = transported(snapshot);
      const chain = new PlainChain(genesis, restored, (all) => shuffled(all, random));
      if (at > 0) expect(chain.root).toBe(expected[at - 1]?.root);
      const { found, next } = chain.execute(bytes);
      expect(found).toEqual(expected[at]);
      snapshot = next;
    });
  });
});

describe.each(['ladder', 'tolerance', 'audit'] as const)('a dispute of %s', (suite) => {
  const vector = vectorOf(suite);
  const genesis = genesisOf(vector);
  const expected = expectedOf(vector);
  const PARTS = 8;
  const cuts = Array.from({ length: PARTS - 1 }, (_, part) =>
    Math.floor(((part + 1) * vector.blocks.length) / PARTS),
  );

  it('goes on from a copy of its database, made while it was in use (I53)', () => {
    const path = join(folder, suite);
    const aivm = unwrap(openAivm({ genesis, path }));
    vector.blocks.forEach(({ bytes }, at) => {
      if (cuts.includes(at)) {
        mkdirSync(`${path}-${at}`);
        copyFileSync(join(path, 'data.mdb'), join(`${path}-${at}`, 'data.mdb'));
      }
      const { blockId } = unwrap(aivm.execute(unwrap(aivm.tip()).blockId, fromHex(bytes)));
      unwrap(aivm.commit(blockId));
    });
    aivm.close();
    for (const at of cuts) {
      expect(execute(vector, { path: `${path}-${at}` })).toEqual(expected.slice(at));
    }
  });
});
