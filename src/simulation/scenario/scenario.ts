import { ok, type Failure, type Result } from '../../codec/failure.ts';
import type { Json, JsonObject } from '../../codec/json/index.ts';
import { utf8 } from '../../codec/index.ts';
import { simulationFail } from '../errors.ts';
import { keyOf, type EstimateRequest } from '../estimates/request.ts';
import { isObject, readEstimate, type ReadEstimate } from './estimate.ts';
import { MAX_ABOUT_CHARACTERS, MAX_ESTIMATES, MAX_FIGURES, MAX_GRID } from './limits.ts';
import { MAX_NAME_CHARACTERS, MAX_RUNS, MAX_SCENARIO_BYTES, MAX_SWEEPS } from './limits.ts';
import { RUNS_LEAST } from './limits.ts';
import { readSweep } from './sweep.ts';
import { readCount, wrongType } from './values.ts';

type Read<T> = Result<T, Failure>;

/** A grid of a scenario. */
export interface Sweep {
  /** Names of what varies, the slowest first. */
  readonly over: readonly string[];
  /** One at each point of the grid. */
  readonly requests: readonly EstimateRequest[];
}

/** What a scenario asks for, checked, with all defaults. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly seed: string;
  /** For everything that does not say how many itself. */
  readonly runs: number | undefined;
  readonly estimates: readonly EstimateRequest[];
  readonly sweeps: readonly Sweep[];
  /** As the file has it: the market reads it. */
  readonly market: Json | undefined;
  /** Names of pictures; `undefined` where the scenario does not choose. */
  readonly figures: readonly string[] | undefined;
}

export const SCENARIO_FIELDS = [
  '$schema',
  'name',
  'about',
  'seed',
  'runs',
  'estimates',
  'sweeps',
  'market',
  'figures',
] as const;

const readText = (
  json: Json | undefined,
  path: string,
  { most, fallback }: { readonly most: number; readonly fallback?: string },
): Read<string> => {
  const expected = `a text of 1 to ${most} characters`;
  if (json === undefined) {
    return fallback === undefined
      ? simulationFail('simulation/missing-field', { path, expected })
      : ok(fallback);
  }
  if (typeof json !== 'string') return wrongType(path, expected);
  const isLong = json.length > 0 || fallback !== undefined;
  // Half a character has no bytes that a stream could begin with.
  const isWithin = json.length <= most && isLong && json.isWellFormed();
  return isWithin ? ok(json) : simulationFail('simulation/out-of-range', { path, expected });
};

const SEED = `a whole number, or a text of up to ${MAX_NAME_CHARACTERS} characters`;

const readSeed = (json: Json | undefined): Read<string> => {
  if (json === undefined) {
    return simulationFail('simulation/missing-field', { path: 'seed', expected: SEED });
  }
  if (typeof json === 'number') {
    return Number.isSafeInteger(json) ? ok(String(json)) : wrongType('seed', SEED);
  }
  return typeof json === 'string'
    ? readText(json, 'seed', { most: MAX_NAME_CHARACTERS })
    : wrongType('seed', SEED);
};

/** Every entry of a list that may be left out. */
const readEach = <T>(
  json: Json | undefined,
  path: string,
  most: number,
  readItem: (item: Json, path: string) => Read<T>,
): Read<readonly T[]> => {
  if (json === undefined) return ok([]);
  if (!Array.isArray(json)) return wrongType(path, 'a list');
  if (json.length > most) {
    return simulationFail('simulation/too-many', { path, limit: String(most) });
  }
  const items: T[] = [];
  for (const [index, item] of (json as readonly Json[]).entries()) {
    const read = readItem(item, `${path}[${index}]`);
    if (!read.ok) return read;
    items.push(read.value);
  }
  return ok(items);
};

const readFigure = (json: Json, path: string): Read<string> =>
  readText(json, path, { most: MAX_NAME_CHARACTERS });

/** Numbers those that ask for the same. */
const numbering = () => {
  const asked = new Map<string, number>();
  return (read: ReadEstimate): EstimateRequest => {
    const key = keyOf({ ...read, repeated: 0 });
    const repeated = asked.get(key) ?? 0;
    asked.set(key, repeated + 1);
    return { ...read, repeated };
  };
};

const readRequests = (json: JsonObject, runs: number | undefined) => {
  const estimates = readEach(json['estimates'], 'estimates', MAX_ESTIMATES, (item, path) =>
    readEstimate(item, path, runs),
  );
  if (!estimates.ok) return estimates;
  const sweeps = readEach(json['sweeps'], 'sweeps', MAX_SWEEPS, (item, path) =>
    readSweep(item, path, runs),
  );
  if (!sweeps.ok) return sweeps;
  const points = sweeps.value.reduce((sum, each) => sum + each.points.length, 0);
  if (points > MAX_GRID) {
    return simulationFail('simulation/too-many', { path: 'sweeps', limit: `${MAX_GRID} points` });
  }
  const numbered = numbering();
  return ok({
    estimates: estimates.value.map(numbered),
    sweeps: sweeps.value.map(({ over, points: of }): Sweep => ({
      over,
      requests: of.map(numbered),
    })),
  });
};

const readRuns = (json: Json | undefined): Read<number | undefined> =>
  json === undefined
    ? ok(undefined)
    : readCount(json, 'runs', { least: RUNS_LEAST, most: MAX_RUNS });

const checkFields = (json: JsonObject): Read<undefined> => {
  const known: readonly string[] = SCENARIO_FIELDS;
  const unknown = Object.keys(json).find((name) => !known.includes(name));
  if (unknown === undefined) return ok(undefined);
  const path = /^\w{1,64}$/.test(unknown) ? unknown : '(unprintable name)';
  return simulationFail('simulation/unknown-field', { path, known: known.join(', ') });
};

/**
 * The scenario of a JSON value, as a file has it. What is wrong is named by its place in the file
 * (`details.path`), with what is known or expected there. Never throws.
 */
export const parseScenario = (json: Json): Read<Scenario> => {
  if (!isObject(json)) return wrongType('all', 'an object');
  const fields = checkFields(json);
  if (!fields.ok) return fields;
  const name = readText(json['name'], 'name', { most: MAX_NAME_CHARACTERS });
  if (!name.ok) return name;
  const about = readText(json['about'], 'about', { most: MAX_ABOUT_CHARACTERS, fallback: '' });
  if (!about.ok) return about;
  const seed = readSeed(json['seed']);
  if (!seed.ok) return seed;
  const runs = readRuns(json['runs']);
  if (!runs.ok) return runs;
  const requests = readRequests(json, runs.value);
  if (!requests.ok) return requests;
  const figures = readEach(json['figures'], 'figures', MAX_FIGURES, readFigure);
  if (!figures.ok) return figures;
  const { market } = json;
  const isEmpty = requests.value.estimates.length + requests.value.sweeps.length === 0;
  if (isEmpty && market === undefined && figures.value.length === 0) {
    return simulationFail('simulation/nothing-asked');
  }
  return ok({
    name: name.value,
    about: about.value,
    seed: seed.value,
    runs: runs.value,
    ...requests.value,
    market,
    figures: json['figures'] === undefined ? undefined : figures.value,
  });
};

/** The JSON value of a file's text. Limit: MAX_SCENARIO_BYTES. */
export const readScenarioText = (text: string): Read<Json> => {
  if (utf8(text).length > MAX_SCENARIO_BYTES) {
    return simulationFail('simulation/scenario-too-large', {
      limit: `${MAX_SCENARIO_BYTES} bytes`,
    });
  }
  try {
    return ok(JSON.parse(text) as Json);
  } catch (error) {
    return simulationFail('simulation/not-json', { reason: String(error) });
  }
};
