import { commitOutput } from '../../src/client/output.ts';
import { concatBytes } from '../../src/codec/index.ts';
import { evidenceBytes, isTeacherForced } from '../../src/machines/comparators/index.ts';
import { outputChunks, type Role } from '../../src/machines/comparators/index.ts';
import type { ActorId } from '../../src/machines/kit/index.ts';
import type { Parameters } from '../../src/machines/parameters/record.ts';
import { Market, SPECIFICATION } from './market.ts';
import type { Scale } from './scales.ts';

export type ChallengeId = ActorId<'challenge'>;
/** The level of each chunk of an output. */
export type Levels = readonly number[];

/** So many chunks of one level. */
export const flat = (level: number, chunks = 3): Levels =>
  Array.from({ length: chunks }, () => level);

/** A market in which providers give outputs on a scale, and seats answer as its comparator asks. */
export class OutputMarket extends Market {
  readonly scale: Scale;
  /** Parts of answers on the tokens of several defendants, by the bytes of all. */
  readonly #parts = new Map<Uint8Array, readonly Uint8Array[]>();
  /** Outputs that were made, by their roots. */
  readonly #made = new Map<string, Uint8Array>();
  /** What each provider stands for now: its attestation or its seat. */
  readonly shows = new Map<string, Uint8Array>();

  constructor(scale: Scale, count: number, parameters: Parameters) {
    super(count, parameters, { ...SPECIFICATION, comparator: scale.comparator });
    this.scale = scale;
  }

  override committed(name: string, output: Uint8Array, evidence?: readonly Uint8Array[]) {
    const parts = this.#parts.get(output);
    if (parts === undefined) return super.committed(name, output, evidence);
    return commitOutput({
      author: this.address(name),
      comparator: this.scale.comparator,
      output: parts,
      evidence: this.evidence.get(output) ?? [],
      chunkBytes: this.parameters.chunkBytes,
    });
  }

  /** Keeps an output so that seats find its tokens, with a defendant's evidence for its chunks. */
  keep(output: Uint8Array, evidence?: readonly Uint8Array[]): Uint8Array {
    if (evidence !== undefined) this.evidence.set(output, evidence);
    this.#made.set(this.committed('anyone', output).outputHash, output);
    return output;
  }

  /** Evidence of the chunk at a level, as long as its output asks. */
  #evidenceOf(role: Role, level: number, chunk: Uint8Array): Uint8Array {
    const { comparator, evidence } = this.scale;
    if (evidence === undefined || !isTeacherForced(comparator)) return new Uint8Array();
    const tokens = chunk.length >>> 2;
    return evidence(role, level).subarray(0, evidenceBytes(comparator, role, tokens));
  }

  /** An output by the level of each of its chunks; it may end some bytes earlier. */
  outputOf(levels: Levels, text = 0, missingBytes = 0): Uint8Array {
    const { comparator, chunk, evidence } = this.scale;
    const whole = concatBytes(...levels.map((level, at) => chunk(at, level, text)));
    const output = whole.slice(0, whole.length - missingBytes);
    if (evidence === undefined) return this.keep(output);
    return this.keep(
      output,
      outputChunks(comparator, output).map((each, at) =>
        this.#evidenceOf('defendant', levels[at] ?? 0, each),
      ),
    );
  }

  /** Tokens of the defendants that have published them, in the order of the defendants. */
  tokensOnChain(id: ChallengeId): readonly Uint8Array[] {
    return this.context(id)
      .defendants.filter(({ substantiated }) => substantiated)
      .map(({ outputHash }) => this.#made.get(outputHash) ?? new Uint8Array());
  }

  /** A seat's answer: of forced comparators on all published tokens, chosen as they were. */
  answerOf(id: ChallengeId, levels: Levels, chosen = this.tokensOnChain(id)): Uint8Array {
    const { comparator } = this.scale;
    if (!isTeacherForced(comparator)) return this.outputOf(levels);
    const output = concatBytes(...chosen);
    this.#parts.set(output, chosen);
    this.evidence.set(
      output,
      chosen.flatMap((part) =>
        outputChunks(comparator, part).map((chunk, at) =>
          this.#evidenceOf('seat', levels[at] ?? 0, chunk),
        ),
      ),
    );
    return output;
  }

  attestAs(name: string, output: Uint8Array): void {
    this.attest(name, output);
    this.shows.set(name, output);
  }
}
