import { decodeTransaction } from '../../src/actors/index.ts';
import { identityOf } from '../../src/machines/attestation/identity.ts';
import type { AttestationMessage } from '../../src/machines/attestation/messages.ts';
import { kindOf } from '../../src/machines/kit/index.ts';
import { REGISTRY } from '../../src/machines/registry.ts';
import type { Tip } from '../../src/runtime/store/index.ts';
import type { Floor } from './floor.ts';
import type { BlockFigures, Host } from './host.ts';
import { must } from './must.ts';
import type { Cast } from './people.ts';
import { median, percentile, rounded, sum } from './statistics.ts';
import type { Workload } from './workload.ts';

/** What a phase of blocks came to. */
export interface Phase {
  /** Over all blocks, by the clock. */
  readonly perSecond: number;
  /** Of the middle block, per transaction. */
  readonly micros: number;
  /** Of it the commit with its sync to disk. */
  readonly commitMicros: number;
  readonly blockMs: { readonly p50: number; readonly p95: number; readonly p99: number };
  /** Processor time by time: about 1 is one core; waiting for the disk takes none. */
  readonly cores: number;
  /** Keys of the state tree changed by a block, divided by its transactions. */
  readonly keysPerTransaction: number;
}

export interface Bench {
  readonly host: Host;
  readonly workload: Workload;
  readonly cast: Cast;
  readonly floor: Floor;
  readonly blocks: number;
  readonly blockSize: number;
}

type Make = (tip: Tip) => readonly Uint8Array[];

/** Heights that the measured chain keeps: less than the blocks before the first that counts. */
export const HISTORY_HEIGHTS = 16;
const FLOOR_EVERY = 5;
const WARM_UP_PART = 5;

/** Checks every signature of the transactions now, so that the block finds them in the cache. */
const verifyBefore = ({ host, cast }: Bench, transactions: readonly Uint8Array[]): void => {
  const chain = { ...cast.chain, registry: REGISTRY, verifier: host.signatures };
  for (const bytes of transactions) {
    const { body, message } = must(decodeTransaction(bytes, chain));
    if (kindOf(body.receiver) !== 'attestation') continue;
    const attestation = message as AttestationMessage;
    if (attestation.type !== 'attest') continue;
    const { attestationId } = identityOf(attestation, cast.chain);
    host.signatures.recoverAddress(attestationId, attestation.signature);
  }
};

const figuresOf = (figures: readonly BlockFigures[], blockSize: number): Phase => {
  const wall = figures.map(({ wallMs }) => wallMs);
  const micros = (ms: number): number => rounded((ms * 1000) / blockSize);
  return {
    perSecond: Math.round((figures.length * blockSize * 1000) / sum(wall)),
    micros: micros(median(wall)),
    commitMicros: micros(median(figures.map(({ commitMs }) => commitMs))),
    blockMs: {
      p50: rounded(median(wall)),
      p95: rounded(percentile(wall, 0.95)),
      p99: rounded(percentile(wall, 0.99)),
    },
    cores: rounded(sum(figures.map(({ cpuMs }) => cpuMs)) / sum(wall)),
    keysPerTransaction: rounded(median(figures.map(({ keys }) => keys)) / blockSize),
  };
};

/** Runs blocks, of which the first do not count: until then code is compiled and caches fill. */
const runPhase = (bench: Bench, make: Make, isVerifiedBefore: boolean): Phase => {
  const { host, workload, blocks, blockSize, floor } = bench;
  const figures: BlockFigures[] = [];
  const warmUp = Math.ceil(blocks / WARM_UP_PART);
  for (let i = -warmUp; i < blocks; i++) {
    const transactions = make(host.tip());
    if (isVerifiedBefore) verifyBefore(bench, transactions);
    const measured = host.run(workload.block(host.tip(), transactions));
    if (i < 0) continue;
    figures.push(measured);
    if (i % FLOOR_EVERY === 0) floor.sample();
  }
  return figuresOf(figures, blockSize);
};

/** A kind of transaction, as it comes and with its signatures verified before. */
export interface Phases {
  readonly cold: Phase;
  readonly preverified: Phase;
}

const both = (bench: Bench, make: Make): Phases => ({
  cold: runPhase(bench, make, false),
  preverified: runPhase(bench, make, true),
});

export const runTransfers = (bench: Bench): Phases =>
  both(bench, () => bench.workload.transfers(bench.blockSize));

export const runAttestations = (bench: Bench): Phases =>
  both(bench, ({ time }) => bench.workload.attestations(bench.blockSize, time));

/** Attestations that fulfil requests; these are opened in blocks before, which do not count. */
export const runRequested = (bench: Bench): Phase => {
  const { host, workload, blockSize } = bench;
  const make: Make = (tip) => {
    const { open, attest } = workload.requests(blockSize, tip);
    host.run(workload.block(tip, open));
    return attest();
  };
  return runPhase(bench, make, false);
};

/** Keys of the state tree that a block of one attestation changes, in all. */
export const keysOfOne = ({ host, workload }: Bench): { plain: number; requested: number } => {
  const run = (transactions: readonly Uint8Array[]): number =>
    host.run(workload.block(host.tip(), transactions)).keys;
  const plain = run(workload.attestations(1, host.tip().time));
  const { open, attest } = workload.requests(1, host.tip());
  run(open);
  return { plain, requested: run(attest()) };
};
