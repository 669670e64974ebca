import { expect, test } from 'vitest';
import { LOGPROBS } from '../../../support/scales.ts';
import { BOTH, flat, marketOf, THREE } from '../../../support/tolerance.ts';
import type { ChallengeId, ToleranceMarket } from '../../../support/tolerance.ts';

// PROTOCOL §7: seats that read two texts, one after the other, and what is kept of the second.

/** Three seats answer on what is published, each at its levels, chunk by chunk. */
const answered = (
  market: ToleranceMarket,
  id: ChallengeId,
  levels: readonly (readonly number[])[],
) => {
  const { evidence } = market.scale;
  if (evidence === undefined) throw new Error('a scale of evidence');
  const answers = levels.map((own) => {
    const answer = market.answerOf(id, own, market.tokensOnChain(id));
    market.evidence.set(
      answer,
      own.map((level) => evidence('seat', level)),
    );
    return answer;
  });
  market.answerAll(id, answers);
};

const nameOfParty = (market: ToleranceMarket, id: ChallengeId, party: number) =>
  BOTH.find((name) => market.partyOf(id, name) === party) ?? expect.fail('no such party');

test('what is far on the tokens of the second is kept apart from the first', () => {
  const market = marketOf(LOGPROBS, THREE);
  const id = market.pairOf(flat(0, 1), flat(0, 1));
  market.toPanel(id);
  answered(market, id, [
    [0, 0],
    [0, 4],
    [0, 8],
  ]);
  market.openAll(id, [...BOTH, ...market.revealed(id)]);
  const kept = market.seats(id);
  expect(kept.map(({ remoteFirst, apartFirst }) => [remoteFirst, apartFirst])).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
  expect(kept.map(({ remoteSecond, apartSecond }) => [remoteSecond, apartSecond])).toEqual([
    [0b110, 0b110],
    [0b101, 0b101],
    [0b011, 0b011],
  ]);
});

test('the second alone, where the first has published nothing, is still the second', () => {
  const market = marketOf(LOGPROBS, THREE);
  const id = market.pairOf(flat(0, 1), flat(0, 1));
  const second = nameOfParty(market, id, 1);
  market.toPanel(id, [second]);
  answered(market, id, [[0], [4], [8]]);
  market.openAll(id, [second, ...market.revealed(id)]);
  const kept = market.seats(id);
  expect(kept.map(({ remoteFirst, remoteSecond }) => [remoteFirst, remoteSecond])).toEqual([
    [0, 0b110],
    [0, 0b101],
    [0, 0b011],
  ]);
});

test('a chunk that is named is that of either text, counted from where it begins', () => {
  const market = marketOf(LOGPROBS, THREE);
  const id = market.pairOf(flat(0, 3), flat(0, 3), [0]);
  market.toPanel(id);
  answered(market, id, [
    [0, 0, 0, 8, 0, 0],
    [8, 0, 0, 0, 0, 0],
    [0, 8, 0, 0, 8, 0],
  ]);
  market.openAll(id, [...BOTH, ...market.revealed(id)]);
  const marks = market.seats(id).map(({ marksFirst, marksSecond }) => [marksFirst, marksSecond]);
  expect(marks).toEqual([
    [0, 0xc0],
    [0xc0, 0],
    [0x41, 0x41],
  ]);
});
