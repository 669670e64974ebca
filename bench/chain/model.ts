import { encode, modelId, profileHash, sha256Hex, utf8 } from '../../src/codec/index.ts';
import { profileSpecification } from '../../src/machines/profile/record.ts';

export const WEIGHT_HASH = sha256Hex(utf8('weights'));
/** So low that a provider may hold many fees at a time under its exposure cap (PROTOCOL §5). */
const RERUN_FEE_NLUX = 1_000n;

export const MODEL_ID = modelId({ weightHash: WEIGHT_HASH, teeRequired: false });

export const SPECIFICATION = {
  modelId: MODEL_ID,
  comparator: { type: 'exact' },
  precision: { engine: 'reference', dtype: 'f32', settings: '', decoding: 'none' },
  tee: { type: 'none' },
  rerunFeeNlux: RERUN_FEE_NLUX,
} as const;

export const PROFILE_HASH = profileHash(encode(profileSpecification, SPECIFICATION));

export const METADATA = {
  name: 'a model',
  version: 1n,
  architecture: 'transformer',
  paramCount: 7n,
  license: 'Apache-2.0',
} as const;
