import { MAX_NAMED_CHUNKS } from '../../machines/challenge/record.ts';
import { optionList } from '../kit/input.ts';
import { parseCount } from '../kit/parse.ts';
import type { Described, Input } from '../kit/spec.ts';
import { stop } from '../kit/stop.ts';

export const CHUNK: Described = [
  '--chunk <index...>',
  'chunks that you know to differ, up to four; panels compare them besides those drawn',
];

const MAX_INDEX = 0xffff_ffff;

/** The chunks that `--chunk` names. */
export const namedChunks = (input: Input): readonly number[] => {
  const given = optionList(input, 'chunk');
  return given.length <= MAX_NAMED_CHUNKS
    ? given.map((text) => parseCount(text, 0, MAX_INDEX))
    : stop('cli/bad-option', { option: '--chunk', expected: `at most ${MAX_NAMED_CHUNKS} chunks` });
};
