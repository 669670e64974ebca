import { assert } from '../result.ts';
import type { Engine } from './engine.ts';
import { nobleEngine } from './noble.ts';

let chosen: Engine | undefined;

/**
 * Chooses the engine of calls that name none. Once a process: the first use of the default settles
 * it too. Both engines accept the same set, so the choice changes speed and nothing else.
 */
export const chooseDefaultEngine = (engine: Engine): void => {
  assert(
    chosen === undefined || chosen.name === engine.name,
    'the default engine is chosen once, before its first use',
  );
  chosen = engine;
};

export const defaultEngine = (): Engine => {
  chosen ??= nobleEngine;
  return chosen;
};
