import { type Failure, ok, type Result } from '../../codec/index.ts';
import { fromJson, toJson, type Json } from '../../codec/json/index.ts';
import { LOCAL } from '../../genesis/presets/local.ts';
import { parameterPreset, type PresetName } from '../../genesis/presets/index.ts';
import { parameters, type Parameters } from '../../machines/parameters/record.ts';
import { checkRelations } from '../../machines/parameters/relations.ts';
import { simulationFail } from '../errors.ts';
import { isObject } from './fields.ts';

/** Whose windows: those of the preset, or those of `local` with everything else of the preset. */
export const WINDOWS = ['local', 'preset'] as const;
export type Windows = (typeof WINDOWS)[number];

/**
 * No block of a simulated market is ever full: what a block holds is the market's own setting, and
 * how much gas it takes changes nothing in what its messages cost.
 */
const BLOCK_GAS = 10n ** 13n;

/** The rules and the money of a preset with the windows of `local`, in which a life is short. */
const withLocalWindows = (preset: Parameters): Parameters => ({
  ...preset,
  windowBlocks: LOCAL.windowBlocks,
  unbondingBlocks: LOCAL.unbondingBlocks,
  epochBlocks: LOCAL.epochBlocks,
  evidenceAgeBlocks: LOCAL.evidenceAgeBlocks,
  requestExpiryMinimumBlocks: LOCAL.requestExpiryMinimumBlocks,
  requestExpiryMaximumBlocks: LOCAL.requestExpiryMaximumBlocks,
  unjailBlocks: LOCAL.unjailBlocks,
  noShowWindowBlocks: LOCAL.noShowWindowBlocks,
  noticeBlocks: LOCAL.noticeBlocks,
  tee: LOCAL.tee,
  dispute: {
    ...preset.dispute,
    publishBlocks: LOCAL.dispute.publishBlocks,
    seedBlocks: LOCAL.dispute.seedBlocks,
    commitBlocks: LOCAL.dispute.commitBlocks,
    revealBlocks: LOCAL.dispute.revealBlocks,
    appealBlocks: LOCAL.dispute.appealBlocks,
    blockTimeSeconds: LOCAL.dispute.blockTimeSeconds,
    beaconMarginSeconds: LOCAL.dispute.beaconMarginSeconds,
    unsubstantiatedOncePerBlocks: LOCAL.dispute.unsubstantiatedOncePerBlocks,
  },
});

/** Objects are merged field by field; of everything else the second counts. */
const merged = (base: Json, over: Json): Json => {
  if (!isObject(base) || !isObject(over)) return over;
  const fields = Object.entries(over).map(([name, value]) => {
    const before = Object.hasOwn(base, name) ? base[name] : undefined;
    return [name, before === undefined ? value : merged(before, value)] as const;
  });
  return { ...base, ...Object.fromEntries(fields) };
};

/** A preset with those parameters that a market names in their place; their relations must hold. */
export const marketParameters = (of: {
  readonly preset: PresetName;
  readonly windows: Windows;
  readonly overrides: Json;
  /** Where the overrides stand. */
  readonly path: string;
}): Result<Parameters, Failure> => {
  const preset = parameterPreset(of.preset);
  const scaled = of.windows === 'local' ? withLocalWindows(preset) : preset;
  const gas = { ...scaled.gas, blockGasLimit: BLOCK_GAS, timerGasLimit: BLOCK_GAS };
  const read = fromJson(parameters, merged(toJson(parameters, { ...scaled, gas }), of.overrides));
  if (!read.ok) {
    const { failure } = read;
    const path = `${of.path}.${failure.details['path'] ?? ''}`;
    return { ok: false, failure: { ...failure, details: { ...failure.details, path } } };
  }
  const [broken] = checkRelations(read.value);
  if (broken === undefined) return ok(read.value);
  const details = { path: `${of.path}.${broken.path}`, expected: broken.message };
  return simulationFail('simulation/parameter-relation', details);
};
