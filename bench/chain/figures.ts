import { availableParallelism, cpus } from 'node:os';
import { engineMicros } from './floor.ts';
import type { Options } from './options.ts';
import type { SizeFigures } from './sizes.ts';
import { rounded } from './statistics.ts';

/** Signature checks of an attestation: of its transaction and its own. */
const CHECKS = 2;

/** What the figures come to, and what is aimed at. */
export interface Summary {
  /** At the smallest state. */
  readonly transfersPerSecond: number;
  readonly attestationsPerSecond: number;
  readonly preverifiedTransfersPerSecond: number;
  readonly preverifiedAttestationsPerSecond: number;
  /** A whole attestation by its two signature checks, by size; aim: at most 2. */
  readonly attestationBySignatures: readonly number[];
  /** Keys of the state tree per attestation in a full block, and of a block of one; aim: 3. */
  readonly keysPerAttestation: number;
  readonly keysOfOneAttestation: number;
  readonly keysPerRequested: number;
  readonly keysOfOneRequested: number;
  /** Block time of attestations, and of transfers, largest by smallest state; aim: at most 2. */
  readonly attestationGrowth: number;
  readonly transferGrowth: number;
}

export interface Figures {
  readonly machine: {
    readonly node: string;
    readonly platform: string;
    readonly cpu: string;
    readonly cores: number;
  };
  readonly options: Omit<Options, 'json'>;
  /** One signature check by each engine, microseconds. */
  readonly engineMicros: Readonly<Record<string, number>>;
  readonly sizes: readonly SizeFigures[];
  readonly summary: Summary;
}

const summaryOf = (sizes: readonly SizeFigures[]): Summary => {
  const [smallest, largest] = [sizes.at(0), sizes.at(-1)];
  if (smallest === undefined || largest === undefined) throw new Error('nothing was measured');
  const growth = (of: (size: SizeFigures) => number): number => rounded(of(largest) / of(smallest));
  return {
    transfersPerSecond: smallest.transfers.cold.perSecond,
    attestationsPerSecond: smallest.attestations.cold.perSecond,
    preverifiedTransfersPerSecond: smallest.transfers.preverified.perSecond,
    preverifiedAttestationsPerSecond: smallest.attestations.preverified.perSecond,
    attestationBySignatures: sizes.map(({ attestations, signatureMicros }) =>
      rounded(attestations.cold.micros / (CHECKS * signatureMicros)),
    ),
    keysPerAttestation: smallest.attestations.cold.keysPerTransaction,
    keysOfOneAttestation: smallest.keysOfOne.plain,
    keysPerRequested: smallest.requested.keysPerTransaction,
    keysOfOneRequested: smallest.keysOfOne.requested,
    attestationGrowth: growth(({ attestations }) => attestations.cold.blockMs.p50),
    transferGrowth: growth(({ transfers }) => transfers.cold.blockMs.p50),
  };
};

export const figuresOf = (
  { accounts, blocks, blockSize, starts }: Options,
  sizes: readonly SizeFigures[],
): Figures => ({
  machine: {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus().at(0)?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
  },
  options: { accounts, blocks, blockSize, starts },
  engineMicros: engineMicros(),
  sizes,
  summary: summaryOf(sizes),
});
