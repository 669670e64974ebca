import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATE_INVARIANTS, STEP_INVARIANTS } from '../../../src/testing/index.ts';
import { lives } from './chaos/life.ts';
import { emptyTally, playLife } from './chaos/run.ts';

const SEED = 20_261_123;
const LIVES = 40;
/** On a machine that does much else. */
const TIME_LIMIT_MS = 300_000;

/**
 * One message to a block and, in some lives, one timer: what is checked after the block has been
 * checked after the message, with all that follows from it.
 */
describe('lives in which anybody may send anything (after every message)', () => {
  const tally = emptyTally();

  // The title names all that is looked for, so that docs/invariants.md can list it.
  it(
    'hold I1 I2 I3 I4 I5 I6 I7 I8 I9 I10 I11 I12 I13 I15 I21 I22 I23 I24 I25 I29 I32 I33 I34 I35 ' +
      'I36 I37 I38 I40 I41 I42 I43 I44 I45 I46 I46b I48 I49 I52 I54',
    () => {
      const seen = [...STATE_INVARIANTS, ...STEP_INVARIANTS].map(({ id }) => id);
      const title = expect.getState().currentTestName ?? '';
      const named = new Set(title.match(/\bI\d+b?\b/g));
      // I37 is no matter of a state: every life ends with all who can withdrawing what they have.
      expect(named).toEqual(new Set([...seen, 'I37']));
      fc.assert(
        fc.property(lives(), (life) => playLife(life, tally)),
        { seed: SEED, numRuns: LIVES },
      );
    },
    TIME_LIMIT_MS,
  );

  it('and see enough: all forms of challenges, all endings that matter, every verdict', () => {
    expect(tally.applied).toBeGreaterThan(1_500);
    expect(tally.refused).toBeGreaterThan(500);
    expect(tally.challenges).toBeGreaterThan(60);
    expect(tally.appeals).toBeGreaterThan(5);
    expect(Object.keys(tally.endings)).toEqual(
      expect.arrayContaining(['decided', 'lastPanel', 'equivocation', 'outputsMissing']),
    );
    expect(Object.keys(tally.verdicts)).toEqual(
      expect.arrayContaining(['valid', 'faulty', 'unsubstantiated', 'void']),
    );
    expect(Object.keys(tally.forms).toSorted()).toEqual([
      'audit',
      'equivocation',
      'pair',
      'protocolAudit',
    ]);
  });
});
