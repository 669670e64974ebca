import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepRerun, loadRerun, rerunFile, type Rerun } from '../../../src/cli/kit/rerun-file.ts';
import { Stop } from '../../../src/cli/kit/stop.ts';
import { temporaryFolder } from './support.ts';

const RERUN: Rerun = {
  challenge: 'ab'.repeat(32),
  round: 1,
  seat: 0,
  member: 'cd'.repeat(20),
  salt: 'ef'.repeat(32),
  answers: [
    { output: Uint8Array.of(0, 1, 2, 255), evidence: new Uint8Array() },
    { output: Uint8Array.of(7), evidence: Uint8Array.of(8, 9) },
  ],
};

const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'ok';
  } catch (error) {
    if (error instanceof Stop) return error.failure.code;
    throw error;
  }
};

const kept = (): string => {
  const file = rerunFile(join(temporaryFolder(), 'keys'), RERUN);
  keepRerun(file, RERUN);
  return file;
};

describe('what a seat keeps between commit and reveal', () => {
  it('comes back whole, from a file that only its owner can read', () => {
    const file = kept();
    expect(loadRerun(file)).toEqual(RERUN);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
  });

  it('keeps the salt of the first attempt for a second one with the same output', () => {
    const file = kept();
    expect(keepRerun(file, { ...RERUN, salt: '12'.repeat(32) }).salt).toBe(RERUN.salt);
    const [answer] = RERUN.answers;
    const other = { ...RERUN, answers: answer === undefined ? [] : [answer] };
    expect(codeOf(() => keepRerun(file, other))).toBe('cli/file-exists');
    expect(loadRerun(file)).toEqual(RERUN);
  });

  it('is refused while others may read it, and when it is damaged', () => {
    const file = kept();
    chmodSync(file, 0o604);
    expect(codeOf(() => loadRerun(file))).toBe('cli/key-file-wide');
    chmodSync(file, 0o600);
    const text = readFileSync(file, 'utf8');
    for (const damaged of [text.slice(1), text.replace('AAEC', 'AAED'), '{}', '[]']) {
      writeFileSync(file, damaged);
      expect(
        codeOf(() => loadRerun(file)),
        damaged,
      ).toBe('cli/file-unreadable');
    }
    expect(codeOf(() => loadRerun(`${file}.no`))).toBe('cli/file-unreadable');
  });
});
