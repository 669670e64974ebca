import { hex, record, u64, variants, type Infer } from '../../codec/index.ts';
import { collection } from '../kit/collection.ts';

/**
 * Where randomness comes from, fixed by genesis (PROTOCOL §6.4). `dev` is computable by anyone in
 * advance: for one machine only. Rounds are numbered from 1 at `genesisTime`, one each `period`.
 */
export const beaconSource = variants({
  dev: [0, { genesisTime: u64, periodSeconds: u64 }],
  drand: [1, { publicKey: hex(96), genesisTime: u64, periodSeconds: u64 }],
});
export type BeaconSource = Infer<typeof beaconSource>;

export const beaconContext = record({
  source: beaconSource,
  latestRound: u64,
  /** Height of the last submission: one round a block is verified at most. */
  submittedAt: u64,
  /** Rounds are kept in a queue by order of submission, as long as a challenge may need them. */
  queueHead: u64,
  queueTail: u64,
});
export type BeaconContext = Infer<typeof beaconContext>;

/** Before genesis: a beacon without a period, which no genesis may have. */
export const initialBeacon: BeaconContext = {
  source: { type: 'dev', genesisTime: 0n, periodSeconds: 0n },
  latestRound: 0n,
  submittedAt: 0n,
  queueHead: 0n,
  queueTail: 0n,
};

/** Randomness by round (u64, big-endian hex). */
export const beaconRounds = collection({
  kind: 'beacon',
  name: 'rounds',
  code: 1,
  keyBytes: 8,
  value: record({
    randomness: hex(32),
    /** Of the block that brought it. */
    height: u64,
  }),
});

export const beaconQueue = collection({
  kind: 'beacon',
  name: 'queue',
  code: 2,
  keyBytes: 8,
  value: record({ round: u64, height: u64 }),
});
