import { secp256k1 } from '@noble/curves/secp256k1.js';
import { describe, expect, test } from 'vitest';
import { encode, profileHash, providerKeyProof, utf8 } from '../../../../src/codec/index.ts';
import { actorId } from '../../../../src/machines/kit/index.ts';
import { profileSpecification } from '../../../../src/machines/profile/record.ts';
import { Market, RIGHT, SPECIFICATION, WRONG } from '../../../support/market.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import { TeeMarket } from '../../../support/tee-market.ts';
import { CHAIN } from '../../../support/world.ts';
import { accusedAt } from '../audit/support.ts';
import { answerOf, equivocation, otherAnswer, report, signedBy } from './support.ts';

const TIMESTAMP_SKEW = SHORT.timestampAheadSeconds;
const AGE = SHORT.evidenceAgeBlocks;

/** `p0` has answered on chain, and signed something else for somebody. */
const answered = () => {
  const market = new Market().open();
  market.attest('p0', RIGHT);
  return { market, to: market.attestation('p0') };
};

const codeOf = (
  { market, to }: ReturnType<typeof answered>,
  other = otherAnswer(market),
  change: object = {},
): string => {
  const { receiver, message } = equivocation(market, to, other);
  return market.refused('challenger', receiver, { ...message, ...change }).code;
};

describe('two answers to one claim (I13)', () => {
  test('one on chain and one signed for somebody off it prove it', () => {
    const { market, to } = answered();
    const id = report(market, to, otherAnswer(market));
    expect(market.actor(id)?.state).toBe('final');
    expect(market.context(id)).toMatchObject({ form: 'equivocation', ending: 'equivocation' });
    expect(market.actor(market.provider('p0'))?.state).toBe('tombstoned');
  });

  test.each([
    [0, 1],
    [1, 0],
  ])('both on chain, for two requests, whichever is named first: %i, %i', (first, second) => {
    const market = new Market().open();
    const requests = [0n, 1n].map((nonce) => market.ask('p0', LUX / 10n, nonce));
    const claims = [RIGHT, WRONG].map((output, at) =>
      market.claim('p0', output, { requestId: requests[at] ?? '' }),
    );
    const slots = requests.map((requestId) => market.attestation('p0', requestId));
    claims.forEach((claim, at) => market.do('p0', slots[at] ?? market.attestation('p0'), claim));
    const [to, other] = [slots[first], claims[second]];
    if (to === undefined || other === undefined) throw new Error('two of each');
    report(market, to, answerOf(other));
    expect(market.actor(market.provider('p0'))?.state).toBe('tombstoned');
  });

  test('of an attestation that is final by height still do, within the evidence age', () => {
    const { market, to } = answered();
    market.advanceTo(accusedAt(market, to).context.windowEnd + 1n);
    report(market, to, otherAnswer(market));
    expect(market.actor(market.provider('p0'))?.state).toBe('tombstoned');
  });
});

describe('what proves nothing', () => {
  test('the same output, whatever else differs', () => {
    const of = answered();
    const evidenceRoot = 'ab'.repeat(32);
    const claim = of.market.claim('p0', RIGHT, { evidenceRoot, timestamp: of.market.time - 1n });
    expect(codeOf(of, answerOf(claim))).toBe('same-output');
  });

  test('an answer to another payload: the signature is over another claim', () => {
    const of = answered();
    const claim = of.market.claim('p0', WRONG, { payloadHash: 'ab'.repeat(32) });
    expect(codeOf(of, answerOf(claim))).toBe('signature-of-other');
  });

  test('an answer by another profile or another model', () => {
    const of = answered();
    const { market } = of;
    const precision = { ...SPECIFICATION.precision, settings: 'another way' };
    const specification = { ...SPECIFICATION, precision };
    const another = profileHash(encode(profileSpecification, specification));
    const register = { type: 'register', specification } as const;
    market.do('creator', actorId('profile', another), register, SHORT.profileDepositNlux);
    const claim = market.claim('p0', WRONG, { profileHash: another });
    expect(codeOf(of, answerOf(claim))).toBe('signature-of-other');
    expect(codeOf(of, answerOf(claim), { profileHash: another })).toBe('not-one-claim');
    const elsewhere = market.claim('p0', WRONG, { modelId: 'ab'.repeat(32) });
    expect(codeOf(of, answerOf(elsewhere))).toBe('signature-of-other');
    expect(codeOf(of, answerOf(elsewhere), { modelId: 'ab'.repeat(32) })).toBe('not-one-claim');
  });

  test('the signature of somebody else, and another provider’s answer', () => {
    const of = answered();
    const { market } = of;
    const forged = signedBy(market, market.claim('p0', WRONG), 'p1');
    expect(codeOf(of, answerOf(forged))).toBe('signature-of-other');
    const others = answerOf(market.claim('p1', WRONG));
    expect(codeOf(of, others)).toBe('signature-of-other');
    expect(codeOf(of, others, { provider: market.address('p1') })).toBe('not-one-claim');
  });

  test('a malleated signature, a cut one, and one with another recovery id', () => {
    const of = answered();
    const { signature, ...rest } = otherAnswer(of.market);
    const s = BigInt(`0x${signature.slice(64, 128)}`);
    const highS = (secp256k1.Point.Fn.ORDER - s).toString(16).padStart(64, '0');
    const flip = signature.endsWith('00') ? '01' : '00';
    const code = (changed: string) => codeOf(of, { ...rest, signature: changed });
    expect(code(signature.slice(0, 64) + highS + flip)).toBe('signature-invalid');
    expect(code(signature.slice(0, 64) + highS + signature.slice(128))).toBe('signature-invalid');
    expect(code(signature.slice(0, 128) + '04')).toBe('signature-invalid');
    expect(code('00'.repeat(65))).toBe('signature-invalid');
    expect(code(signature.slice(0, 128) + flip)).toBe('signature-of-other');
  });

  test.each([
    ['another network', { networkId: CHAIN.networkId + 1, chainId: CHAIN.chainId }],
    ['another chain', { networkId: CHAIN.networkId, chainId: 'c5'.repeat(32) }],
  ])('a signature for %s (I14)', (_, chain) => {
    const of = answered();
    const claim = signedBy(of.market, of.market.claim('p0', WRONG), 'p0', chain);
    expect(codeOf(of, answerOf(claim))).toBe('signature-of-other');
  });

  test('fields that were not signed: root of the evidence, request, report, time', () => {
    const of = answered();
    const other = otherAnswer(of.market);
    for (const change of [
      { evidenceRoot: 'ab'.repeat(32) },
      { requestId: 'ab'.repeat(32) },
      { teeReportHash: 'ab'.repeat(32) },
      { timestamp: other.timestamp - 1n },
    ]) {
      expect(codeOf(of, { ...other, ...change })).toBe('signature-of-other');
    }
  });

  test('anything sent to another place, or with another slot', () => {
    const of = answered();
    const { market, to } = of;
    const { receiver, message } = equivocation(market, to, otherAnswer(market));
    const elsewhere = actorId('challenge', 'ab'.repeat(32));
    expect(market.refused('challenger', elsewhere, message).code).toBe('wrong-challenge-id');
    expect(codeOf(of, otherAnswer(market), { other: 'ab'.repeat(32) })).toBe('wrong-answer-slot');
    expect(codeOf(of, otherAnswer(market), { attestation: 'ab'.repeat(32) })).toBe(
      'attestation-unknown',
    );
    expect(market.refused('challenger', receiver, message, 1n).code).toBe('value-not-payable');
  });

  test('two answers where the comparator tolerates differences', () => {
    const comparator = {
      type: 'tokens',
      chunkElements: 64,
      loTokens: 1,
      hiTokens: 2,
      minFail: 1,
    } as const;
    const market = new Market(6, SHORT, { ...SPECIFICATION, comparator }).open();
    market.attest('p0', utf8('four'));
    const to = market.attestation('p0');
    const other = otherAnswer(market, undefined, utf8('five'));
    expect(codeOf({ market, to }, other)).toBe('equivocation-needs-exact');
  });
});

describe('the age of evidence (I14)', () => {
  test('is that of the attestation: the last block within, and the first beyond', () => {
    const of = answered();
    const { market, to } = of;
    const end = accusedAt(market, to).context.height + AGE;
    market.advanceTo(end - 2n);
    const within = market.snapshot();
    report(market, to, otherAnswer(market));
    market.restore(within);
    market.advance(1n);
    expect(market.height + 1n).toBe(end);
    expect(codeOf(of)).toBe('evidence-too-old');
  });

  test('is that of the other answer by its own timestamp', () => {
    const of = answered();
    const { market, to } = of;
    const seconds = AGE * SHORT.dispute.blockTimeSeconds;
    const at = (timestamp: bigint) => answerOf(market.claim('p0', WRONG, { timestamp }));
    const next = () => market.time + 2n;
    expect(codeOf(of, at(next() - seconds - 1n))).toBe('timestamp-out-of-range');
    expect(codeOf(of, at(next() + TIMESTAMP_SKEW + 1n))).toBe('timestamp-out-of-range');
    const before = market.snapshot();
    report(market, to, at(next() - seconds));
    market.restore(before);
    report(market, to, at(next() + TIMESTAMP_SKEW));
  });
});

describe('a key that was rotated away (I48)', () => {
  /** `p0` signs with another key from height `from` on. */
  const rotated = () => {
    const market = new Market().open();
    const owner = market.ownerName('p0');
    const digest = providerKeyProof({ ...CHAIN, owner: market.address(owner) });
    const from = market.height + 2n;
    const key = market.address('new key');
    const proof = market.sign('new key', digest);
    market.do(owner, market.provider('p0'), { type: 'rotateKey', key, proof, from });
    market.advanceTo(from + 40n);
    const to = market.attestation('p0');
    market.do('anyone', to, signedBy(market, market.claim('p0', RIGHT), 'new key'));
    return { market, to, from };
  };

  test('still proves, until the evidence age after its last height', () => {
    const { market, to, from } = rotated();
    market.advanceTo(from + AGE - 2n);
    report(market, to, otherAnswer(market));
    expect(market.actor(market.provider('p0'))?.state).toBe('tombstoned');
  });

  test('proves nothing after that, while the new one does', () => {
    const { market, to, from } = rotated();
    market.advanceTo(from + AGE - 1n);
    expect(codeOf({ market, to })).toBe('signature-of-other');
    const claim = signedBy(market, market.claim('p0', WRONG), 'new key');
    report(market, to, answerOf(claim));
    expect(market.actor(market.provider('p0'))?.state).toBe('tombstoned');
  });

  test('that never was the provider’s proves nothing', () => {
    const { market, to } = rotated();
    const claim = signedBy(market, market.claim('p0', WRONG), 'a third key');
    expect(codeOf({ market, to }, answerOf(claim))).toBe('signature-of-other');
  });
});

describe('an enclave key', () => {
  test('answers for its provider', () => {
    const market = new TeeMarket().open();
    market.enrol('p0', 'enclave');
    const noReport = () => new Uint8Array();
    const first = market.teeClaim('p0', RIGHT, noReport, 'enclave');
    market.do('p0', first.to, first.message);
    const { message } = market.teeClaim('p0', WRONG, noReport, 'enclave');
    const stranger = market.teeClaim('p0', WRONG, noReport, 'another enclave').message;
    expect(codeOf({ market, to: first.to }, answerOf(stranger))).toBe('signature-of-other');
    report(market, first.to, answerOf(message));
    expect(market.actor(market.provider('p0'))?.state).toBe('tombstoned');
  });

  test('answers for its provider after it was dropped, for the evidence age', () => {
    const market = new TeeMarket().open();
    market.enrol('p0', 'enclave');
    const to = market.attestWithReport('p0', RIGHT);
    const { message } = market.teeClaim('p0', WRONG, () => new Uint8Array(), 'enclave');
    const drop = { type: 'dropEnclaveKey', key: market.address('enclave') } as const;
    market.do(market.ownerName('p0'), market.provider('p0'), drop);
    report(market, to, answerOf(message));
    expect(market.actor(market.provider('p0'))?.state).toBe('tombstoned');
  });

  test('and the provider’s own key prove it together', () => {
    const market = new TeeMarket().open();
    market.enrol('p0', 'enclave');
    const to = market.attestWithReport('p0', RIGHT);
    const { message } = market.teeClaim('p0', WRONG, () => new Uint8Array(), 'enclave');
    report(market, to, answerOf(message));
    expect(market.actor(market.provider('p0'))?.state).toBe('tombstoned');
  });
});
