import { type Failure, ok, type Result } from '../codec/index.ts';
import { fromJson, toJson, type Json, type JsonObject } from '../codec/json/index.ts';
import { LOCAL } from '../genesis/presets/local.ts';
import { parameters, type Parameters } from '../machines/parameters/record.ts';
import { checkRelations } from '../machines/parameters/relations.ts';
import { explorationFail } from './errors.ts';

/**
 * The rules of a world unless it says otherwise: those of PROTOCOL §9 with every window as short as
 * it can be while everything that may happen in it still can. A message takes no time of its own,
 * so a window of one block holds any number of them. One panel of one seat: the base protocol. Gas
 * costs nothing, so that what a state is does not depend on how much was tried before.
 */
export const SMALLEST: Parameters = {
  ...LOCAL,
  windowBlocks: 3n,
  unbondingBlocks: 60n,
  epochBlocks: 1n,
  evidenceAgeBlocks: 30n,
  requestExpiryMinimumBlocks: 1n,
  requestExpiryMaximumBlocks: 10n,
  unjailBlocks: 2n,
  noShowWindowBlocks: 8n,
  noticeBlocks: 60n,
  gas: { blockGasLimit: 1_000_000_000n, minimumPriceNlux: 0n, timerGasLimit: 1_000_000_000n },
  dispute: {
    ...LOCAL.dispute,
    publishBlocks: 1n,
    // The round is due a block after the window begins, and the window holds one block more.
    seedBlocks: 2n,
    commitBlocks: 1n,
    // As above: chunks are named by a round that is due in the second block of the window.
    revealBlocks: 2n,
    appealBlocks: 1n,
    beaconMarginSeconds: 1n,
    unsubstantiatedOncePerBlocks: 8n,
    pairPanels: [1],
    auditPanels: [3],
  },
};

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** Objects are merged field by field; of everything else the second counts. */
const merged = (base: Json, over: Json): Json => {
  if (!isObject(base) || !isObject(over)) return over;
  const fields = Object.entries(over).map(([name, value]) => {
    const before = Object.hasOwn(base, name) ? base[name] : undefined;
    return [name, before === undefined ? value : merged(before, value)] as const;
  });
  return { ...base, ...Object.fromEntries(fields) };
};

/** The parameters with those that a world names in their place; their relations must hold. */
export const worldParameters = (overrides: Json): Result<Parameters, Failure> => {
  const read = fromJson(parameters, merged(toJson(parameters, SMALLEST), overrides));
  if (!read.ok) {
    const { failure } = read;
    const path = `parameters.${failure.details['path'] ?? ''}`;
    return { ok: false, failure: { ...failure, details: { ...failure.details, path } } };
  }
  const [broken] = checkRelations(read.value);
  if (broken === undefined) return ok(read.value);
  const path = `parameters.${broken.path}`;
  return explorationFail('exploration/parameter-relation', { path, expected: broken.message });
};
