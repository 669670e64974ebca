import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseVector, SUITES, type Suite } from '../../../tools/vectors/vector.ts';

export const ROOT = resolve(import.meta.dirname, '../../..');
export const REPLAY = 'tools/vectors/replay.ts';

const fileOf = (suite: Suite): string => join(ROOT, 'test/vectors', `${suite}.json`);

export const FILES: readonly string[] = SUITES.map(fileOf);

export const vectorOf = (suite: Suite) => parseVector(readFileSync(fileOf(suite), 'utf8'));
