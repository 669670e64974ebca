import type { Parameters } from '../../machines/parameters/record.ts';
import { LOCAL } from './local.ts';
import { MAINNET } from './mainnet.ts';
import { TESTNET } from './testnet.ts';

/** Parameter sets by name; a genesis file starts from one and changes what it wants. */
export const PARAMETER_PRESETS = { mainnet: MAINNET, testnet: TESTNET, local: LOCAL } as const;
export type PresetName = keyof typeof PARAMETER_PRESETS;

/** The names, in the order in which they are shown. */
export const PRESET_NAMES = [
  'mainnet',
  'testnet',
  'local',
] as const satisfies readonly PresetName[];

export const parameterPreset = (name: PresetName): Parameters => PARAMETER_PRESETS[name];
