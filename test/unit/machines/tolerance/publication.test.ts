import { describe, expect, it } from 'vitest';
import { LUX, SHORT } from '../../../support/parameters.ts';
import { FORCED_SCALES, TENSOR_SCALES, TOKENS, EXACT } from '../../../support/scales.ts';
import { flat, LOCK, marketOf, THREE, type ChallengeId } from '../../../support/tolerance.ts';
import type { ToleranceMarket } from '../../../support/tolerance.ts';

// Outputs that are text show themselves, or their shape, before a panel sits (PROTOCOL §6, 2).

const texts = [TOKENS, ...FORCED_SCALES].map((scale) => [scale.comparator.type, scale] as const);
const forced = FORCED_SCALES.map((scale) => [scale.comparator.type, scale] as const);
const others = [EXACT, ...TENSOR_SCALES].map((scale) => [scale.comparator.type, scale] as const);

/** Room for the payload of these tests, and not for three chunks of text. */
const NARROW = { ...SHORT, payloadBytes: 64 };

const publishing = (market: ToleranceMarket, id: ChallengeId, name: string) =>
  ({
    type: 'publishOutput',
    defendant: market.partyOf(id, name),
    output: market.shows.get(name) ?? new Uint8Array(),
  }) as const;

describe.each(forced)('%s: an output', (_, scale) => {
  it('is published once, by anyone, and only as it is', () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(0), flat(6));
    const message = publishing(market, id, 'p0');
    const refused = market.refusals(id, [
      { ...message, output: message.output.subarray(4) },
      { ...message, output: new Uint8Array() },
      { ...message, defendant: 1 - message.defendant },
      { ...message, defendant: 2 },
      { ...message, defendant: 255 },
    ]);
    expect(refused).toEqual([
      'output-mismatch',
      'output-mismatch',
      'output-mismatch',
      'party-unknown',
      'party-unknown',
    ]);
    market.do('consumer', id, message);
    expect(market.context(id).defendants[message.defendant]?.leaves).toBe(3);
  });

  it('longer than the chain takes is refused', () => {
    const market = marketOf(scale, NARROW);
    const id = market.pairOf(flat(0), flat(6));
    const refusal = market.refused('anyone', id, publishing(market, id, 'p0'));
    expect(refusal.code).toBe('payload-too-large');
  });
});

describe('tokens: the shape of an output', () => {
  it('is shown once, by anyone, and only as it is; its content is not', () => {
    const market = marketOf(TOKENS);
    const id = market.pairOf(flat(0), flat(6));
    const message = market.showing(id, 'p0');
    if (message.type !== 'publishShape') throw new Error('tokens show their shape');
    const refused = market.refusals(id, [
      { ...message, leaves: message.leaves + 1 },
      { ...message, bytes: message.bytes + 4n },
      { ...message, top: 'ab'.repeat(32) },
      { ...message, defendant: 1 - message.defendant },
      { ...message, defendant: 2 },
      publishing(market, id, 'p0'),
    ]);
    expect(refused).toEqual([
      'output-mismatch',
      'output-mismatch',
      'output-mismatch',
      'output-mismatch',
      'party-unknown',
      'output-not-asked',
    ]);
    market.do('consumer', id, message);
    expect(market.context(id).defendants[message.defendant]?.leaves).toBe(3);
  });
});

describe.each(texts)('%s: an output', (_, scale) => {
  it('is refused a second time, and after its window', () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(0), flat(6));
    const message = market.showing(id, 'p0');
    market.do('anyone', id, message);
    expect(market.refused('anyone', id, message).code).toBe('output-published');
    const late = market.showing(id, 'p1');
    market.publish(id);
    market.pass(id);
    expect(market.refused('anyone', id, late).code).toBe('not-accepted');
  });

  it('left out by one leaves it unsubstantiated, and the other is judged', () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(0), flat(1));
    market.toChunks(id, [flat(0)], ['p0']);
    expect(market.findings(id)).toEqual(['none', 'unsubstantiated']);
    const party = market.partyOf(id, 'p1');
    const own = market.committed('p1', market.shows.get('p1') ?? new Uint8Array());
    expect(market.refuses(id, own.openChunk(0, party))).toBe('party-unsubstantiated');
    market.openAll(id, ['p0', ...market.revealed(id)]);
    market.pass(id);
    expect(market.verdicts(id)).toEqual(['valid', 'unsubstantiated']);
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([0n, LOCK]);
    // Slashed for silence, so nobody is rewarded (PROTOCOL §6.3).
    expect(market.context(id).settlement?.rewardNlux).toBe(0n);
  });

  it('of who did not publish is no centre that could convict the other', () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(0), flat(6));
    market.playPanel(id, [flat(6)], ['p0']);
    expect(market.stances(id, 'p0')).toEqual(['rejects']);
    expect(market.verdicts(id)).toEqual(['void', 'unsubstantiated']);
    expect(market.lostBy('p0')).toBe(0n);
  });

  it('of who published alone is convicted by three seats that agree', () => {
    const market = marketOf(scale, THREE);
    const id = market.pairOf(flat(0), flat(6));
    market.playPanel(id, [flat(6), flat(5), flat(6)], ['p0']);
    expect(market.verdicts(id)).toEqual(['faulty', 'unsubstantiated']);
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([5n * LUX, LOCK]);
  });

  it('left out by both ends it: both are unsubstantiated', () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(0), flat(6));
    const before = market.wealthOf('challenger');
    market.publish(id);
    market.pass(id);
    expect([market.stateOf(id), market.context(id).ending]).toEqual(['final', 'outputsMissing']);
    expect(market.verdicts(id)).toEqual(['unsubstantiated', 'unsubstantiated']);
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([LOCK, LOCK]);
    // The bond is back, and nothing more.
    expect(market.wealthOf('challenger') - before).toBe(10n * LUX);
  });

  it('does not help without the payload', () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(0), flat(6));
    for (const name of ['p0', 'p1']) market.publishOutput(id, name);
    market.pass(id);
    expect(market.context(id).ending).toBe('payloadMissing');
    expect(market.verdicts(id)).toEqual(['unsubstantiated', 'unsubstantiated']);
  });
});

describe.each(others)('%s: an output', (_, scale) => {
  it('stays with its author until chunks are asked for', () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(0), flat(6));
    const refusal = market.refused('anyone', id, publishing(market, id, 'p0'));
    expect(refusal.code).toBe('output-not-asked');
    market.publish(id);
    market.pass(id);
    expect(market.stateOf(id)).toBe('awaitSeed');
  });
});
