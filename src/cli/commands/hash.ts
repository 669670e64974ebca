import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { restArguments } from '../kit/input.ts';
import { withBar, type Bar } from '../kit/progress.ts';
import type { CommandSpec } from '../kit/spec.ts';
import { causeOf, stop, Stop } from '../kit/stop.ts';

const READ_BYTES = 1_048_576;

/** The size of a file that can be hashed; standard input and pipes have none to show. */
const sizeOf = (file: string): number => {
  try {
    const stats = statSync(file);
    return stats.isDirectory()
      ? stop('cli/file-unreadable', { file, cause: 'it is a directory' })
      : stats.size;
  } catch (error) {
    if (error instanceof Stop) throw error;
    return stop('cli/file-unreadable', { file, cause: causeOf(error) });
  }
};

/** Hashes one file into the digest; gives the bytes that were read. */
const hashFile = async (
  file: string,
  digest: ReturnType<typeof createHash>,
  bar: Bar,
  before: number,
): Promise<number> => {
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: READ_BYTES })) {
      digest.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      bar.at(before + bytes);
    }
  } catch (error) {
    return stop('cli/file-unreadable', { file, cause: causeOf(error) });
  }
  return bytes;
};

export interface HashedFiles {
  /** SHA-256 of the concatenation, hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * SHA-256 of files one after another, in the order given: how weights in several files are hashed
 * (PROTOCOL §2). Read as a stream, so that their size does not matter.
 */
export const hashFiles = async (files: readonly string[]): Promise<HashedFiles> => {
  const total = files.map(sizeOf).reduce((sum, size) => sum + size, 0);
  const digest = createHash('sha256');
  const bytes = await withBar('hashing', total, async (bar) => {
    let done = 0;
    for (const file of files) done += await hashFile(file, digest, bar, done);
    return done;
  });
  return { sha256: digest.digest('hex'), bytes };
};

export const hash: CommandSpec = {
  name: 'hash',
  summary: 'SHA-256 of files in a row, such as weights',
  details:
    'The files are hashed as one: their concatenation in the order given, as the weights of a ' +
    'model in several files are (in the order of its manifest).',
  arguments: [['<files...>', 'files of any size, read as a stream']],
  examples: [
    ['aivm hash weights.safetensors', 'as sha256sum, with a progress bar'],
    ['aivm hash model-00001-of-00002.bin model-00002-of-00002.bin', 'weights in two files'],
  ],
  run: async (input, session) => {
    const files = restArguments(input, 0);
    const { sha256, bytes } = await hashFiles(files);
    session.out.answer({ sha256, bytes, files }, () => sha256);
  },
};
