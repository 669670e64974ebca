import { list, literalEnum, record, rows, text, blob, u16, u32, u8 } from '../codec/index.ts';
import { amount, encode, hash, optional, utf8, varying } from '../codec/index.ts';
import type { Failure, Infer, Result } from '../codec/index.ts';
import { fromJson, type Json, type JsonObject } from '../codec/json/index.ts';
import { ok } from '../codec/failure.ts';
import { comparator } from '../machines/comparators/record.ts';
import { evidenceIsOutput } from '../machines/comparators/index.ts';
import { parameters, type Parameters } from '../machines/parameters/record.ts';
import { explorationFail } from './errors.ts';
import { MOVE_NAMES } from './names.ts';
import { worldParameters } from './parameters.ts';

const MAX_TITLE_BYTES = 128;
const MAX_ABOUT_BYTES = 1_024;
const MAX_NAME_BYTES = 32;
const MAX_OUTPUT_BYTES = 4_096;
const MAX_OUTPUTS = 8;
const MAX_DEFENDANTS = 4;
const MAX_CHALLENGERS = 4;
const MAX_PAUSES = 4;

const name = text(MAX_NAME_BYTES);
const outputNames = list(name, MAX_OUTPUTS);

/**
 * Where the exploration begins: providers serve the profile and nothing is attested yet, defendants
 * have attested, or the first challenger has opened a challenge besides.
 */
export const BEGINNINGS = ['serving', 'attested', 'pair', 'audit'] as const;

/** One who attests, and may be judged for it. */
const defendants = rows(
  {
    name,
    attests: name,
    /** Outputs of which it has also signed that they are its answer: it equivocates. */
    alsoSigns: outputNames,
    stakeLux: u32,
    /** Paid for its attestation at the beginning; 0 for a claim that nobody paid for. */
    paidNlux: amount,
  },
  MAX_DEFENDANTS,
);

/** Providers from whom panels are drawn: interchangeable, so which of them sits is one case. */
const pool = record({ count: u8, stakeLux: u32, answers: outputNames });

const worldFile = record({
  title: text(MAX_TITLE_BYTES),
  about: text(MAX_ABOUT_BYTES),
  comparator,
  rerunFeeNlux: amount,
  /** Bytes of the output; those of the name's UTF-8 unless told. */
  outputs: rows({ name, bytes: optional(blob(MAX_OUTPUT_BYTES)) }, MAX_OUTPUTS),
  defendants,
  pool,
  challengers: list(name, MAX_CHALLENGERS),
  /** Defendants that move stake of theirs: each multiplies the states by when it does. */
  stakers: list(name, MAX_DEFENDANTS),
  begins: literalEnum(BEGINNINGS),
  /** What may happen besides time passing; everything else exists in no state of this world. */
  moves: list(literalEnum(MOVE_NAMES), MOVE_NAMES.length),
  /** Outcomes of the beacon: each round may come with any of so many values. */
  beaconValues: u8,
  /** Seconds for which the chain may stand still before a block, besides its own pace. */
  pauses: list(u16, MAX_PAUSES),
});
type WorldFile = Infer<typeof worldFile>;

/** A world that holds together: who there is, what may happen, and by which rules. */
export interface World extends WorldFile {
  readonly parameters: Parameters;
  /** Of everything that it says, 32 bytes, hex: a replay is of one world. */
  readonly hash: string;
}

const isObject = (json: Json): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** What a file may leave out. */
const DEFAULTS: JsonObject = {
  about: '',
  comparator: { type: 'exact' },
  rerunFeeNlux: '100000000',
  stakers: [],
  beaconValues: 1,
  pauses: [],
};
const DEFENDANT_DEFAULTS: JsonObject = { alsoSigns: [], stakeLux: 100, paidNlux: '0' };

const withDefaults = (json: JsonObject): JsonObject => {
  const { defendants: given } = json;
  const filled = Array.isArray(given)
    ? (given as readonly Json[]).map((each) =>
        isObject(each) ? { ...DEFENDANT_DEFAULTS, ...each } : each,
      )
    : given;
  return { ...DEFAULTS, ...json, ...(filled === undefined ? {} : { defendants: filled }) };
};

const NEEDED: Readonly<Record<(typeof BEGINNINGS)[number], number>> = {
  serving: 1,
  attested: 1,
  pair: 2,
  audit: 1,
};

/** What does not fit together, beyond single fields. */
const faultOf = (
  world: WorldFile,
): { readonly ok: false; readonly failure: Failure } | undefined => {
  const outputs = world.outputs.map((each) => each.name);
  const used = [
    ...world.pool.answers,
    ...world.defendants.flatMap(({ attests, alsoSigns }) => [attests, ...alsoSigns]),
  ];
  const unknown = used.find((output) => !outputs.includes(output));
  if (unknown !== undefined) {
    const details = { output: unknown, known: outputs.join(', ') };
    return explorationFail('exploration/unknown-output', details);
  }
  const names = [...world.defendants.map((each) => each.name), ...world.challengers];
  const twice = names.find((each, index) => names.indexOf(each) !== index);
  if (twice !== undefined) return explorationFail('exploration/duplicate-name', { name: twice });
  const known = world.defendants.map((each) => each.name);
  const stranger = world.stakers.find((each) => !known.includes(each));
  if (stranger !== undefined) {
    const details = { name: stranger, known: known.join(', ') };
    return explorationFail('exploration/unknown-defendant', details);
  }
  const { begins } = world;
  const needed = NEEDED[begins];
  if (world.defendants.length < needed) {
    return explorationFail('exploration/too-few-defendants', { begins, needed: `${needed}` });
  }
  if (world.challengers.length === 0) return explorationFail('exploration/nobody-challenges');
  return evidenceIsOutput(world.comparator)
    ? undefined
    : explorationFail('exploration/evidence-needed', { comparator: world.comparator.type });
};

/**
 * The world of a JSON value, as a file has it; `docs/exploration.md` describes the fields. What is
 * wrong with a field is named by its path (`details.path`). Never throws.
 */
export const parseWorld = (json: Json): Result<World, Failure> => {
  const given = isObject(json) ? json : {};
  const { parameters: overrides = {}, ...rest } = given;
  const file = fromJson(worldFile, isObject(json) ? withDefaults(rest) : json);
  if (!file.ok) return file;
  const rules = worldParameters(overrides);
  if (!rules.ok) return rules;
  const fault = faultOf(file.value);
  if (fault !== undefined) return fault;
  const said = [encode(worldFile, file.value), encode(parameters, rules.value)];
  return ok({
    ...file.value,
    parameters: rules.value,
    hash: hash('aivm/exploration-world/1', ...said.map(varying)),
  });
};

/** The bytes of an output of the world. */
export const outputBytes = ({ outputs }: Pick<World, 'outputs'>, of: string): Uint8Array =>
  outputs.find((each) => each.name === of)?.bytes ?? utf8(of);
