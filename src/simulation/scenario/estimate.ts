import { ok, type Failure, type Result } from '../../codec/failure.ts';
import type { Json, JsonObject } from '../../codec/json/index.ts';
import { simulationFail } from '../errors.ts';
import type { EstimateDefinition } from '../estimates/definition.ts';
import type { Parameter } from '../estimates/parameters.ts';
import { definitionOf, ESTIMATE_NAMES } from '../estimates/registry.ts';
import { defaultRuns } from '../estimates/request.ts';
import { Settings } from '../estimates/settings.ts';
import type { ParameterValue } from '../result.ts';
import { MAX_RUNS, RUNS_LEAST } from './limits.ts';
import { readCount, readValue, wrongType } from './values.ts';

type Read<T> = Result<T, Failure>;

/** An estimate as it was asked for, before it is known what was asked for besides. */
export interface ReadEstimate {
  readonly estimate: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly runs: number;
}

/** What stands in an entry besides the parameters of its estimate. */
const OWN_FIELDS = ['estimate', 'runs'];

export const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** A name from outside may be anything: it is repeated only where that is harmless. */
const shown = (name: string): string =>
  /^[\p{L}\p{N}_-]{1,64}$/u.test(name) ? name : '(unprintable name)';

const spelled = ({ name, aliases }: Parameter): string =>
  aliases.length === 0 ? name : `${name} (${aliases.join(', ')})`;

/** All names under which a parameter may be given. */
export const namesOf = ({ name, aliases }: Parameter): readonly string[] => [name, ...aliases];

const checkNames = (of: EstimateDefinition, json: JsonObject, path: string): Read<undefined> => {
  const known = new Set([...OWN_FIELDS, ...of.parameters.flatMap(namesOf)]);
  const unknown = Object.keys(json).find((name) => !known.has(name));
  if (unknown === undefined) return ok(undefined);
  return simulationFail('simulation/unknown-parameter', {
    path: `${path}.${shown(unknown)}`,
    estimate: of.name,
    known: [...of.parameters.map(spelled), 'runs'].join(', '),
  });
};

/** The values that are given, by canonical names, and those of defaults. */
const readParameters = (
  of: EstimateDefinition,
  json: JsonObject,
  path: string,
): Read<Readonly<Record<string, ParameterValue>>> => {
  const values: Record<string, ParameterValue> = {};
  for (const parameter of of.parameters) {
    const [given, other] = namesOf(parameter).filter((name) => Object.hasOwn(json, name));
    if (other !== undefined) {
      const details = { path: `${path}.${given}`, other };
      return simulationFail('simulation/twice-given', details);
    }
    const value = given === undefined ? undefined : json[given];
    if (value !== undefined) {
      const read = readValue(parameter.is, value, `${path}.${given}`);
      if (!read.ok) return read;
      values[parameter.name] = read.value;
    } else if (parameter.default !== undefined) {
      values[parameter.name] = parameter.default;
    }
  }
  return ok(values);
};

const checkTogether = (
  of: EstimateDefinition,
  settings: Settings,
  path: string,
): Read<undefined> => {
  const misfit = of.misfit(settings);
  if (misfit === undefined) return ok(undefined);
  const { parameter, expected, other } = misfit;
  const at = `${path}.${parameter}`;
  return other === undefined
    ? simulationFail('simulation/out-of-range', { path: at, expected })
    : simulationFail('simulation/not-together', { path: at, other, reason: expected });
};

/** One entry of `estimates`; `path` is where it stands. */
export const readEstimate = (
  json: Json,
  path: string,
  runs: number | undefined,
): Read<ReadEstimate> => {
  if (!isObject(json)) return wrongType(path, 'an object with the name of an estimate');
  const { estimate: name } = json;
  const known = ESTIMATE_NAMES.join(', ');
  if (typeof name !== 'string') {
    return simulationFail('simulation/missing-field', {
      path: `${path}.estimate`,
      expected: `the name of an estimate, one of ${known}`,
    });
  }
  const of = definitionOf(name);
  if (of === undefined) {
    const details = { path: `${path}.estimate`, estimate: shown(name), known };
    return simulationFail('simulation/unknown-estimate', details);
  }
  const named = checkNames(of, json, path);
  if (!named.ok) return named;
  const parameters = readParameters(of, json, path);
  if (!parameters.ok) return parameters;
  const settings = new Settings(parameters.value);
  const together = checkTogether(of, settings, path);
  if (!together.ok) return together;
  const own = json['runs'];
  if (own === undefined) {
    const usual = defaultRuns(of, settings);
    const all = of.isCertain?.(settings) === true ? usual : (runs ?? usual);
    return ok({ estimate: name, parameters: parameters.value, runs: all });
  }
  const read = readCount(own, `${path}.runs`, { least: RUNS_LEAST, most: MAX_RUNS });
  return read.ok ? ok({ estimate: name, parameters: parameters.value, runs: read.value }) : read;
};
