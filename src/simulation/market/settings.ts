import { type Failure, hash, ok, type Result, utf8, varying } from '../../codec/index.ts';
import { fromJson, type Json } from '../../codec/json/index.ts';
import { PRESET_NAMES } from '../../genesis/presets/index.ts';
import { comparator, type Comparator } from '../../machines/comparators/record.ts';
import { evidenceIsOutput, whyUnsound } from '../../machines/comparators/index.ts';
import type { Parameters } from '../../machines/parameters/record.ts';
import {
  AGENT_KINDS,
  type AgentKind,
  DEFAULT_RATES,
  isProvider,
  type Rates,
} from '../agents/kinds.ts';
import { simulationFail } from '../errors.ts';
import { Fields } from './fields.ts';
import { marketParameters, WINDOWS } from './parameters.ts';

const LUX = 1_000_000_000n;

const MAX_GROUPS = 32;
/** Agents of one group: each has a key, a stake and an account in every block's state. */
const MAX_AGENTS = 5_000;
const MAX_BLOCKS = 1_000_000;
const MAX_RUNS = 1_000_000;
const MAX_PER_BLOCK = 1_000;
const MAX_ELEMENTS = 4_096;
const MAX_NOISE = 1_000_000_000;
/** Others whose wealth is told of beside that of groups. */
const RESERVED = [
  'consumers',
  'keeper',
  'bystanders',
  'burned',
  'treasury',
  'auditPool',
  'unsettled',
];

/** Agents of one kind that are alike. */
export interface AgentGroup {
  /** Unique in a market; tallies are named after it where the kind would not tell. */
  readonly name: string;
  readonly kind: AgentKind;
  readonly count: number;
  /** Of each, where the kind provides. */
  readonly stakeNlux: bigint;
  /** Do all have one owner's key? It gives them one seat of a challenge together (§6.1). */
  readonly oneOwner: boolean;
  /** Does one whose stake fell below what it began with top it up? */
  readonly restakes: boolean;
  /** What checking an attestation costs a voluntary challenger. */
  readonly checkNlux: bigint;
  readonly rates: Rates;
}

/** What whoever proposes blocks does to what others send. */
export interface Proposer {
  /** Share of a victim's orders that it leaves out of a block; they are sent again. */
  readonly censors: number;
  /** Group whose orders it leaves out; everybody's where it is empty. */
  readonly victims: string;
  /** Share of blocks that it builds without the beacon's round, though it is due. */
  readonly withholdsBeacon: number;
  /** Does it put orders into an order of its own? */
  readonly reorders: boolean;
}

/** A market that holds together. */
export interface Market {
  readonly parameters: Parameters;
  readonly comparator: Comparator;
  /** Elements of an output: tokens, numbers of a tensor; nothing to `exact`. */
  readonly elements: number;
  readonly rerunFeeNlux: bigint;
  readonly groups: readonly AgentGroup[];
  readonly attestationsPerBlock: number;
  /** Blocks in which attestations are asked for; what they lead to is played to its end. */
  readonly blocks: number;
  /** What a consumer pays for an attestation, and what it says a wrong one may cost it. */
  readonly feeNlux: bigint;
  readonly declaredNlux: bigint;
  /** What a wrong answer brings its author, beyond the fee; `survives` even where it is caught. */
  readonly gainNlux: bigint;
  readonly gainSurvives: boolean;
  /** What an honest run costs, and what a wrong answer does. */
  readonly computeNlux: bigint;
  readonly cheatNlux: bigint;
  /** Share of claims that a second provider is asked for, so that they can stand in a pair. */
  readonly pairs: number;
  /** Does anybody open the audits that the beacon draws? */
  readonly protocolAudits: boolean;
  /** In the audit pool at the beginning, from times before. */
  readonly auditPoolNlux: bigint;
  readonly proposer: Proposer;
  readonly signatures: boolean;
  /** Replications. */
  readonly runs: number;
  /** Of everything above but `runs`: 32 bytes, hex. */
  readonly id: string;
}

const ratesOf = (fields: Fields, kind: AgentKind): Rates => {
  const preset = DEFAULT_RATES[kind];
  return {
    cheats: fields.share('cheats', preset.cheats),
    silent: fields.share('silent', preset.silent),
    unable: fields.share('unable', preset.unable),
    withholds: fields.share('withholds', preset.withholds),
    opens: fields.share('opens', preset.opens),
    appeals: fields.share('appeals', preset.appeals),
    noise: fields.share('noise', preset.noise),
    noiseSize: fields.count('noiseSize', preset.noiseSize, 1, MAX_NOISE),
    explores: fields.share('explores', preset.explores),
  };
};

/** Reads one group; what is wrong with it is kept with the market's fields. */
const groupOf = (json: Json, path: string, fields: Fields): AgentGroup => {
  const own = new Fields(json, path);
  const kind = own.choice('kind', 'honest', AGENT_KINDS);
  const group = {
    name: own.name('name', kind, RESERVED),
    kind,
    count: own.count('count', 1, 1, MAX_AGENTS),
    stakeNlux: own.lux('stake', 1_000n * LUX),
    oneOwner: own.flag('oneOwner', false),
    restakes: own.flag('restakes', true),
    checkNlux: own.lux('checkCost', LUX / 100n),
    rates: ratesOf(own, kind),
  };
  if (own.failure !== undefined) fields.fail(own.failure);
  return group;
};

const groupsOf = (fields: Fields): readonly AgentGroup[] => {
  const given = fields.json('agents');
  const path = fields.pathOf('agents');
  if (!Array.isArray(given)) {
    fields.fail(simulationFail('simulation/wrong-type', { path, expected: 'a list of agents' }));
    return [];
  }
  if (given.length > MAX_GROUPS) {
    fields.fail(simulationFail('simulation/too-many', { path, limit: `${MAX_GROUPS} groups` }));
    return [];
  }
  const groups = (given as readonly Json[]).map((each, at) =>
    groupOf(each, `${path}[${at}]`, fields),
  );
  const names = groups.map(({ name }) => name);
  const twice = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (twice !== -1) {
    const expected = `a name of its own, since "${names[twice]}" is taken`;
    const place = `${path}[${twice}].name`;
    fields.fail(simulationFail('simulation/out-of-range', { path: place, expected }));
  }
  if (!groups.some(({ kind }) => isProvider(kind))) {
    const expected = 'agents of which some provide';
    fields.fail(simulationFail('simulation/out-of-range', { path, expected }));
  }
  return groups;
};

const proposerOf = (fields: Fields, groups: readonly AgentGroup[]): Proposer => {
  const own = new Fields(fields.json('proposer'), fields.pathOf('proposer'));
  const proposer = {
    censors: own.share('censors'),
    victims: own.choice('victims', '', ['', ...groups.map(({ name }) => name)]),
    withholdsBeacon: own.share('withholdsBeacon'),
    reorders: own.flag('reorders', false),
  };
  if (own.failure !== undefined) fields.fail(own.failure);
  return proposer;
};

const comparatorOf = (fields: Fields, drawnChunks: number): Comparator => {
  const path = fields.pathOf('comparator');
  const read = fromJson(comparator, fields.json('comparator') ?? { type: 'exact' });
  if (!read.ok) {
    const { failure } = read;
    const place = `${path}.${failure.details['path'] ?? ''}`;
    fields.fail({
      ok: false,
      failure: { ...failure, details: { ...failure.details, path: place } },
    });
    return { type: 'exact' };
  }
  if (!evidenceIsOutput(read.value)) {
    const about = { path, comparator: read.value.type };
    fields.fail(simulationFail('simulation/evidence-needed', about));
  }
  const unsound = whyUnsound(read.value, { decoding: 'greedy' }, drawnChunks);
  if (unsound !== undefined) {
    const expected = `one that a profile may have: ${unsound.code}`;
    fields.fail(simulationFail('simulation/out-of-range', { path, expected }));
  }
  return read.value;
};

const rulesOf = (fields: Fields): Parameters | undefined => {
  const rules = marketParameters({
    preset: fields.choice('preset', 'mainnet', PRESET_NAMES),
    windows: fields.choice('windows', 'local', WINDOWS),
    overrides: fields.json('parameters') ?? {},
    path: fields.pathOf('parameters'),
  });
  if (rules.ok) return rules.value;
  fields.fail(rules);
  return undefined;
};

const numbersOf = (fields: Fields) => ({
  elements: fields.count('elements', 16, 1, MAX_ELEMENTS),
  rerunFeeNlux: fields.lux('rerunFee', LUX / 100n),
  attestationsPerBlock: fields.number('attestationsPerBlock', 1, 0, MAX_PER_BLOCK),
  blocks: fields.count('blocks', 30, 1, MAX_BLOCKS),
  feeNlux: fields.lux('fee', LUX / 20n),
  declaredNlux: fields.lux('declaredValue', 0n),
  gainNlux: fields.lux('gain', 0n),
  gainSurvives: fields.flag('gainSurvives', false),
  computeNlux: fields.lux('computeCost', LUX / 100n),
  cheatNlux: fields.lux('cheatCost', 0n),
  pairs: fields.share('pairs'),
  protocolAudits: fields.flag('protocolAudits', true),
  auditPoolNlux: fields.lux('auditPool', 10n * LUX),
  signatures: fields.flag('signatures', false),
  runs: fields.count('runs', 10, 1, MAX_RUNS),
});

/**
 * The `market` section of a scenario; `docs/simulation.md` describes its fields. What is wrong is a
 * typed error with the path of the field (`details.path`). Never throws.
 */
export const parseMarket = (json: Json, path = 'market'): Result<Market, Failure> => {
  const fields = new Fields(json, path);
  const rules = rulesOf(fields);
  const groups = groupsOf(fields);
  const numbers = numbersOf(fields);
  const proposer = proposerOf(fields, groups);
  const compares = comparatorOf(fields, rules?.dispute.drawnChunks ?? 1);
  if (fields.failure !== undefined) return fields.failure;
  if (rules === undefined) return simulationFail('simulation/wrong-type', { path });
  const { runs, ...said } = numbers;
  const all = { ...said, parameters: rules, comparator: compares, groups, proposer };
  const text = JSON.stringify(all, (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
  return ok({ ...all, runs, id: hash('aivm/simulation-market/1', varying(utf8(text))) });
};
