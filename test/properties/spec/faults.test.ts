import { describe, expect, it } from 'vitest';
import { FAULTS, findFault } from '../../../tools/spec/faults.ts';

const SEED = 20_261_123;
/** Reading the specification takes seconds each time; `npm run spec -- --faults` tries them all. */
const TRIED = FAULTS.slice(0, 4);
const TIMEOUT_MS = 120_000;

describe('a fault in the specification is found', () => {
  it.concurrent.each(TRIED)(
    '$name: $violates',
    async (fault) => {
      expect(await findFault(fault, SEED)).toBe(fault.violates);
    },
    TIMEOUT_MS,
  );
});
