import {
  amount,
  embedded,
  hex,
  list,
  literalEnum,
  optional,
  record,
  text,
} from '../../codec/index.ts';
import { u16, u32, u64, variants, type Infer } from '../../codec/index.ts';
import { comparator } from '../comparators/record.ts';
import { collection } from '../kit/collection.ts';
import { measurement } from '../tee/measurement.ts';
import { profilePolicy } from '../tee/policy.ts';

export const PROFILE_TEXT_BYTES = 128;
export const MAX_MEASUREMENTS = 16;

/** How tokens are chosen; `none` where the output is not chosen token by token. */
export const DECODINGS = ['none', 'greedy', 'sampled'] as const;

/** What makes two runs comparable: engine, number format, decode settings, as people name them. */
export const precision = record({
  engine: text(PROFILE_TEXT_BYTES),
  dtype: text(PROFILE_TEXT_BYTES),
  settings: text(PROFILE_TEXT_BYTES),
  decoding: literalEnum(DECODINGS),
});
export type Precision = Infer<typeof precision>;

const measurements = list(embedded(measurement), MAX_MEASUREMENTS);

/** What the profile asks of a TEE report (PROTOCOL §8). */
export const teeRequirement = variants({
  none: [0, {}],
  required: [
    1,
    {
      measurements,
      /** Never laxer than the chain's when it is registered; absent: the chain's own. */
      policy: optional(embedded(profilePolicy)),
      /** Longest life of an enclave key; 0 for none: each attestation brings a report. */
      enclaveKeySeconds: u64,
    },
  ],
});

/** The immutable part of a profile; its hash is the profile's name (PROTOCOL §2). */
export const profileSpecification = record({
  modelId: hex(32),
  comparator,
  precision,
  tee: teeRequirement,
  rerunFeeNlux: amount,
});
export type ProfileSpecification = Infer<typeof profileSpecification>;

/** A version of the set of those who serve a profile: root of a copy-on-write sum tree. */
export const stakeSet = record({
  /** Node id; 0 is the empty set. */
  root: u64,
  weightNlux: amount,
  owners: u32,
});
export type StakeSet = Infer<typeof stakeSet>;
export const EMPTY_SET: StakeSet = { root: 0n, weightNlux: 0n, owners: 0 };

export const profileContext = record({
  specification: profileSpecification,
  creator: hex(20),
  registeredAt: u64,
  depositNlux: amount,
  /** Accepted measurements, those appended after registration included. */
  measurements,
  retiredAt: u64,
  members: u32,
  live: stakeSet,
  /** The set as it was when `boundaryEpoch` began; before a change in that epoch it is `live`. */
  boundary: stakeSet,
  boundaryEpoch: u64,
  /** Nodes from this id on were made in that epoch: no boundary holds them, so they may change. */
  boundaryNode: u64,
  nextNode: u64,
  /** Replaced nodes wait in a queue until no challenge can ask for them: its two ends. */
  retiredHead: u64,
  retiredTail: u64,
});
export type ProfileContext = Infer<typeof profileContext>;

export const initialProfile: ProfileContext = {
  specification: {
    modelId: '0'.repeat(64),
    comparator: { type: 'exact' },
    precision: { engine: '', dtype: '', settings: '', decoding: 'none' },
    tee: { type: 'none' },
    rerunFeeNlux: 0n,
  },
  creator: '0'.repeat(40),
  registeredAt: 0n,
  depositNlux: 0n,
  measurements: [],
  retiredAt: 0n,
  members: 0,
  live: EMPTY_SET,
  boundary: EMPTY_SET,
  boundaryEpoch: 0n,
  boundaryNode: 1n,
  nextNode: 1n,
  retiredHead: 0n,
  retiredTail: 0n,
};

/** What a branch knows of a child: enough to descend and to rebuild its own sums. */
const child = record({ node: u64, weightNlux: amount, owners: u32 });
export type SetChild = Infer<typeof child>;

/**
 * Node of the sum tree: a crit-bit tree over `owner ‖ provider` (320 bits). Owners first, so that
 * all providers of one owner are one interval and can be left out together (PROTOCOL §6.1).
 */
export const setNode = variants({
  leaf: [0, { owner: hex(20), provider: hex(20), weightNlux: amount }],
  branch: [1, { bit: u16, left: child, right: child }],
});
export type SetNode = Infer<typeof setNode>;
export type SetBranch = Extract<SetNode, { type: 'branch' }>;
export type SetLeaf = Extract<SetNode, { type: 'leaf' }>;

/** Nodes by id (u64, big-endian hex). */
export const setNodes = collection({
  kind: 'profile',
  name: 'setNodes',
  code: 1,
  keyBytes: 8,
  value: setNode,
});

/** Queue of replaced nodes by position. */
export const retiredNodes = collection({
  kind: 'profile',
  name: 'retiredNodes',
  code: 2,
  keyBytes: 8,
  value: record({ node: u64, height: u64 }),
});

/** The deposit against state growth rests with it until it is removed (PROTOCOL §2). */
export const heldByProfile = ({ depositNlux }: ProfileContext): bigint => depositNlux;
