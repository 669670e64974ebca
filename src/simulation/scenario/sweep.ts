import { ok, type Failure, type Result } from '../../codec/failure.ts';
import type { Json, JsonObject } from '../../codec/json/index.ts';
import { simulationFail } from '../errors.ts';
import { isObject, readEstimate, type ReadEstimate } from './estimate.ts';
import { MAX_GRID } from './limits.ts';
import { wrongType } from './values.ts';

type Read<T> = Result<T, Failure>;

/** A grid: an estimate at every combination of values. */
export interface ReadSweep {
  /** Names of what varies, as the scenario has them, the slowest first. */
  readonly over: readonly string[];
  readonly points: readonly ReadEstimate[];
}

const GRID = 'an object of lists: the values of each parameter that varies';

const readOver = (json: Json | undefined, path: string): Read<readonly [string, Json[]][]> => {
  if (!isObject(json) || Object.keys(json).length === 0) return wrongType(path, GRID);
  const axes: [string, Json[]][] = [];
  let points = 1;
  for (const [name, values] of Object.entries(json)) {
    if (!Array.isArray(values) || values.length === 0) return wrongType(`${path}.${name}`, GRID);
    points *= values.length;
    axes.push([name, values as Json[]]);
  }
  return points <= MAX_GRID
    ? ok(axes)
    : simulationFail('simulation/too-many', { path, limit: `${MAX_GRID} points` });
};

const combine = (fixed: JsonObject, axes: readonly [string, Json[]][]): readonly JsonObject[] =>
  axes.reduce<readonly JsonObject[]>(
    (points, [name, values]) =>
      points.flatMap((point) => values.map((value) => ({ ...point, [name]: value }))),
    [fixed],
  );

/** One entry of `sweeps`: an estimate, and the values of what varies. */
export const readSweep = (json: Json, path: string, runs: number | undefined): Read<ReadSweep> => {
  if (!isObject(json)) return wrongType(path, 'an object with `estimate` and `over`');
  const unknown = Object.keys(json).find((name) => name !== 'estimate' && name !== 'over');
  if (unknown !== undefined) {
    const details = { path: `a sweep's field at ${path}`, known: 'estimate, over' };
    return simulationFail('simulation/unknown-field', details);
  }
  const { estimate } = json;
  if (!isObject(estimate)) return wrongType(`${path}.estimate`, 'an estimate with its parameters');
  const over = readOver(json['over'], `${path}.over`);
  if (!over.ok) return over;
  const twice = over.value.find(([name]) => Object.hasOwn(estimate, name));
  if (twice !== undefined) {
    const details = { path: `${path}.over.${twice[0]}`, other: `${path}.estimate.${twice[0]}` };
    return simulationFail('simulation/twice-given', details);
  }
  const points: ReadEstimate[] = [];
  for (const point of combine(estimate, over.value)) {
    const read = readEstimate(point, `${path}.estimate`, runs);
    if (!read.ok) return read;
    points.push(read.value);
  }
  return ok({ over: over.value.map(([name]) => name), points });
};
