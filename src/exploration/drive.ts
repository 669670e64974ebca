import type { Exploration, Progress } from './explore.ts';

/** Some dozens of milliseconds of work: a stop is heeded, and progress looks alive. */
const STATES_PER_TURN = 16;

/**
 * Runs an exploration in turns, so that signals and timers have theirs. `onProgress` is told after
 * each; `giveWay` returns when the next may begin.
 */
export const drive = async (
  run: Generator<Progress, Exploration>,
  giveWay: () => Promise<void>,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Exploration> => {
  for (let turn = 1; ; turn += 1) {
    const step = run.next();
    if (step.done === true) return step.value;
    if (turn % STATES_PER_TURN !== 0) continue;
    onProgress(step.value);
    await giveWay();
  }
};
