import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Json } from '../../../src/codec/index.ts';
import { parseWorld, type World } from '../../../src/exploration/index.ts';

const WORLDS = join(import.meta.dirname, '../../../worlds');

export const jsonOfWorld = (name: string): Readonly<Record<string, Json>> =>
  JSON.parse(readFileSync(join(WORLDS, `${name}.json`), 'utf8')) as Readonly<Record<string, Json>>;

/** A shipped world, with other fields in the place of some. */
export const worldOf = (name: string, change: Readonly<Record<string, Json>> = {}): World => {
  const parsed = parseWorld({ ...jsonOfWorld(name), ...change });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return parsed.value;
};
