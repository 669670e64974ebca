// The model is worth something only while it shares no code with what it is compared to.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = 'test/model';
const SPECIFIER = /^(?:import|export|\}).*\bfrom '([^']+)';$|\bimport\(/gm;

/** A neighbour in the folder, or Node's own: nothing that the program could have got wrong. */
const isOwn = (specifier: string): boolean =>
  /^\.\/[a-z-]+\.ts$/.test(specifier) || specifier === 'node:crypto';

describe('the reference model', () => {
  it('imports nothing of the program, nor any package', () => {
    const files = readdirSync(FOLDER);
    expect(files.length).toBeGreaterThan(10);
    const foreign = files.flatMap((file) =>
      [...readFileSync(join(FOLDER, file), 'utf8').matchAll(SPECIFIER)]
        .map(([, specifier = 'import()']) => specifier)
        .filter((specifier) => !isOwn(specifier))
        .map((specifier) => `${file}: ${specifier}`),
    );
    expect(foreign).toEqual([]);
  });
});
