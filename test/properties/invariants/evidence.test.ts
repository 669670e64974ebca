import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareEquivocation } from '../../../src/client/challenge.ts';
import { Market, RIGHT, WRONG } from '../../support/market.ts';
import { LUX, SHORT } from '../../support/parameters.ts';
import { CHAIN } from '../../support/world.ts';
import { accusedAt } from '../../unit/machines/audit/support.ts';
import { answerOf, signedBy } from '../../unit/machines/equivocation/support.ts';

const SEED = 20_261_201;
const { networkId, chainId } = CHAIN;
const BLOCK_SECONDS = 2n;
/** Of secp256k1 (SEC 2, §2.4.1). */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const market = new Market(6).open(() => 150n * LUX);
market.attest('p0', RIGHT);
const to = market.attestation('p0');
const { height: includedAt } = accusedAt(market, to).context;
const start = market.snapshot();

const chains = fc.constantFrom(
  { networkId, chainId },
  { networkId, chainId },
  { networkId: networkId + 1, chainId },
  { networkId, chainId: 'c5'.repeat(32) },
);

/** No timer waits in this market, so blocks in which nothing happens may be left out. */
const skipTo = (height: bigint): void => {
  market.time += (height - market.height) * BLOCK_SECONDS;
  market.height = height;
};

describe('evidence of another answer', () => {
  it('I14: takes stake iff it is of this chain, and of an age that is still liable', () => {
    const seen = { taken: 0, refused: 0 };
    const age = SHORT.evidenceAgeBlocks;
    const ages = fc.oneof(fc.bigInt(1n, 2n * age), fc.bigInt(age - 2n, age + 2n));
    fc.assert(
      fc.property(ages, chains, (blocks, chain) => {
        market.restore(start);
        const claim = market.claim('p0', WRONG);
        const other = answerOf(signedBy(market, claim, 'p0', chain));
        skipTo(includedAt + blocks - 1n);
        const stake = market.balance(market.provider('p0'));
        const proof = prepareEquivocation({ networkId, chainId }, accusedAt(market, to), other);
        const order = market.order('challenger', proof.receiver, proof.message);
        const [receipt] = market.block(order);
        const isOwn = chain.networkId === networkId && chain.chainId === chainId;
        const isLiable = isOwn && blocks < age;
        expect(receipt?.outcome.type).toBe(isLiable ? 'applied' : 'refused');
        expect(market.balance(market.provider('p0'))).toBe(isLiable ? 0n : stake);
        seen[isLiable ? 'taken' : 'refused'] += 1;
      }),
      { seed: SEED, numRuns: 300 },
    );
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(40);
  });
});

type Claim = ReturnType<Market['claim']>;
type Change = (claim: Claim) => Claim;

const flipped = (hex: string, bit: number): string => {
  const bytes = Buffer.from(hex, 'hex');
  const at = bit % (8 * bytes.length);
  bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
  return bytes.toString('hex');
};

/** The other signature that verifies for the same key and digest: s and v negated. */
const negated = (signature: string): string => {
  const s = ORDER - BigInt(`0x${signature.slice(64, 128)}`);
  const v = signature.endsWith('00') ? '01' : '00';
  return signature.slice(0, 64) + s.toString(16).padStart(64, '0') + v;
};

const equals = (one: Claim, other: Claim): boolean =>
  Object.values(one).join() === Object.values(other).join();

const SIGNED = ['outputHash', 'evidenceRoot', 'payloadHash', 'requestId'] as const;

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.nat().map((bit) => (claim: Claim) => ({ ...claim, signature: flipped(claim.signature, bit) })),
  fc.constant((claim: Claim) => ({ ...claim, signature: negated(claim.signature) })),
  fc.constantFrom('02', '1b', '1c').map((v) => (claim: Claim) => ({
    ...claim,
    signature: claim.signature.slice(0, 128) + v,
  })),
  fc.tuple(fc.constantFrom(...SIGNED), fc.nat()).map(([name, bit]) => (claim: Claim) => ({
    ...claim,
    [name]: flipped(claim[name], bit),
  })),
  fc
    .tuple(fc.constantFrom(...SIGNED), fc.constantFrom(...SIGNED))
    .map(([one, other]) => (claim: Claim) => ({
      ...claim,
      [one]: claim[other],
      [other]: claim[one],
    })),
  fc.bigInt(-20n, 20n).map((seconds) => (claim: Claim) => ({
    ...claim,
    timestamp: claim.timestamp + seconds,
  })),
);

describe('a signed claim that somebody changed', () => {
  it('I43: is accepted as it was signed, and in no other form or place', () => {
    const seen = { same: 0, refused: 0 };
    fc.assert(
      fc.property(changes, fc.boolean(), (change, isFirst) => {
        market.restore(start);
        const claim = market.claim('p1', RIGHT);
        if (!isFirst) market.do('p1', market.attestation('p1'), claim);
        const changed = change(claim);
        const isSame = equals(changed, claim);
        const places = [market.attestation('p1'), market.attestation('p1', changed.requestId)];
        const outcomes = [...new Set(places)].map(
          (place) => market.block(market.order('anyone', place, changed))[0]?.outcome.type,
        );
        expect(outcomes[0]).toBe(isFirst && isSame ? 'applied' : 'refused');
        expect(outcomes.slice(1)).toEqual(outcomes.slice(1).map(() => 'refused'));
        seen[isSame ? 'same' : 'refused'] += 1;
        const ids = [to, market.attestation('p1')].flatMap(
          (id) => market.actor(id)?.context.attestationId ?? [],
        );
        expect(market.all('attestation')).toHaveLength(ids.length);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { seed: SEED, numRuns: 400 },
    );
    expect(seen.refused).toBeGreaterThan(200);
    expect(seen.same).toBeGreaterThan(5);
  });
});
