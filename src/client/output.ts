import { evidenceTree, outputTree, splitChunks } from '../codec/index.ts';
import type { ChallengeMessage } from '../machines/challenge/messages.ts';
import {
  evidenceIsOutput,
  outputChunkBytes,
  type Comparator,
} from '../machines/comparators/index.ts';

export type OpenChunkMessage = Extract<ChallengeMessage, { readonly type: 'openChunk' }>;

/** An output as its author commits to it, and opens it when it is challenged. */
export interface CommittedOutput {
  /** Address of the provider whose output it is, 20 bytes, hex. */
  readonly author: string;
  /** Root of the output tree: the same for all who got the same output. */
  readonly outputHash: string;
  /** Root of the evidence tree: only this author can have made it. */
  readonly evidenceRoot: string;
  readonly leaves: number;
  /**
   * The message that opens one chunk as this party of a challenge: 0 and 1 are the defendants, 2
   * and up the seats. An index that the output does not have is shown to be absent.
   */
  readonly openChunk: (index: number, party: number) => OpenChunkMessage;
}

export interface OutputToCommit {
  readonly author: string;
  /**
   * Canonical bytes, as `encodeOutput` gives them, for the comparator `exact`; for all others the
   * elements or tokens alone, little-endian. A seat that answers on the tokens of several
   * defendants gives one output for each, in their order; no chunk spans two of them.
   */
  readonly output: Uint8Array | readonly Uint8Array[];
  /** Of the profile; `exact` unless told. */
  readonly comparator?: Comparator;
  /** One for each chunk of the output, where the comparator asks for evidence of its own. */
  readonly evidence?: readonly Uint8Array[];
  /** The chain's parameter; all who are to agree use the same. */
  readonly chunkBytes: number;
}

const EXACT: Comparator = { type: 'exact' };
const NOTHING = new Uint8Array(0);

/** Both trees over an output, cut as its comparator asks (PROTOCOL §2, §7). */
export const commitOutput = (of: OutputToCommit): CommittedOutput => {
  const { author, comparator = EXACT } = of;
  const isExact = comparator.type === 'exact';
  const chunkBytes = isExact ? of.chunkBytes : outputChunkBytes(comparator);
  const outputs = of.output instanceof Uint8Array ? [of.output] : of.output;
  const chunks = outputs.flatMap((each) => splitChunks(each, chunkBytes));
  const shown = evidenceIsOutput(comparator) ? undefined : (of.evidence ?? []);
  const output = outputTree(chunks);
  const evidence = evidenceTree(author, shown ?? chunks);
  return {
    author,
    outputHash: output.root,
    evidenceRoot: evidence.root,
    leaves: output.count,
    openChunk: (index, party) => {
      const isThere = index < output.count;
      return {
        type: 'openChunk',
        party,
        leaves: output.count,
        bytes: output.bytes,
        evidenceBytes: evidence.bytes,
        index,
        outputChunk: chunks[index] ?? NOTHING,
        outputProof: isThere ? output.prove(index) : [output.top],
        evidenceChunk: shown?.[index] ?? NOTHING,
        evidenceProof: isThere ? evidence.prove(index) : [evidence.top],
      };
    },
  };
};
