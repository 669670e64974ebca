// The generated tables of docs/simulation.md: what scenarios may ask for, from the program itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../src/codec/json/index.ts';
import { AGENT_KINDS, DEFAULT_RATES } from '../../src/simulation/agents/kinds.ts';
import {
  type EstimateDefinition,
  ESTIMATES,
  type Parameter,
} from '../../src/simulation/estimates/index.ts';
import { FIGURES } from '../../src/simulation/figures/index.ts';
import { type Market, parseMarket } from '../../src/simulation/market/index.ts';
import type { ParameterValue } from '../../src/simulation/result.ts';
import { SCENARIO_FIELDS } from '../../src/simulation/scenario/index.ts';
import { AGENT, KINDS, MARKET, OBSERVATIONS, PROPOSER, SCENARIO } from './simulation/about.ts';
import { STUDY_SECTIONS } from './simulation/study.ts';
import { code, replaceSection, table } from './section.ts';

export const SIMULATION_PAGE = 'docs/simulation.md';

/** A name that no scenario may use: what refuses it tells the names that there are. */
const UNKNOWN = 'unknown';
const SOMEBODY = { kind: 'honest' } as const;

/** The names that `refused`, a market with an unknown field in it, might have had. */
const namesOf = (refused: Json): readonly string[] => {
  const read = parseMarket(refused);
  if (read.ok) throw new Error(`A market has a field ${UNKNOWN}: choose another name.`);
  const { code: failed, details } = read.failure;
  if (failed !== 'simulation/unknown-field') throw new Error(`${failed} instead of a list.`);
  return String(details['known']).split(', ');
};

const leastMarket = (): Market => {
  const read = parseMarket({ agents: [SOMEBODY] });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
};

const NLUX = 1_000_000_000;

/** Defaults by the name of the field: a market keeps amounts in nLUX under another. */
const shown = (name: string, held: Readonly<Record<string, unknown>>): string => {
  const value = held[name] ?? held[`${name}Nlux`] ?? held[`${name.replace(/Cost$/, '')}Nlux`];
  if (typeof value === 'bigint') return `${Number(value) / NLUX} LUX`;
  return typeof value === 'object' || value === undefined || value === '' ? '' : code(`${value}`);
};

/** Each name with its meaning. Throws where the two lists are not the same. */
const rows = (
  names: readonly string[],
  about: Readonly<Record<string, string>>,
  preset: (name: string) => string,
): readonly (readonly string[])[] => {
  const stale = Object.keys(about).find((name) => !names.includes(name));
  if (stale !== undefined) throw new Error(`There is no ${stale}: take it out of about.ts.`);
  return names.map((name) => {
    const says = about[name];
    if (says === undefined)
      throw new Error(`Say in tools/docs/simulation/about.ts what ${name} is.`);
    return [code(name), says, preset(name)];
  });
};

const renderMarket = (): string => {
  const market = leastMarket();
  const held = { ...market, declaredValueNlux: market.declaredNlux, preset: 'mainnet' };
  const defaults = { ...held, windows: 'local', comparator: 'exact' };
  const names = namesOf({ agents: [SOMEBODY], [UNKNOWN]: 0 });
  return table(
    ['field', 'says', 'else'],
    rows(names, MARKET, (name) => shown(name, defaults)),
  );
};

const renderAgents = (): string => {
  const [group] = leastMarket().groups;
  const names = namesOf({ agents: [{ ...SOMEBODY, [UNKNOWN]: 0 }] });
  const held = { ...group, ...group?.rates, name: '' };
  return table(
    ['field', 'says', 'else'],
    rows(names, AGENT, (name) => shown(name, held)),
  );
};

const renderKinds = (): string => {
  const rates = (kind: string): string => {
    const own = Object.entries(DEFAULT_RATES[kind as keyof typeof DEFAULT_RATES]);
    const told = own.filter(([name, value]) => value !== 0 && name !== 'noiseSize');
    return told.map(([name, value]) => `${code(name)} ${value}`).join(', ');
  };
  return table(['kind', 'is', 'unless told'], rows(AGENT_KINDS, KINDS, rates));
};

const renderProposer = (): string => {
  const names = namesOf({ agents: [SOMEBODY], proposer: { [UNKNOWN]: 0 } });
  const { proposer } = leastMarket();
  return table(
    ['field', 'says', 'else'],
    rows(names, PROPOSER, (name) => shown(name, { ...proposer })),
  );
};

const typeOf = ({ is }: Parameter): string => {
  switch (is.type) {
    case 'share':
      return 'share';
    case 'shares':
      return `list of at most ${is.most} shares`;
    case 'count':
      return `${is.least} to ${is.most}`;
    case 'counts':
      return `list of at most ${is.items}, each ${is.least} to ${is.most}`;
    case 'amount':
      return 'LUX';
    case 'amounts':
      return `list of at most ${is.items} amounts`;
    case 'flag':
      return '`true` or `false`';
    case 'choice':
      return is.choices.map(code).join(' or ');
  }
};

const valueText = (value: ParameterValue | undefined): string =>
  value === undefined ? '' : code(Array.isArray(value) ? `[${value.join(', ')}]` : `${value}`);

const parameterRow = (parameter: Parameter): readonly string[] => [
  [parameter.name, ...parameter.aliases].map(code).join(', '),
  parameter.about,
  typeOf(parameter),
  valueText(parameter.default),
];

const renderEstimate = ({ name, about, source, parameters }: EstimateDefinition): string =>
  [
    `### \`${name}\``,
    '',
    `${about} Closed form: ${source}.`,
    '',
    table(['parameter', 'says', 'is', 'else'], parameters.map(parameterRow)),
  ].join('\n');

const scenarioRows = (): readonly (readonly string[])[] =>
  rows(SCENARIO_FIELDS, SCENARIO, () => '').map(([name = '', says = '']) => [name, says]);

const SECTIONS: readonly (readonly [name: string, render: () => string])[] = [
  ['scenario fields', () => table(['field', 'says'], scenarioRows())],
  ['estimates', () => ESTIMATES.map(renderEstimate).join('\n\n')],
  ['market fields', renderMarket],
  ['agent fields', renderAgents],
  ['agent kinds', renderKinds],
  ['proposer fields', renderProposer],
  [
    'observations',
    () =>
      table(
        ['name', 'is'],
        OBSERVATIONS.map(([name, is]) => [code(name), is]),
      ),
  ],
  [
    'figures',
    () =>
      table(
        ['name', 'shows'],
        FIGURES.map((f) => [code(f.name), f.about]),
      ),
  ],
  ...STUDY_SECTIONS,
];

/** The page with its tables as the program has them. */
export const renderSimulation = (root: string): string =>
  SECTIONS.reduce(
    (page, [name, render]) => replaceSection(page, name, render()),
    readFileSync(join(root, SIMULATION_PAGE), 'utf8'),
  );
