import { evidenceTree, outputTree, splitChunks } from '../codec/index.ts';
import type { ChallengeMessage } from '../machines/challenge/messages.ts';

export type OpenChunkMessage = Extract<ChallengeMessage, { readonly type: 'openChunk' }>;

/** An output as its author commits to it, and opens it when it is challenged. */
export interface CommittedOutput {
  /** Root of the output tree: the same for all who got the same output. */
  readonly outputHash: string;
  /** Root of the evidence tree: only this author can have made it. */
  readonly evidenceRoot: string;
  readonly leaves: number;
  /** The message that opens one chunk in a challenge; `index` is below `leaves`. */
  readonly openChunk: (index: number) => OpenChunkMessage;
}

/**
 * Both trees over an output, for the comparator `exact`, whose evidence is the output itself
 * (PROTOCOL §2). `chunkBytes` is the chain's parameter; all who are to agree use the same.
 */
export const commitOutput = (of: {
  /** Address of the provider whose output it is, 20 bytes, hex. */
  readonly author: string;
  /** Canonical bytes, as `encodeOutput` gives them. */
  readonly output: Uint8Array;
  readonly chunkBytes: number;
}): CommittedOutput => {
  const chunks = splitChunks(of.output, of.chunkBytes);
  const output = outputTree(chunks);
  const evidence = evidenceTree(of.author, chunks);
  return {
    outputHash: output.root,
    evidenceRoot: evidence.root,
    leaves: output.count,
    openChunk: (index) => {
      const chunk = chunks[index] as Uint8Array;
      return {
        type: 'openChunk',
        party: of.author,
        leaves: output.count,
        bytes: output.bytes,
        index,
        outputChunk: chunk,
        outputProof: output.prove(index),
        evidenceChunk: chunk,
        evidenceProof: evidence.prove(index),
      };
    },
  };
};
