import { describe, it } from 'vitest';
import { createVerifyCache, nobleEngine, runConformance } from '../../../src/tee/index.ts';
import { expectFullAgreement } from './agreement.ts';
import { hasVectors, must, vectorFiles } from './vectors.ts';

describe.skipIf(!hasVectors)('conformance with the vendor library, in JavaScript only', () => {
  it('agrees on every case, with noble and caches that warm up', () => {
    const options = { engine: nobleEngine, cache: createVerifyCache() };
    expectFullAgreement(must(runConformance(vectorFiles, options)));
  });
});
