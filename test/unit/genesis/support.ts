import type { Failure } from '../../../src/codec/index.ts';
import { parseGenesis } from '../../../src/genesis/index.ts';

/** A file that is right, to be changed by a test. */
export const FILE = {
  network: 'custom',
  networkId: 4_242,
  time: 1_767_225_600,
  beacon: { type: 'dev' },
  parameters: { preset: 'local' },
  allocations: { '00000000000000000000000000000000000000aa': '100 LUX' },
} as const;

export const parse = (file: object) => parseGenesis(JSON.stringify(file));

export const failuresOf = (file: object | string): readonly Failure[] => {
  const result = typeof file === 'string' ? parseGenesis(file) : parse(file);
  return result.ok ? [] : result.failure;
};

/** `code path` of each failure. */
export const places = (file: object | string): readonly string[] =>
  failuresOf(file).map(({ code, details }) => `${code} ${details['path'] ?? ''}`.trim());
