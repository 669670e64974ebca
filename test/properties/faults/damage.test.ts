import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { toHex } from '../../../src/codec/index.ts';
import { P_LEAF } from '../../../src/runtime/store/lmdb/meta.ts';
import { randomFrom } from '../../../tools/vectors/shuffle.ts';
import { runChild } from '../../unit/store/children/run.ts';
import { dataFile, openAt, playTo } from './support.ts';

const SEED = 20_260_503;
const DAMAGE = '../../../properties/faults/children/damage.ts';
/** In the reveal window of the last panel, with chunks of all parties in state. */
const HEIGHT = 77;
const FILES = 120;
const PAGE_BYTES = 4_096;
const FLAGS_AT = 18;
const LOWER_AT = 20;
/** Turned at once in every other file: a bad sector is seldom one bit. */
const MANY_BITS = 64;

// Many files are written, or processes started: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), 'aivm-damage-'));
const cache = join(folder, 'compiled');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = join(folder, 'life');
const truth = join(folder, 'truth.json');

/** Pages of more than one record that the file has at least. */
const FEWEST_PAGES = 20;

/** Per leaf page of LMDB (meta.ts says how pages begin) a bit that makes it hold fewer records. */
const shortenedPages = (file: Buffer): readonly string[] => {
  const bits: string[] = [];
  for (let page = 2 * PAGE_BYTES; page < file.length; page += PAGE_BYTES) {
    if (file.readUInt16LE(page + FLAGS_AT) !== P_LEAF) continue;
    const pointers = file.readUInt16LE(page + LOWER_AT);
    const bit = [5, 4, 3, 2, 1].find((at) => (pointers & (1 << at)) !== 0 && 1 << at < pointers);
    if (bit !== undefined) bits.push(`${8 * (page + LOWER_AT) + bit}`);
  }
  return bits;
};

/** The life up to the height, and every record of its state. */
const prepare = () => {
  const opened = openAt(path);
  playTo(opened, HEIGHT);
  const records = Array.from(opened.store.entries(), ([key, value]) => [toHex(key), toHex(value)]);
  opened.store.close();
  writeFileSync(truth, JSON.stringify(records));
  return { bits: 8 * statSync(dataFile(path)).size, records: records.length };
};

describe('bits that turned anywhere in the file of a chain in mid-dispute', () => {
  const random = randomFrom(SEED);
  const { bits, records } = prepare();
  const damages = Array.from({ length: FILES }, (_, file) =>
    Array.from({ length: file % 2 === 0 ? 1 : MANY_BITS }, () => random(bits)).join(),
  );

  /** What came of each file; where LMDB took the process down, a new one goes on. */
  const outcomesOf = async (inspection: string, files: readonly string[]) => {
    const outcomes: string[] = [];
    const errors: string[] = [];
    while (outcomes.length < files.length) {
      const left = files.slice(outcomes.length);
      const args = [path, join(folder, inspection), inspection, truth, ...left];
      const ended = await runChild(DAMAGE, args, { cache });
      outcomes.push(...ended.lines.filter((line) => line !== 'end'));
      if (ended.signal !== null) outcomes.push(`crashed ${ended.signal}`);
      else if (ended.lines.at(-1) !== 'end') throw new Error(ended.errors);
      errors.push(ended.errors);
    }
    return { outcomes, errors: errors.join('') };
  };

  it('are found when it is opened, or lie where nothing is', async () => {
    const { outcomes, errors } = await outcomesOf('all', damages);
    expect(errors).toBe('');
    const refused = outcomes.filter((line) => /^refused store\/(?:damaged|foreign)$/.test(line));
    const unharmed = `lived; ${records} served, 0 hidden, 0 missing`;
    expect(outcomes.filter((line) => line !== unharmed && !refused.includes(line))).toEqual([]);
    expect(refused.length).toBeGreaterThan(FILES / 2);
    expect(refused.length).toBeLessThan(FILES);
  });

  /** Neither another record was served, nor that there is none, nor was another root made. */
  const isHonest = (line: string): boolean =>
    /^(?:refused|crashed)/.test(line) || /^(?:lived|stopped .*);.* 0 missing$/.test(line);

  // As a file is opened that is too large to be read as a whole. LMDB trusts the pages that nobody
  // looked at: it may take the process down, or not find a record, which the tree then misses.
  it('are never served, nor is absence, where only the way to records was inspected', async () => {
    const { outcomes } = await outcomesOf('branches', damages.slice(0, FILES / 2));
    expect(outcomes.filter((line) => !isHonest(line))).toEqual([]);
    const found = outcomes.filter((line) => /^(?:refused|stopped|crashed)/.test(line));
    expect(found.length).toBeGreaterThan(FILES / 8);
  });

  it('and let a page forget records are no proof of their absence, nor lose a timer', async () => {
    const forgetful = shortenedPages(readFileSync(dataFile(path)));
    expect(forgetful.length).toBeGreaterThan(FEWEST_PAGES);
    const { outcomes } = await outcomesOf('branches', forgetful);
    expect(outcomes.filter((line) => !isHonest(line))).toEqual([]);
    expect(outcomes.filter((line) => / [1-9][0-9]* hidden/.test(line))).not.toEqual([]);
  });
});
