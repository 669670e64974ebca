import { u32be, u8be } from '../bytes.ts';
import { hash } from '../hash.ts';
import { type ChainRef, bytes20, bytes32 } from './parts.ts';

/** Thirty-two zero bytes: the missing second attestation, the request that nobody made. */
export const ZERO_HASH = '0'.repeat(64);

/**
 * `H("aivm/challenge/1", networkID u32, chainID[32], lower attestationID[32], higher[32])`
 * (PROTOCOL §6). The two are sorted here; a lone attestation is the lower one beside zeros.
 */
export function challengeId(
  of: ChainRef & { readonly first: string; readonly second?: string | undefined },
): string {
  const { first, second = ZERO_HASH } = of;
  // Hex of one length orders as its bytes do; zeros mark absence and so stand last.
  const isSorted = second === ZERO_HASH || first < second;
  const [lower, higher] = isSorted ? [first, second] : [second, first];
  return hash(
    'aivm/challenge/1',
    u32be(of.networkId),
    bytes32(of.chainId),
    bytes32(lower),
    bytes32(higher),
  );
}

/**
 * `H("aivm/challenge-announcement/1", challengeID[32], challenger[20], salt[32])`: where a
 * challenge is announced before it is opened. Without the salt nobody can tell which one is meant;
 * with it nobody but the challenger can use it.
 */
export const challengeAnnouncement = (of: {
  readonly challengeId: string;
  /** The account that announces and will bring the bond. */
  readonly challenger: string;
  /** 32 bytes that nobody can guess. */
  readonly salt: string;
}): string =>
  hash(
    'aivm/challenge-announcement/1',
    bytes32(of.challengeId),
    bytes20(of.challenger),
    bytes32(of.salt),
  );

/**
 * `H("aivm/rerun-commit/1", challengeID[32], round u8, seat u8, member[20], outputHash[32],
 * evidenceRoot[32], salt[32])` (PROTOCOL §6, commit).
 */
export const rerunCommit = (of: {
  readonly challengeId: string;
  /** Of the panel, from 1. */
  readonly round: number;
  readonly seat: number;
  readonly member: string;
  readonly outputHash: string;
  readonly evidenceRoot: string;
  readonly salt: string;
}): string =>
  hash(
    'aivm/rerun-commit/1',
    bytes32(of.challengeId),
    u8be(of.round),
    u8be(of.seat),
    bytes20(of.member),
    bytes32(of.outputHash),
    bytes32(of.evidenceRoot),
    bytes32(of.salt),
  );

/** `H("aivm/panel/1", beacon[32], challengeID[32], round u8)` (PROTOCOL §6.1). */
export const panelSeed = (of: {
  /** Randomness of the beacon round, 32 bytes. */
  readonly beacon: string;
  readonly challengeId: string;
  readonly round: number;
}): string => hash('aivm/panel/1', bytes32(of.beacon), bytes32(of.challengeId), u8be(of.round));

/** `H("aivm/draw/1", seed[32], seat u8, attempt u8, ctr u32)` (PROTOCOL §6.1). */
export const drawHash = (of: {
  readonly seed: string;
  readonly seat: number;
  readonly attempt: number;
  readonly counter: number;
}): string =>
  hash('aivm/draw/1', bytes32(of.seed), u8be(of.seat), u8be(of.attempt), u32be(of.counter));

/**
 * `H("aivm/chunk-draw/1", beacon[32], challengeID[32], round u8, index u8, ctr u32)`: draws the
 * chunks of a round (PROTOCOL §6 reveal, §7), in the manner of `drawHash`; `index` counts draws.
 */
export const chunkDrawHash = (of: {
  readonly beacon: string;
  readonly challengeId: string;
  readonly round: number;
  readonly index: number;
  readonly counter: number;
}): string =>
  hash(
    'aivm/chunk-draw/1',
    bytes32(of.beacon),
    bytes32(of.challengeId),
    u8be(of.round),
    u8be(of.index),
    u32be(of.counter),
  );

/**
 * `H("aivm/audit/1", round[32], attestationID[32])` (PROTOCOL §6, audit). `round` is the randomness
 * of the beacon round: its number is known in advance and would let a provider choose.
 */
export const auditHash = (of: { readonly round: string; readonly attestationId: string }): string =>
  hash('aivm/audit/1', bytes32(of.round), bytes32(of.attestationId));
