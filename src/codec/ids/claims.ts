import { concatBytes, u32be, u64be, u8be } from '../bytes.ts';
import { hash, sha256, varying } from '../hash.ts';
import { type ChainRef, bytes20, bytes32, bytes33 } from './parts.ts';

/** `H("aivm/model/1", weightHash[32], teeRequired u8)` (PROTOCOL §2, Model). */
export const modelId = (of: {
  readonly weightHash: string;
  readonly teeRequired: boolean;
}): string => hash('aivm/model/1', bytes32(of.weightHash), u8be(of.teeRequired ? 1 : 0));

/** `H("aivm/profile/1", canonical bytes)`, the bytes preceded by their u32 length (PROTOCOL §2). */
export const profileHash = (canonicalBytes: Uint8Array): string =>
  hash('aivm/profile/1', varying(canonicalBytes));

/** `H("aivm/input/1", profileHash[32], payloadHash[32])` (PROTOCOL §2, Attestation). */
export const inputHash = (of: {
  readonly profileHash: string;
  readonly payloadHash: string;
}): string => hash('aivm/input/1', bytes32(of.profileHash), bytes32(of.payloadHash));

const chainBytes = (chain: ChainRef): Uint8Array =>
  concatBytes(u32be(chain.networkId), bytes32(chain.chainId));

/** `H("aivm/task/1", networkID u32, chainID[32], modelID[32], inputHash[32])`: the claim. */
export const taskKey = (
  of: ChainRef & { readonly modelId: string; readonly inputHash: string },
): string => hash('aivm/task/1', chainBytes(of), bytes32(of.modelId), bytes32(of.inputHash));

/**
 * `H("aivm/attestation-binding/1", networkID u32, chainID[32], modelID[32], inputHash[32],
 * outputHash[32], evidenceRoot[32], requestID[32], provider[20], timestamp u64)` (PROTOCOL §2).
 */
export const bindingDigest = (
  of: ChainRef & {
    readonly modelId: string;
    readonly inputHash: string;
    readonly outputHash: string;
    readonly evidenceRoot: string;
    /** 64 zeros if nobody asked. */
    readonly requestId: string;
    /** Address, 20 bytes. */
    readonly provider: string;
    /** Unix seconds, u64. */
    readonly timestamp: bigint;
  },
): string =>
  hash(
    'aivm/attestation-binding/1',
    chainBytes(of),
    bytes32(of.modelId),
    bytes32(of.inputHash),
    bytes32(of.outputHash),
    bytes32(of.evidenceRoot),
    bytes32(of.requestId),
    bytes20(of.provider),
    u64be(of.timestamp),
  );

/** `H("aivm/attestation/1", bindingDigest[32], SHA-256(teeReport)[32])`: what is signed. */
export const attestationId = (of: {
  readonly bindingDigest: string;
  readonly teeReport: Uint8Array;
}): string => hash('aivm/attestation/1', bytes32(of.bindingDigest), sha256(of.teeReport));

/** The same from the hash of a report that is not at hand. */
export const attestationIdOf = (of: {
  readonly bindingDigest: string;
  readonly teeReportHash: string;
}): string => hash('aivm/attestation/1', bytes32(of.bindingDigest), bytes32(of.teeReportHash));

/**
 * `H("aivm/attestation-slot/1", provider[20], taskKey[32], requestID[32])`: where an attestation
 * lives. One actor per slot is one attestation per (provider, taskKey, requestID) (PROTOCOL §2).
 */
export const attestationSlot = (of: {
  readonly provider: string;
  readonly taskKey: string;
  readonly requestId: string;
}): string =>
  hash('aivm/attestation-slot/1', bytes20(of.provider), bytes32(of.taskKey), bytes32(of.requestId));

/** `H("aivm/request/1", networkID u32, chainID[32], requester[20], nonce u64)`. */
export const requestId = (
  of: ChainRef & { readonly requester: string; readonly nonce: bigint },
): string => hash('aivm/request/1', chainBytes(of), bytes20(of.requester), u64be(of.nonce));

/**
 * `H("aivm/provider-key/1", networkID u32, chainID[32], owner[20])`: what a new provider key signs
 * to show that its holder wants it to speak for this owner.
 */
export const providerKeyProof = (of: ChainRef & { readonly owner: string }): string =>
  hash('aivm/provider-key/1', chainBytes(of), bytes20(of.owner));

/**
 * `H("aivm/enclave-key/1", networkID u32, chainID[32], provider[20], publicKey[33], refHeight u64,
 * blockHash[32])` (PROTOCOL §8): what the report carries by which an enclave key is enrolled. The
 * block is one of the last, since a quote has no time of its own.
 */
export const enclaveKeyBinding = (
  of: ChainRef & {
    /** Address, 20 bytes. */
    readonly provider: string;
    /** Compressed, 33 bytes. */
    readonly publicKey: string;
    readonly refHeight: bigint;
    /** Id of the block of that height. */
    readonly blockId: string;
  },
): string =>
  hash(
    'aivm/enclave-key/1',
    chainBytes(of),
    bytes20(of.provider),
    bytes33(of.publicKey),
    u64be(of.refHeight),
    bytes32(of.blockId),
  );
