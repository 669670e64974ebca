import { playAudits } from './audit.ts';
import { playEquivocation } from './equivocation.ts';
import { playLadder } from './ladder.ts';
import { playLife } from './life.ts';
import { playTolerance } from './tolerance.ts';
import { recordVector, type Script, type Suite, type Vector } from './vector.ts';

const SCRIPTS: Readonly<Record<Suite, () => Script | Promise<Script>>> = {
  life: playLife,
  ladder: playLadder,
  tolerance: playTolerance,
  audit: playAudits,
  equivocation: playEquivocation,
};

/** Plays a suite and writes down what each of its blocks gives: the same every time. */
export const makeVector = async (suite: Suite): Promise<Vector> =>
  recordVector(suite, await SCRIPTS[suite]());
