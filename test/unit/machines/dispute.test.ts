import { describe, expect, it } from 'vitest';
import { rerunCommit, utf8 } from '../../../src/codec/index.ts';
import { actorId, BEACON, BURN } from '../../../src/machines/kit/index.ts';
import { longestChallengeBlocks } from '../../../src/machines/parameters/schedule.ts';
import { devRandomness } from '../../../src/machines/beacon/rounds.ts';
import { Market, PAYLOAD, PROFILE, RIGHT, WRONG } from '../../support/market.ts';
import { LUX, SHORT } from '../../support/parameters.ts';
import { CHAIN } from '../../support/world.ts';

const STAKE = 100n * LUX;
const LOCK = 20n * LUX;

/** Two different answers of p0 and p1, and supply before anything else happens. */
const twoAnswers = (count = 6) => {
  const market = new Market(count).open();
  const supply = market.supply();
  market.attest('p0', RIGHT);
  market.attest('p1', WRONG);
  return { market, supply };
};

const stateOf = (market: Market, name: string) => market.actor(market.attestation(name))?.state;
const stakeOf = (market: Market, name: string) => {
  const context = market.actor(market.provider(name))?.context;
  return (context?.freeNlux ?? 0n) + (context?.lockedNlux ?? 0n);
};

/** The challenge is over, holds nothing, and everybody's locks are released. */
const expectClean = (market: Market, supply: bigint, id: ReturnType<Market['challengeOf']>) => {
  expect(market.actor(id)?.state).toBe('final');
  expect(market.balance(id)).toBe(0n);
  expect(market.actor(id)?.wakeAt).toBeUndefined();
  for (const name of ['p0', 'p1']) {
    expect(market.actor(market.provider(name))?.context.lockedNlux).toBe(0n);
    expect(market.actor(market.provider(name))?.context.openChallenges).toBe(0);
  }
  expect(market.supply()).toBe(supply);
};

describe('opening', () => {
  it('locks both stakes, takes both attestations, and takes the bond', () => {
    const { market, supply } = twoAnswers();
    const id = market.challenge('p0', 'p1');
    expect(market.actor(id)?.state).toBe('publish');
    expect(market.balance(id)).toBe(10n * LUX);
    for (const name of ['p0', 'p1']) {
      expect(stateOf(market, name)).toBe('disputed');
      expect(market.actor(market.provider(name))?.context.lockedNlux).toBe(LOCK);
    }
    expect(market.supply()).toBe(supply);
  });

  it('is the same challenge whoever is named first (I42)', () => {
    const { market } = twoAnswers();
    expect(market.challengeOf('p0', 'p1')).toBe(market.challengeOf('p1', 'p0'));
    const id = market.challenge('p1', 'p0');
    const { context } = market.actor(market.attestation('p0')) ?? {};
    expect(`challenge:${context?.challengeId}`).toBe(id);
    const again = market.refused('challenger', id, market.challengeMessage('p0', 'p1'), 10n * LUX);
    expect(again.code).toBe('not-accepted');
    expect(again.state).toBe('publish');
  });

  it.each([
    ['the wrong bond', 10n * LUX - 1n, 'bond-mismatch'],
    ['no bond', 0n, 'bond-mismatch'],
    ['too high a bond', 11n * LUX, 'bond-mismatch'],
  ])('is refused with %s', (_, bond, code) => {
    const { market } = twoAnswers();
    const message = market.challengeMessage('p0', 'p1');
    expect(market.refused('challenger', market.challengeOf('p0', 'p1'), message, bond).code).toBe(
      code,
    );
    expect(stateOf(market, 'p0')).toBe('pending');
  });

  it('is refused for equal outputs, one attestation, and unknown ones', () => {
    const market = new Market().open();
    market.attest('p0', RIGHT);
    market.attest('p1', RIGHT);
    const bond = 10n * LUX;
    const open = (first: string, second: string) =>
      market.refused(
        'challenger',
        market.challengeOf(first, second),
        market.challengeMessage(first, second),
        bond,
      ).code;
    expect(open('p0', 'p1')).toBe('same-output');
    expect(open('p0', 'p0')).toBe('same-attestation');
    expect(open('p0', 'p2')).toBe('attestation-unknown');
  });

  it('is refused at the end of the window and at another address (I44)', () => {
    const { market } = twoAnswers();
    const bond = 10n * LUX;
    const message = market.challengeMessage('p0', 'p1');
    const elsewhere = actorId('challenge', 'ee'.repeat(32));
    expect(market.refused('challenger', elsewhere, message, bond).code).toBe('wrong-challenge-id');
    const { windowEnd = 0n } = market.actor(market.attestation('p0'))?.context ?? {};
    market.advanceTo(windowEnd - 1n);
    const refusal = market.refused('challenger', market.challengeOf('p0', 'p1'), message, bond);
    expect(refusal.code).toBe('attestation-final');
  });
});

describe('publishing', () => {
  it('takes the payload once, from anybody, and nothing else', () => {
    const { market } = twoAnswers();
    const id = market.challenge('p0', 'p1');
    const other = utf8('another question');
    expect(market.refused('anyone', id, { type: 'publish', payload: other }).code).toBe(
      'payload-mismatch',
    );
    market.publish(id);
    expect(market.refused('anyone', id, { type: 'publish', payload: PAYLOAD }).code).toBe(
      'payload-published',
    );
  });

  it('left undone finds both defendants unsubstantiated; the challenger earns nothing', () => {
    const { market, supply } = twoAnswers();
    const id = market.challenge('p0', 'p1');
    const before = market.balance(market.account('challenger'));
    market.pass(id);
    expect([stateOf(market, 'p0'), stateOf(market, 'p1')]).toEqual(['faulty', 'faulty']);
    expect([stakeOf(market, 'p0'), stakeOf(market, 'p1')]).toEqual([STAKE - LOCK, STAKE - LOCK]);
    expect(market.balance(BURN)).toBe(2n * LOCK);
    expect(market.balance(market.account('challenger')) - before).toBe(10n * LUX);
    expectClean(market, supply, id);
  });
});

describe('awaiting the seed', () => {
  it('moves the round once and is then void; the bond comes back', () => {
    const { market, supply } = twoAnswers();
    const id = market.challenge('p0', 'p1');
    market.publish(id);
    market.pass(id);
    const first = market.seedRound(id);
    expect(market.refused('anyone', id, { type: 'submitSeed' }).code).toBe('round-unknown');
    market.pass(id);
    expect(market.actor(id)?.state).toBe('awaitSeed');
    expect(market.seedRound(id)).toBeGreaterThan(first);
    const before = market.balance(market.account('challenger'));
    market.pass(id);
    expect([stateOf(market, 'p0'), stateOf(market, 'p1')]).toEqual(['void', 'void']);
    expect(market.balance(market.account('challenger')) - before).toBe(10n * LUX);
    expectClean(market, supply, id);
  });

  it('draws by its timer if the round came and nobody said so', () => {
    const { market } = twoAnswers();
    const id = market.challenge('p0', 'p1');
    market.publish(id);
    market.pass(id);
    market.submitRound(market.seedRound(id));
    market.pass(id);
    expect(market.actor(id)?.state).toBe('commit');
    expect(market.context(id).seats).toHaveLength(1);
  });

  it('is void when too few owners are eligible (I29)', () => {
    const { market, supply } = twoAnswers(4);
    const id = market.challenge('p0', 'p1');
    market.publish(id);
    market.pass(id);
    market.seed(id);
    expect([stateOf(market, 'p0'), stateOf(market, 'p1')]).toEqual(['void', 'void']);
    expectClean(market, supply, id);
  });

  it('a wrong dev value is refused', () => {
    const { market } = twoAnswers();
    const proof = Uint8Array.from(Buffer.from(devRandomness(CHAIN.chainId, 2n), 'hex'));
    expect(market.refused('anyone', BEACON, { type: 'submitRound', round: 1n, proof }).state).toBe(
      market.actor(BEACON)?.state,
    );
  });
});

/** A challenge whose panel has just been drawn. */
const drawn = (count = 6) => {
  const { market, supply } = twoAnswers(count);
  const id = market.challenge('p0', 'p1');
  market.publish(id);
  market.pass(id);
  market.seed(id);
  return { market, supply, id };
};

describe('the panel', () => {
  it('never has a party on it (I22)', () => {
    for (let nonce = 0; nonce < 8; nonce += 1) {
      const { market } = twoAnswers();
      market.advance(BigInt(nonce % 5));
      const id = market.challenge('p0', 'p1');
      market.publish(id);
      market.pass(id);
      market.seed(id);
      expect(['p0', 'p1']).not.toContain(market.seatName(id));
    }
  });

  it('excludes payers, and providers of the challenger, found when drawn', () => {
    const { market } = twoAnswers(8);
    for (const name of ['p2', 'p3']) {
      market.do(market.ownerName(name), market.attestation('p0'), { type: 'pay' }, LUX / 10n);
    }
    const id = market.challenge('p0', 'p1', 'p4');
    market.publish(id);
    market.pass(id);
    market.seed(id);
    expect(['p5', 'p6', 'p7']).toContain(market.seatName(id));
  });

  it('is drawn from the set at the last epoch boundary, whatever happens after (I23, I25)', () => {
    const { market } = twoAnswers();
    const id = market.challenge('p0', 'p1');
    const eligible = market.context(id).eligible;
    market.block(
      ...['p2', 'p3', 'p4', 'p5'].map((name) =>
        market.order(market.ownerName(name), market.provider(name), {
          type: 'unstake',
          amountNlux: STAKE,
        }),
      ),
    );
    expect(market.actor(market.provider('p5'))?.state).toBe('unbonding');
    expect(market.context(id).eligible).toEqual(eligible);
    market.publish(id);
    market.pass(id);
    market.seed(id);
    expect(market.context(id).seats).toHaveLength(1);
  });
});

describe('commit and reveal', () => {
  it('refuses strangers, second commitments, and anything out of its window (I33)', () => {
    const { market, id } = drawn();
    const seat = market.seatName(id);
    const { commitment, shown } = market.rerun(id, seat, RIGHT);
    const commit = { type: 'commit', seat: 0, commitment } as const;
    expect(market.refused('anyone', id, commit).code).toBe('not-your-seat');
    expect(market.refused(seat, id, { type: 'reveal', seat: 0, ...shown }).code).toBe(
      'not-accepted',
    );
    market.do(market.ownerName(seat), id, commit);
    expect(market.refused(seat, id, commit).code).toBe('seat-unknown');
    market.pass(id);
    expect(market.actor(id)?.state).toBe('reveal');
    expect(market.refused(seat, id, commit).code).toBe('not-accepted');
  });

  it('refuses to reveal what was not committed, and twice (I30)', () => {
    const { market, id } = drawn();
    const seat = market.seatName(id);
    market.commit(id, seat, RIGHT);
    market.pass(id);
    const wrong = market.rerun(id, seat, WRONG).shown;
    expect(market.refused(seat, id, { type: 'reveal', seat: 0, ...wrong }).code).toBe(
      'commitment-mismatch',
    );
    market.reveal(id, seat, RIGHT);
    const { shown } = market.rerun(id, seat, RIGHT);
    expect(market.refused(seat, id, { type: 'reveal', seat: 0, ...shown }).code).toBe(
      'seat-unknown',
    );
  });

  it('a commitment copied from another member opens for nobody else (I31)', () => {
    const { market, id } = drawn();
    const seat = market.seatName(id);
    const { commitment, shown } = market.rerun(id, seat, RIGHT);
    const copier = market.providers.find((name) => name !== seat) ?? '';
    const opened = rerunCommit({
      challengeId: id.slice('challenge:'.length),
      round: 1,
      seat: 0,
      member: market.address(copier),
      ...shown,
    });
    expect(opened).not.toBe(commitment);
  });

  it('shows no output of a seat before the last commit window has ended (I32)', () => {
    const { market, id } = drawn();
    const seat = market.seatName(id);
    market.commit(id, seat, RIGHT);
    const hidden = market.context(id).seats[0];
    expect(hidden?.outputHash).toBe('0'.repeat(64));
    expect(hidden?.evidenceRoot).toBe('0'.repeat(64));
  });
});

describe('silence', () => {
  it('replaces a seat twice, penalizes each, and then judges the one that came (I36)', () => {
    const { market, supply, id } = drawn(8);
    const first = market.seatName(id);
    market.pass(id);
    const second = market.seatName(id);
    expect(second).not.toBe(first);
    expect(market.context(id).attempt).toBe(1);
    market.pass(id);
    const third = market.seatName(id);
    market.commit(id, third, RIGHT);
    market.pass(id);
    expect(market.actor(id)?.state).toBe('reveal');
    expect([stakeOf(market, first), stakeOf(market, second), stakeOf(market, third)]).toEqual([
      STAKE - LUX,
      STAKE - LUX,
      STAKE,
    ]);
    market.reveal(id, third, RIGHT);
    for (const [name, output] of [
      [third, RIGHT],
      ['p0', RIGHT],
      ['p1', WRONG],
    ] as const) {
      market.openChunks(id, name, output);
    }
    market.pass(id);
    expect([stateOf(market, 'p0'), stateOf(market, 'p1')]).toEqual(['final', 'faulty']);
    expectClean(market, supply, id);
  });

  it('of every seat ends void within D, and the bond comes back (I34, I36)', () => {
    const { market, supply, id } = drawn(8);
    const { openedAt } = market.context(id);
    const before = market.balance(market.account('challenger'));
    while (market.actor(id)?.state !== 'final') market.block();
    expect(market.height).toBeLessThanOrEqual(openedAt + longestChallengeBlocks(SHORT.dispute));
    expect([stateOf(market, 'p0'), stateOf(market, 'p1')]).toEqual(['void', 'void']);
    expect(market.balance(market.account('challenger')) - before).toBe(10n * LUX);
    expect(market.balance(BURN)).toBe(3n * LUX);
    expectClean(market, supply, id);
  });

  it('after a commitment costs more, and nobody is found at fault', () => {
    const { market, supply, id } = drawn();
    const seat = market.seatName(id);
    market.commit(id, seat, RIGHT);
    market.pass(id);
    market.openChunks(id, 'p0', RIGHT);
    market.openChunks(id, 'p1', WRONG);
    market.pass(id);
    expect(stakeOf(market, seat)).toBe(STAKE - 2n * LUX);
    expect([stateOf(market, 'p0'), stateOf(market, 'p1')]).toEqual(['void', 'void']);
    expectClean(market, supply, id);
  });

  it('of a defendant that does not open its own output finds it unsubstantiated', () => {
    const { market, supply } = twoAnswers();
    const id = market.dispute('p0', 'p1', RIGHT);
    market.openChunks(id, 'p0', RIGHT);
    market.pass(id);
    expect([stateOf(market, 'p0'), stateOf(market, 'p1')]).toEqual(['final', 'faulty']);
    expect(market.actor(market.attestation('p1'))?.context.verdict).toBe('unsubstantiated');
    expect(stakeOf(market, 'p1')).toBe(STAKE - LOCK);
    expectClean(market, supply, id);
  });

  it('of the beacon before the chunks are named is void and penalizes nobody', () => {
    const { market, supply, id } = drawn();
    const seat = market.seatName(id);
    market.commit(id, seat, RIGHT);
    market.pass(id);
    market.reveal(id, seat, RIGHT);
    market.pass(id);
    expect([stateOf(market, 'p0'), stateOf(market, 'p1')]).toEqual(['void', 'void']);
    expect(stakeOf(market, seat)).toBe(STAKE);
    expectClean(market, supply, id);
  });
});

describe('chunks', () => {
  it('are refused unless drawn, proved, and by a party', () => {
    const { market } = twoAnswers();
    const id = market.dispute('p0', 'p1', RIGHT);
    const [good] = market.chunkMessages(id, 'p0', RIGHT);
    if (good === undefined) throw new Error('nothing drawn');
    const refuse = (change: object) => market.refused('anyone', id, { ...good, ...change }).code;
    expect(refuse({ party: 3 })).toBe('party-unknown');
    expect(refuse({ index: 5 })).toBe('chunk-not-drawn');
    expect(refuse({ evidenceChunk: RIGHT })).toBe('evidence-not-output');
    expect(refuse({ outputChunk: WRONG })).toBe('chunk-proof-invalid');
    market.do('anyone', id, good);
    expect(market.refused('anyone', id, good).code).toBe('chunk-opened');
  });

  it('of a copied output cannot be opened under an evidence root that was made up', () => {
    const market = new Market().open();
    market.attest('p0', RIGHT);
    const copied = market.claim('p1', WRONG, { evidenceRoot: 'ab'.repeat(32) });
    market.do('p1', market.attestation('p1'), copied);
    const id = market.dispute('p0', 'p1', RIGHT);
    const [message] = market.chunkMessages(id, 'p1', WRONG);
    if (message === undefined) throw new Error('nothing drawn');
    expect(market.refused('p1', id, message).code).toBe('chunk-proof-invalid');
  });
});

describe('stake that tries to get away', () => {
  it('stays while a challenge is open; lots older than the result are spared (I39)', () => {
    const market = new Market().open((name) => (name === 'p1' ? 150n * LUX : STAKE));
    const owner = market.ownerName('p1');
    market.do(owner, market.provider('p1'), { type: 'unstake', amountNlux: 50n * LUX });
    market.attest('p0', RIGHT);
    market.attest('p1', WRONG);
    market.do(owner, market.provider('p1'), { type: 'unstake', amountNlux: STAKE });
    const id = market.dispute('p0', 'p1', RIGHT);
    expect(market.refused(owner, market.provider('p1'), { type: 'withdraw' }).code).toBe(
      'challenge-open',
    );
    market.openChunks(id, 'p0', RIGHT);
    market.openChunks(id, 'p1', WRONG);
    market.pass(id);
    const { lots } = market.actor(market.provider('p1'))?.context ?? { lots: [] };
    expect(lots.map(({ amountNlux }) => amountNlux)).toEqual([50n * LUX, 95n * LUX]);
    market.advance(market.parameters.unbondingBlocks);
    market.do(owner, market.provider('p1'), { type: 'withdraw' });
    expect(market.actor(market.provider('p1'))?.state).toBe('exited');
  });

  it('a self-challenge by an accomplice costs more than it brings (I8)', () => {
    const { market } = twoAnswers();
    const people = ['p1 owner', 'p1', 'challenger'];
    const wealth = () =>
      people.reduce((sum, name) => sum + market.balance(market.account(name)), 0n) +
      stakeOf(market, 'p1');
    const before = wealth();
    const id = market.dispute('p0', 'p1', RIGHT);
    market.openChunks(id, 'p0', RIGHT);
    market.openChunks(id, 'p1', WRONG);
    market.pass(id);
    const slash = 5n * LUX;
    expect(wealth() - before).toBeLessThanOrEqual(-(slash * 7n) / 10n);
  });
});

describe('jail', () => {
  const twoChallenges = () => {
    const market = new Market(5).open(() => 110n * LUX);
    for (const [first, second] of [
      ['p0', 'p1'],
      ['p2', 'p3'],
    ] as const) {
      market.attest(first, RIGHT);
      market.attest(second, WRONG);
      const id = market.challenge(first, second);
      market.publish(id);
      market.pass(id);
      market.seed(id);
      while (market.actor(id)?.state === 'commit') market.pass(id);
    }
    return market;
  };

  it('follows a second missed seat, ends the weight, and ends when the owner asks', () => {
    const market = twoChallenges();
    const [id, owner] = [market.provider('p4'), market.ownerName('p4')];
    const jailed = market.actor(id);
    expect(jailed?.state).toBe('jailed');
    expect(jailed?.context.weightNlux).toBe(0n);
    expect(jailed?.context.freeNlux).toBe(108n * LUX);
    expect(market.actor(PROFILE)?.context.live.owners).toBe(4);
    expect(market.actor(market.provider('p0'))?.state).toBe('active');
    const claim = market.claim('p4', RIGHT);
    expect(market.refused('p4', market.attestation('p4'), claim).code).toBe('provider-not-active');
    market.advanceTo(jailed?.context.jailedUntil ?? 0n);
    market.do(owner, id, { type: 'unjail' });
    expect(market.actor(id)?.state).toBe('active');
    expect(market.actor(PROFILE)?.context.live.owners).toBe(5);
  });
});
