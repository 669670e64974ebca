import { describe, expect, it } from 'vitest';
import { commitOutput } from '../../../../src/client/output.ts';
import { SHORT } from '../../../support/parameters.ts';
import { EXACT, FORCED_SCALES, LOGPROBS, SCALES, TOKENS } from '../../../support/scales.ts';
import { TOPLOC, ULP, type Scale } from '../../../support/scales.ts';
import { flat, marketOf, type OpenChunk } from '../../../support/tolerance.ts';

// What is not opened as asked does not count (PROTOCOL §6, 5; §7).

const scales = SCALES.map((scale) => [scale.comparator.type, scale] as const);
const forced = FORCED_SCALES.map((scale) => [scale.comparator.type, scale] as const);

/** A pair whose one seat has revealed, and whose chunks are known; `p0`'s first message. */
const asked = (scale: Scale, chunks = 3, parameters = SHORT) => {
  const market = marketOf(scale, parameters);
  const id = market.pairOf(flat(0, chunks), flat(6, chunks));
  market.toChunks(id, [flat(0, chunks)]);
  const [good] = market.openings(id, 'p0');
  if (good === undefined) throw new Error('nothing to open');
  const refuses = (change: Partial<OpenChunk>) => market.refuses(id, { ...good, ...change });
  return { market, id, good, refuses };
};

const NOTHING = new Uint8Array();
/** A limit below what profiles ask for. */
const SMALL = { ...SHORT, chunkBytes: 16 };

describe.each(scales)('%s: a chunk', (_, scale) => {
  it('is refused unless it proves under both roots of its party', () => {
    const { market, id, good } = asked(scale);
    const [, other] = market.openings(id, 'p0');
    const [ofOther] = market.openings(id, 'p1');
    if (other === undefined || ofOther === undefined) throw new Error('too few chunks');
    const changes: readonly Partial<OpenChunk>[] = [
      { outputProof: other.outputProof },
      { evidenceProof: other.evidenceProof },
      { outputProof: [] },
      { bytes: good.bytes + 1n },
      { evidenceBytes: good.evidenceBytes + 1n },
      { index: other.index },
      { party: ofOther.party },
    ];
    const refused = market.refusals(
      id,
      changes.map((change) => ({ ...good, ...change })),
    );
    expect(refused).toEqual(changes.map(() => 'chunk-proof-invalid'));
    market.do('anyone', id, good);
    expect(market.refuses(id, good)).toBe('chunk-opened');
  });

  it("is refused of nobody's, and of an index that is not compared", () => {
    const { good, refuses } = asked(scale, 40);
    expect(refuses({ party: 3 })).toBe('party-unknown');
    expect(refuses({ party: 255 })).toBe('party-unknown');
    expect(refuses({ index: 40 })).toBe('chunk-not-drawn');
    expect(refuses({ index: good.leaves + 1_000 })).toBe('chunk-not-drawn');
  });

  it('is refused before the chunk round is known, and of a seat that has not revealed', () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(0), flat(6));
    market.toPanel(id);
    const answer = market.answerOf(id, flat(0));
    const [seat = ''] = market.seats(id).map(({ provider }) => market.nameOf(provider));
    const early = market.committed('p0', answer).openChunk(0, market.partyOf(id, 'p0'));
    expect(market.refuses(id, early)).toBe('not-accepted');
    market.commit(id, seat, answer);
    market.pass(id);
    const output = market.shows.get('p0') ?? NOTHING;
    const chunk = market.committed('p0', output).openChunk(0, market.partyOf(id, 'p0'));
    expect(market.refuses(id, chunk)).toBe('round-unknown');
    expect(market.refuses(id, market.committed(seat, answer).openChunk(0, 2))).toBe(
      'party-unknown',
    );
  });

  it('is refused at the deadline', () => {
    const { market, id, good } = asked(scale);
    market.advanceTo(market.context(id).deadline - 1n);
    // It stands in the block of the deadline, whose timer has judged the panel.
    expect(market.refuses(id, good)).toBe('not-accepted');
  });
});

describe.each(scales.filter(([, { evidence }]) => evidence === undefined))(
  '%s: evidence that is the output itself',
  (_, scale) => {
    it('is not sent a second time', () => {
      const { good, refuses } = asked(scale);
      expect(refuses({ evidenceChunk: good.outputChunk })).toBe('evidence-not-output');
    });

    it('is not that of another output of the same author', () => {
      const market = marketOf(scale);
      market.attestAs('p0', market.outputOf(flat(0)));
      const [shown, other] = [market.outputOf(flat(6)), market.outputOf(flat(7))];
      const { evidenceRoot } = market.committed('p1', other);
      market.do('p1', market.attestation('p1'), market.claim('p1', shown, { evidenceRoot }));
      market.shows.set('p1', shown);
      const id = market.openPair();
      market.toChunks(id, [flat(0)]);
      const chunks = market.openings(id, 'p1');
      const refused = market.refusals(id, chunks);
      expect(refused).toEqual(chunks.map(() => 'chunk-proof-invalid'));
      market.openAll(id, ['p0', ...market.revealed(id)]);
      market.pass(id);
      expect(market.verdicts(id)).toEqual(['valid', 'unsubstantiated']);
    });
  },
);

describe('how outputs are cut', () => {
  /** `p1` answers with an output that it has cut by itself. */
  const cutAs = (chunkElements: number, bytes: number) => {
    const market = marketOf(ULP);
    market.attestAs('p0', market.outputOf(flat(0, 3)));
    const mine = commitOutput({
      author: market.address('p1'),
      comparator: { ...ULP.comparator, chunkElements },
      output: new Uint8Array(bytes),
      chunkBytes: 16_384,
    });
    const { outputHash, evidenceRoot } = mine;
    const claim = market.claim('p1', NOTHING, { outputHash, evidenceRoot });
    market.do('p1', market.attestation('p1'), claim);
    const id = market.openPair();
    market.toChunks(id, [flat(0, 3)]);
    const party = market.partyOf(id, 'p1');
    return { market, id, open: (index: number) => mine.openChunk(index, party) };
  };

  it.each([
    ['smaller chunks', 4, 96],
    ['larger chunks', 16, 96],
  ])('in %s than the profile asks cannot be opened', (_, chunkElements, bytes) => {
    const { market, id, open } = cutAs(chunkElements, bytes);
    expect(market.refuses(id, open(0))).toBe('chunk-malformed');
  });

  it('a number that is cut in two cannot be opened', () => {
    const { market, id, open } = cutAs(8, 94);
    market.do('p1', id, open(0));
    expect(market.refuses(id, open(2))).toBe('chunk-malformed');
  });

  it('is limited by the chain where no comparator cuts, and by the comparator elsewhere', () => {
    const { market, id, good } = asked(EXACT, 3, SMALL);
    expect(market.refuses(id, good)).toBe('chunk-too-large');
    const tensors = asked(ULP, 3, SMALL);
    expect(tensors.good.outputChunk.length).toBeGreaterThan(SMALL.chunkBytes);
    tensors.market.do('p0', tensors.id, tensors.good);
  });
});

/** `p1` answers with this evidence for its first chunk, its own or another's. */
const withEvidence = (scale: Scale, change: (evidence: Uint8Array) => Uint8Array) => {
  const market = marketOf(scale);
  market.attestAs('p0', market.outputOf(flat(0), 0));
  const output = market.outputOf(flat(0), 1);
  const [first = NOTHING, ...rest] = market.evidence.get(output) ?? [];
  market.evidence.set(output, [change(first), ...rest]);
  market.attestAs('p1', output);
  const id = market.openPair();
  market.toChunks(id, [flat(0)]);
  const [message] = market.openings(id, 'p1');
  if (message === undefined) throw new Error('nothing to open');
  return { market, id, message };
};

/** Bytes with one u16, big-endian, replaced. */
const withU16 = (bytes: Uint8Array, at: number, value: number): Uint8Array => {
  const changed = Uint8Array.from(bytes);
  new DataView(changed.buffer).setUint16(at, value);
  return changed;
};

describe.each(forced)('%s: evidence', (_, scale) => {
  it('of the wrong length cannot be opened, and its author is unsubstantiated', () => {
    for (const change of [
      (bytes: Uint8Array) => bytes.subarray(1),
      (bytes: Uint8Array) => Uint8Array.of(...bytes, 0),
      () => NOTHING,
    ]) {
      const { market, id, message } = withEvidence(scale, change);
      expect(market.refuses(id, message)).toBe('chunk-malformed');
      market.openAll(id, ['p0', ...market.revealed(id)]);
      market.pass(id);
      expect(market.verdicts(id)).toEqual(['valid', 'unsubstantiated']);
    }
  });

  it('that does not belong to the output does not prove, whoever made it', () => {
    const { market, id, good, refuses } = asked(scale);
    const [ofOther] = market.openings(id, 'p1');
    expect(refuses({ evidenceChunk: ofOther?.evidenceChunk ?? NOTHING })).toBe(
      'chunk-proof-invalid',
    );
    expect(refuses({ outputChunk: ofOther?.outputChunk ?? NOTHING })).toBe('chunk-proof-invalid');
    expect(refuses({ evidenceChunk: NOTHING })).toBe('chunk-proof-invalid');
    market.do('p0', id, good);
  });

  it('copied from another with its root proves for nobody else (§2)', () => {
    const market = marketOf(scale);
    market.attestAs('p0', market.outputOf(flat(0), 0));
    const output = market.outputOf(flat(0), 1);
    const { evidenceRoot } = market.committed('p0', output);
    market.do('p1', market.attestation('p1'), market.claim('p1', output, { evidenceRoot }));
    market.shows.set('p1', output);
    const id = market.openPair();
    market.toChunks(id, [flat(0)]);
    const [mine] = market.openings(id, 'p1');
    const index = mine?.index ?? 0;
    const copied = market.committed('p0', output).openChunk(index, market.partyOf(id, 'p1'));
    for (const message of [mine ?? copied, copied]) {
      expect(market.refuses(id, message)).toBe('chunk-proof-invalid');
    }
    market.openAll(id, ['p0', ...market.revealed(id)]);
    market.pass(id);
    expect(market.verdicts(id)).toEqual(['valid', 'unsubstantiated']);
  });
});

describe('malformed evidence', () => {
  it.each([
    ['a modulus of 0', 0, 0],
    ['a modulus that no search gives', 0, 65_498],
    ['a coefficient outside of the field', 2, 65_497],
    ['a last coefficient outside of the field', 8, 65_535],
  ])('toploc: %s cannot be opened', (_, at, value) => {
    const { market, id, message } = withEvidence(TOPLOC, (bytes) => withU16(bytes, at, value));
    expect(market.refuses(id, message)).toBe('chunk-malformed');
  });

  it("toploc: a seat's activations out of order cannot be opened, and the seat withholds", () => {
    const market = marketOf(TOPLOC);
    const id = market.pairOf(flat(0), flat(6));
    market.toPanel(id);
    const answer = market.answerOf(id, flat(0));
    const evidence = market.evidence.get(answer) ?? [];
    const swapped = evidence.map((bytes) =>
      Uint8Array.of(...bytes.subarray(6, 12), ...bytes.subarray(0, 6), ...bytes.subarray(12)),
    );
    market.evidence.set(answer, swapped);
    market.answerAll(id, [answer]);
    const [seat = ''] = market.revealed(id);
    for (const message of market.openings(id, seat)) {
      expect(market.refuses(id, message)).toBe('chunk-malformed');
    }
    market.pass(id);
    expect(market.context(id).seats[0]?.state).toBe('withheld');
  });

  it('logprobs: a token twice at a position cannot be opened', () => {
    const { market, id, message } = withEvidence(LOGPROBS, (bytes) => {
      const changed = Uint8Array.from(bytes);
      changed.set(changed.subarray(0, 4), 8);
      return changed;
    });
    expect(market.refuses(id, message)).toBe('chunk-malformed');
  });

  it('tokens: a token cut in two cannot be opened', () => {
    const market = marketOf(TOKENS);
    market.attestAs('p0', market.outputOf(flat(0)));
    const whole = market.outputOf(flat(0));
    market.attestAs('p1', market.keep(whole.slice(0, whole.length - 2)));
    const id = market.openPair();
    market.toChunks(id, [flat(0)]);
    const last = market.openings(id, 'p1').find(({ index }) => index === 2);
    if (last === undefined) throw new Error('three chunks are all compared');
    expect(market.refuses(id, last)).toBe('chunk-malformed');
  });
});
