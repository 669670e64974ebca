import { exactly, toNumber } from '../closed-forms/exact.ts';
import { formatParameter } from '../report/format.ts';
import type { Estimate, ParameterValue } from '../result.ts';
import { symbolOf } from './labels.ts';

/** Estimates that differ in one parameter only, in its order. */
export interface Sweep {
  /** What tells it from other sweeps of the figure, such as `n = 7`; empty if it is alone. */
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly estimate: Estimate }[];
}

/** The number that a parameter is; shares may be written `"1/3"`. */
export const numberOf = (value: ParameterValue | undefined): number | undefined => {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const exact = exactly(value);
  return exact === undefined ? undefined : toNumber(exact);
};

type Values = Readonly<Record<string, ParameterValue>>;

const without = (values: Values, parameter: string): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name !== parameter));

/** Equal for equal values, in whichever order they were given. */
const keyOf = (values: Values): string =>
  JSON.stringify(Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** The parameters in which sweeps differ from one another. */
const labelsOf = (rests: readonly Values[]): readonly string[] => {
  const names = [...new Set(rests.flatMap((rest) => Object.keys(rest)))];
  const told = names.filter(
    (name) => new Set(rests.map((rest) => JSON.stringify(rest[name] ?? null))).size > 1,
  );
  return rests.map((rest) =>
    told
      .filter((name) => rest[name] !== undefined)
      .map((name) => `${symbolOf(name)} = ${formatParameter(rest[name] ?? '')}`)
      .join(', '),
  );
};

/** All sweeps of one estimate over one parameter, of at least two different values each. */
export const sweepsOf = (
  estimates: readonly Estimate[],
  name: string,
  parameter: string,
): readonly Sweep[] => {
  const groups = new Map<string, { rest: Values; points: Map<number, Estimate> }>();
  for (const estimate of estimates) {
    const x = numberOf(estimate.parameters[parameter]);
    if (estimate.name !== name || x === undefined) continue;
    const rest = without(estimate.parameters, parameter);
    const key = keyOf(rest);
    const group = groups.get(key) ?? { rest, points: new Map<number, Estimate>() };
    groups.set(key, group);
    if (!group.points.has(x)) group.points.set(x, estimate);
  }
  const swept = [...groups.values()].filter(({ points }) => points.size > 1);
  const labels = labelsOf(swept.map(({ rest }) => rest));
  return swept.map(({ points }, at) => ({
    label: labels[at] ?? '',
    points: [...points]
      .map(([x, estimate]) => ({ x, estimate }))
      .toSorted((left, right) => left.x - right.x),
  }));
};

/** The parameters over which an estimate was swept, the one with most points first. */
export const sweptParameters = (
  estimates: readonly Estimate[],
  name: string,
): readonly string[] => {
  const named = estimates.filter((estimate) => estimate.name === name);
  const parameters = [...new Set(named.flatMap((estimate) => Object.keys(estimate.parameters)))];
  return parameters
    .map((parameter) => ({
      parameter,
      most: Math.max(0, ...sweepsOf(named, name, parameter).map(({ points }) => points.length)),
    }))
    .filter(({ most }) => most > 0)
    .toSorted((left, right) => right.most - left.most)
    .map(({ parameter }) => parameter);
};
