import { verifyEvidenceChunk, verifyOutputChunk, verifyTreeShape } from '../../codec/index.ts';
import { evidenceIsOutput, isWellFormed, outputChunkBytes } from '../comparators/index.ts';
import { because, type Check } from '../kit/index.ts';
import type { ChallengeMessage } from './messages.ts';
import { chunkDrawOf } from './randomness.ts';
import type { ChallengeContext } from './record.ts';
import { endsAnOutput, FIRST_SEAT, leavesOfSeats, partyOf, wantedChunks } from './wanted.ts';
import { wantedPosition } from './wanted.ts';

export type OpenChunk = Extract<ChallengeMessage, { type: 'openChunk' }>;
type On = Check<ChallengeContext, OpenChunk>;

/** The roots under which the party's chunks have to prove, and whose name the evidence bears. */
const rootsOf = (context: ChallengeContext, { party }: OpenChunk) => partyOf(context, party);

/** No panel judges a defendant that did not publish what it had to, and seats have not seen it. */
const isParty: On = (context, message) => {
  if (rootsOf(context, message) === undefined) {
    return because('party-unknown', { party: message.party });
  }
  return context.defendants[message.party]?.substantiated === false
    ? because('party-unsubstantiated', { party: message.party })
    : undefined;
};

/**
 * All authors of a profile cut their outputs alike: only the last chunk is shorter. The chain's own
 * limit is for outputs that no comparator cuts; evidence is as long as its tokens ask.
 */
const isCutAsAsked: On = (context, { party, outputChunk, index, leaves }) => {
  const { comparator, chunkBytes } = context;
  if (comparator.type === 'exact') {
    return outputChunk.length > chunkBytes
      ? because('chunk-too-large', { most: chunkBytes })
      : undefined;
  }
  const bytes = outputChunkBytes(comparator);
  const isCut = endsAnOutput(context, party, index, leaves)
    ? outputChunk.length <= bytes
    : outputChunk.length === bytes;
  return isCut ? undefined : because('chunk-malformed', { bytes });
};

const hasItsShape: On = (context, message) => {
  const known = rootsOf(context, message)?.leaves ?? 0;
  const asked = message.party >= FIRST_SEAT ? leavesOfSeats(context) : undefined;
  const leaves = asked ?? (known === 0 ? message.leaves : known);
  return message.leaves === leaves ? undefined : because('leaves-mismatch', { leaves });
};

const isWanted: On = (context, message, call) => {
  const draw = chunkDrawOf(context, call);
  if (draw === undefined) return because('round-unknown', { round: context.chunkRound });
  const wanted = wantedChunks(context, draw, message.party, message.leaves);
  const position = wantedPosition(wanted, message.index);
  if (position === -1) return because('chunk-not-drawn', { index: message.index });
  const opened = rootsOf(context, message)?.opened ?? 0n;
  return (opened & (1n << BigInt(position))) === 0n
    ? undefined
    : because('chunk-opened', { index: message.index });
};

/** Where the tree has no such chunk: its shape says so, and both chunks are empty. */
const isProvenAbsent = (message: OpenChunk, outputHash: string, evidenceRoot: string): boolean => {
  const { leaves: count, bytes, evidenceBytes, outputProof, evidenceProof } = message;
  const [top = ''] = outputProof;
  const [evidenceTop = ''] = evidenceProof;
  return (
    message.outputChunk.length === 0 &&
    message.evidenceChunk.length === 0 &&
    outputProof.length === 1 &&
    evidenceProof.length === 1 &&
    verifyTreeShape({ root: outputHash, count, bytes, top }) &&
    verifyTreeShape({ root: evidenceRoot, count, bytes: evidenceBytes, top: evidenceTop })
  );
};

const isProved: On = (context, message) => {
  const party = rootsOf(context, message);
  if (party === undefined) return because('party-unknown', { party: message.party });
  const { leaves: count, bytes, evidenceBytes, index, outputChunk } = message;
  if (index >= count) {
    return isProvenAbsent(message, party.outputHash, party.evidenceRoot)
      ? undefined
      : because('chunk-proof-invalid');
  }
  const isSame = evidenceIsOutput(context.comparator);
  if (isSame && message.evidenceChunk.length > 0) return because('evidence-not-output');
  const output = verifyOutputChunk({
    root: party.outputHash,
    count,
    bytes,
    index,
    chunk: outputChunk,
    proof: message.outputProof,
  });
  const evidence = verifyEvidenceChunk({
    root: party.evidenceRoot,
    author: party.provider,
    count,
    bytes: evidenceBytes,
    index,
    chunk: isSame ? outputChunk : message.evidenceChunk,
    proof: message.evidenceProof,
  });
  return output && evidence ? undefined : because('chunk-proof-invalid');
};

/** What cannot be compared is not accepted, so it does not count (PROTOCOL §6, 5). */
const isComparable: On = ({ comparator }, message) => {
  const { party, outputChunk: output, evidenceChunk: evidence } = message;
  const role = party < FIRST_SEAT ? 'defendant' : 'seat';
  return message.index >= message.leaves || isWellFormed(comparator, role, { output, evidence })
    ? undefined
    : because('chunk-malformed');
};

export const openChunkChecks: readonly On[] = [
  isParty,
  isCutAsAsked,
  hasItsShape,
  isWanted,
  isProved,
  isComparable,
];
