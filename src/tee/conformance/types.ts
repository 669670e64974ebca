import type { Engine } from '../p256/engine.ts';
import type { VerifyCache } from '../verify/cache.ts';

/** How the conformance run reads its folder; the caller does the input and output. */
export interface ConformanceFiles {
  /** The bytes of a file below the folder, or undefined when there is none. */
  readonly read: (path: string) => Uint8Array | undefined;
  /** The same, decompressed with gzip. */
  readonly readGzip: (path: string) => Uint8Array | undefined;
}

export interface ConformanceOptions {
  readonly engine?: Engine;
  /** To run with warm caches; the result is the same. */
  readonly cache?: VerifyCache;
}

export interface Tally {
  total: number;
  agree: number;
}

export interface Disagreement {
  readonly suite: 'intel' | 'synthetic';
  readonly kind: string;
  readonly id: string;
  readonly expected: string;
  readonly found: string;
}

export const SYNTHETIC_KINDS = ['accept', 'reject', 'oracle', 'policy-reject', 'policy'] as const;
export type SyntheticKind = (typeof SYNTHETIC_KINDS)[number];

export interface ConformanceReport {
  readonly intel: Tally;
  readonly synthetic: Readonly<Record<SyntheticKind, Tally>>;
  readonly disagreements: readonly Disagreement[];
  /** What was decided of each case that the suite leaves to the verifier. */
  readonly decisions: readonly { readonly id: string; readonly decision: string }[];
}
