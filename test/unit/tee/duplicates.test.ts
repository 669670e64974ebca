import { describe, expect, it } from 'vitest';
import { readChildren } from '../../../src/tee/der/reader.ts';
import { sequence } from '../../../src/tee/generator/der.ts';
import { DEFAULT_PLATFORM, sgxExtension } from '../../../src/tee/generator/index.ts';
import { parseSgxExtension } from '../../../src/tee/x509/sgx-extension.ts';
import { must } from './vectors.ts';

/** Which of two values counts is what verifiers differ in: none may stand there twice. */
describe('the SGX extension', () => {
  const value = sgxExtension({ ...DEFAULT_PLATFORM, instanceId: undefined });
  const entries = must(readChildren(must(readChildren(value, 1))[0]?.content ?? value, 7)).map(
    ({ raw }) => raw,
  );

  it('has five entries of the Processor CA, each once', () => {
    expect(entries).toHaveLength(5);
    expect(parseSgxExtension(sequence(...entries)).ok).toBe(true);
  });

  it.each([0, 1, 2, 3, 4])('is refused with entry %d twice', (at) => {
    const twice = [...entries, ...entries.slice(at, at + 1)];
    expect(parseSgxExtension(sequence(...twice))).toMatchObject({
      ok: false,
      failure: {
        code: 'tee/sgx-extension-malformed',
        details: { what: `the entry ${at + 1} twice` },
      },
    });
  });
});
