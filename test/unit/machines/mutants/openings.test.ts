import { describe, expect, test } from 'vitest';
import { TOKENS, ULP } from '../../../support/scales.ts';
import { flat, marketOf, type OpenChunk } from '../../../support/tolerance.ts';

// PROTOCOL §6, 5: a chunk is opened once, under both roots, and where there is none, that is shown.

const asked = () => {
  const market = marketOf(ULP);
  const id = market.pairOf(flat(0), flat(6));
  market.toChunks(id, [flat(0)]);
  return { market, id, openings: market.openings(id, 'p0') };
};

describe('of the chunks that a party has to open', () => {
  test('each is opened once', () => {
    const { market, id, openings } = asked();
    for (const message of openings) market.do('anyone', id, message);
    expect(openings.length).toBeGreaterThan(1);
    expect(market.refusals(id, openings)).toEqual(openings.map(() => 'chunk-opened'));
  });

  test('the first says how many its tree has', () => {
    const { market, id, openings } = asked();
    const [first, second] = openings as readonly [OpenChunk, OpenChunk];
    market.do('anyone', id, first);
    const other = { ...second, leaves: second.leaves + 1 };
    expect(market.refuses(id, other)).toBe('leaves-mismatch');
  });

  test('none brings a byte of evidence where the output is the evidence', () => {
    const { market, id, openings } = asked();
    const [first] = openings as readonly [OpenChunk];
    const more = { ...first, evidenceChunk: Uint8Array.of(0) };
    expect(market.refuses(id, more)).toBe('evidence-not-output');
  });
});

test('that a chunk is absent is shown by the shapes of both trees, and by nothing else', () => {
  const market = marketOf(TOKENS);
  const id = market.pairOf(flat(0), flat(0, 6));
  market.toChunks(id, [flat(0)]);
  const [seat = ''] = market.revealed(id);
  const absent = market.openings(id, seat).find(({ index }) => index === 4);
  if (absent === undefined) throw new Error('six chunks are compared');
  const [top = ''] = absent.evidenceProof;
  const refused = market.refusals(id, [
    { ...absent, evidenceChunk: Uint8Array.of(0) },
    { ...absent, evidenceProof: [top, top] },
    { ...absent, evidenceBytes: absent.evidenceBytes + 1n },
  ]);
  expect(refused).toEqual(Array.from({ length: 3 }, () => 'chunk-proof-invalid'));
  market.do(seat, id, absent);
});
