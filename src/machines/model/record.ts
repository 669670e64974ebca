import {
  amount,
  bool,
  hex,
  optional,
  record,
  text,
  u32,
  u64,
  type Infer,
} from '../../codec/index.ts';

export const MODEL_NAME_BYTES = 128;
export const MODEL_ARCHITECTURE_BYTES = 64;
export const MODEL_LICENSE_BYTES = 64;

/** What the owner of a model may change; everything else is fixed by the weights. */
export const modelMetadata = {
  name: text(MODEL_NAME_BYTES),
  version: u64,
  architecture: text(MODEL_ARCHITECTURE_BYTES),
  paramCount: u64,
  license: text(MODEL_LICENSE_BYTES),
};

export const modelContext = record({
  owner: hex(20),
  weightHash: hex(32),
  teeRequired: bool,
  ...modelMetadata,
  registeredAt: u64,
  /** Profiles that exist, retired ones included. */
  profileCount: u32,
  /** To whom the owner has offered it. */
  offeredTo: optional(hex(20)),
  depositNlux: amount,
});
export type ModelContext = Infer<typeof modelContext>;

const NOBODY = '0'.repeat(40);

export const initialModel: ModelContext = {
  owner: NOBODY,
  weightHash: '0'.repeat(64),
  teeRequired: false,
  name: '',
  version: 0n,
  architecture: '',
  paramCount: 0n,
  license: '',
  registeredAt: 0n,
  profileCount: 0,
  offeredTo: undefined,
  depositNlux: 0n,
};

/** The deposit against state growth rests with it until it is removed (PROTOCOL §2). */
export const heldByModel = ({ depositNlux }: ModelContext): bigint => depositNlux;
