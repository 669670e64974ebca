import { describe, expect, test } from 'vitest';
import { PARAMETERS } from '../../../../src/machines/kit/index.ts';
import type { Parameters } from '../../../../src/machines/parameters/record.ts';
import { MAX_ENCLAVE_KEYS } from '../../../../src/machines/provider/enclave-keys.ts';
import { recentBlocks, RECENT_BLOCKS } from '../../../../src/machines/trust-store/record.ts';
import { TRUST_STORE, u64Key } from '../../../../src/machines/kit/index.ts';
import { formatIsoTime } from '../../../../src/tee/time.ts';
import { RIGHT, WRONG } from '../../../support/market.ts';
import { SHORT } from '../../../support/parameters.ts';
import { documentOf, LOCAL, localWorld, TeeMarket } from '../../../support/tee-market.ts';

const NO_REPORT = () => new Uint8Array();
const LIFE = 600n;

const open = (): TeeMarket => new TeeMarket({ enclaveKeySeconds: LIFE }).open();

const attest = (market: TeeMarket, key = 'enclave', output = RIGHT) => {
  const { to, message } = market.teeClaim('p0', output, NO_REPORT, key);
  return { market, to, message };
};

const refusalOf = (market: TeeMarket, key = 'enclave'): string => {
  const { to, message } = attest(market, key);
  return market.refused('p0', to, message).code;
};

const enrolRefused = (
  market: TeeMarket,
  message: ReturnType<TeeMarket['enrolment']>,
  from = market.ownerName('p0'),
): string => market.refused(from, market.provider('p0'), message).code;

describe('an enclave key', () => {
  test('attests for the profile it was enrolled for, and its facts are kept', () => {
    const market = open();
    market.enrol('p0', 'enclave');
    const kept = market.enclaveKey('p0', 'enclave');
    expect(kept).toMatchObject({ profileHash: market.profileHash, enrolledAt: market.height });
    expect(kept?.facts).toMatchObject({ status: 'UpToDate', tee: 'TDX', debug: false });
    expect(market.actor(market.provider('p0'))?.context.enclaveKeys).toBe(1);
    const { to, message } = attest(market);
    const { events } = market.do('p0', to, message);
    expect(market.actor(to)?.context.tee).toBe('enclaveKey');
    expect(events[0]?.fields).toContainEqual({ name: 'tcbStatus', value: 'UpToDate' });
  });

  test('counts through the last second of its life, and not one more', () => {
    const market = open();
    const reference = market.time;
    market.enrol('p0', 'enclave');
    expect(market.enclaveKey('p0', 'enclave')?.expiresAt).toBe(reference + LIFE);
    market.time = reference + LIFE;
    expect(refusalOf(market)).toBe('enclave-key-expired');
    // A block later by the length of a block: back to the one that ends on the last second.
    market.time = reference + LIFE - 2n;
    const { to, message } = attest(market);
    market.do('p0', to, message);
  });

  test('dies with the collateral that it was judged by, if that is sooner', () => {
    const market = open();
    const end = Number(market.time) + 100;
    const window = { issueDate: Number(market.time) - 60, nextUpdate: end };
    market.upsert(documentOf(localWorld({ tcbInfo: window }), 'tcbInfo'));
    market.enrol('p0', 'enclave');
    expect(market.enclaveKey('p0', 'enclave')?.expiresAt).toBe(BigInt(end));
    expect(formatIsoTime(end)).toMatch(/^2027-/);
  });

  test('brings no report beside its signature', () => {
    const market = open();
    market.enrol('p0', 'enclave');
    const { to, message } = market.teeClaim('p0', RIGHT, (d) => market.quote(d), 'enclave');
    expect(market.refused('p0', to, message).code).toBe('report-unexpected');
  });

  test('signs for no other provider', () => {
    const market = open();
    market.enrol('p0', 'enclave');
    const { to, message } = market.teeClaim('p1', RIGHT, NO_REPORT, 'enclave');
    expect(market.refused('p1', to, message).code).toBe('signature-of-other');
  });

  test('is dropped by its owner only, and signs no more', () => {
    const market = open();
    market.enrol('p0', 'enclave');
    const drop = { type: 'dropEnclaveKey', key: market.address('enclave') } as const;
    const to = market.provider('p0');
    expect(market.refused('anyone', to, drop).code).toBe('not-owner');
    const before = market.snapshot();
    market.do(market.ownerName('p0'), to, drop);
    expect(market.enclaveKey('p0', 'enclave')?.expiresAt).toBe(market.time - 1n);
    expect(refusalOf(market)).toBe('enclave-key-expired');
    market.restore(before);
    const { to: slot, message } = attest(market);
    const receipts = market.block(
      market.order(market.ownerName('p0'), to, drop),
      market.order('p0', slot, message),
    );
    expect(receipts.map(({ outcome }) => outcome.type)).toEqual(['applied', 'refused']);
  });

  test('that was dropped keeps its place while it is evidence, and then gives it up', () => {
    const market = open();
    market.enrol('p0', 'enclave');
    const drop = { type: 'dropEnclaveKey', key: market.address('enclave') } as const;
    const [owner, to] = [market.ownerName('p0'), market.provider('p0')];
    market.do(owner, to, drop);
    const { expiresAt = 0n } = market.enclaveKey('p0', 'enclave') ?? {};
    const until = expiresAt + SHORT.evidenceAgeBlocks * SHORT.dispute.blockTimeSeconds;
    market.time = until - 2n;
    expect(market.refused(owner, to, drop).code).toBe('enclave-key-liable');
    expect([market.time, market.actor(to)?.context.enclaveKeys]).toEqual([until, 1]);
    market.do(owner, to, drop);
    expect(market.enclaveKey('p0', 'enclave')).toBeUndefined();
    expect(market.actor(to)?.context.enclaveKeys).toBe(0);
    expect(refusalOf(market)).toBe('signature-of-other');
    expect(market.refused(owner, to, drop).code).toBe('enclave-key-unknown');
  });

  test('is refused once its platform is on a revocation list', () => {
    const market = open();
    market.enrol('p0', 'enclave');
    const now = Number(market.time);
    const revoking = localWorld({
      pckRevoked: [LOCAL.specs.pck.serial],
      crlWindow: [now - 60, now + 86_400],
    });
    market.upsert(documentOf(revoking, 'pckCrl'));
    expect(refusalOf(market)).toBe('enclave-key-revoked');
  });

  test('is refused once its PCK CA is on the list of the root', () => {
    const market = open();
    market.enrol('p0', 'enclave');
    const now = Number(market.time);
    const revoking = localWorld({
      rootRevoked: [LOCAL.specs.pckCa.serial],
      crlWindow: [now - 60, now + 86_400],
    });
    market.upsert(documentOf(revoking, 'rootCrl'));
    expect(refusalOf(market)).toBe('enclave-key-revoked');
  });

  test('is judged again by the lists and the policy that apply later', () => {
    const market = open();
    market.enrol('p0', 'enclave');
    const kept = market.enclaveKey('p0', 'enclave');
    const denied = Buffer.from(kept?.facts.platform.pckSerialHash ?? []).toString('hex');
    const parameters: Parameters = {
      ...SHORT,
      noticeBlocks: SHORT.evidenceAgeBlocks + SHORT.epochBlocks,
      tee: { ...SHORT.tee, policy: { ...SHORT.tee.policy, deniedPlatforms: [denied] } },
    };
    market.do('authority', PARAMETERS, { type: 'propose', parameters });
    market.advanceTo(market.actor(PARAMETERS)?.context.pending?.enactableAt ?? 0n);
    market.do('authority', PARAMETERS, { type: 'enact' });
    market.block();
    const { to, message } = attest(market);
    const refusal = market.refused('p0', to, message);
    expect(refusal.code).toBe('report-below-policy');
    expect(refusal.details).toContainEqual({ name: 'cause', value: 'tee/policy-platform-denied' });
  });
});

describe('an enrolment', () => {
  test('is the owner’s', () => {
    const market = open();
    expect(enrolRefused(market, market.enrolment('p0', 'enclave'), 'anyone')).toBe('not-owner');
  });

  test('is once for a key, for ever and for everybody', () => {
    const market = open();
    market.enrol('p0', 'enclave');
    expect(enrolRefused(market, market.enrolment('p0', 'enclave'))).toBe('enclave-key-known');
    const other = market.enrolment('p1', 'enclave');
    expect(market.refused(market.ownerName('p1'), market.provider('p1'), other).code).toBe(
      'enclave-key-known',
    );
    const drop = { type: 'dropEnclaveKey', key: market.address('enclave') } as const;
    market.do(market.ownerName('p0'), market.provider('p0'), drop);
    expect(enrolRefused(market, market.enrolment('p0', 'enclave'))).toBe('enclave-key-known');
  });

  test('binds the key, the provider, the height and the id of its block', () => {
    const market = open();
    const right = market.enrolment('p0', 'enclave');
    const { quote } = market.enrolment('p1', 'enclave');
    expect(enrolRefused(market, { ...right, quote })).toBe('report-not-bound');
    const { publicKey } = market.key('another');
    expect(enrolRefused(market, { ...right, publicKey })).toBe('report-not-bound');
    const earlier = { ...right, refHeight: right.refHeight - 1n };
    expect(enrolRefused(market, earlier)).toBe('report-not-bound');
    const forked = market.enrolment('p0', 'enclave', { blockId: 'ab'.repeat(32) });
    expect(enrolRefused(market, forked)).toBe('report-not-bound');
  });

  test('refers to one of the last 150 blocks', () => {
    const market = open();
    market.advanceTo(RECENT_BLOCKS + 20n);
    const at = (refHeight: bigint) => market.enrolment('p0', 'enclave', { refHeight });
    const next = market.height + 1n;
    expect(enrolRefused(market, at(next))).toBe('reference-out-of-range');
    const oldest = market.height + 1n - RECENT_BLOCKS;
    expect(enrolRefused(market, at(oldest - 1n))).toBe('reference-out-of-range');
    const last = market.height + 1n - RECENT_BLOCKS;
    market.do(market.ownerName('p0'), market.provider('p0'), at(last));
  });

  test('is for a profile that it serves', () => {
    const market = open();
    const elsewhere = { ...market.enrolment('p0', 'enclave'), profileHash: 'ab'.repeat(32) };
    expect(enrolRefused(market, elsewhere)).toBe('not-served');
  });

  test('is for a profile that takes enclave keys', () => {
    const market = new TeeMarket({ enclaveKeySeconds: 0n }).open();
    expect(enrolRefused(market, market.enrolment('p0', 'enclave'))).toBe('enclave-keys-not-taken');
  });

  test('is of a compressed key', () => {
    const market = open();
    const message = { ...market.enrolment('p0', 'enclave'), publicKey: '04'.repeat(33) };
    expect(enrolRefused(market, message)).toBe('enclave-key-malformed');
  });

  test('is judged as a report is', () => {
    const market = open();
    const patches = [[136, new Uint8Array(48).fill(9)]] as const;
    const quoteOf = (digest: string) => market.quote(digest, { patches });
    const message = market.enrolment('p0', 'enclave', {}, quoteOf);
    expect(enrolRefused(market, message)).toBe('measurement-not-accepted');
  });

  test('has room for so many keys at a time', () => {
    const market = open();
    for (let at = 0; at < MAX_ENCLAVE_KEYS; at++) market.enrol('p0', `enclave ${at}`);
    expect(enrolRefused(market, market.enrolment('p0', 'one more'))).toBe('too-many-enclave-keys');
    const context = market.actor(market.provider('p0'))?.context;
    expect(context?.enclaveKeys).toBe(MAX_ENCLAVE_KEYS);
    const { to, message } = attest(market, 'enclave 3', WRONG);
    market.do('p0', to, message);
  });
});

describe('the recent blocks', () => {
  test('are the last 150, by height, with their ids and times', () => {
    const market = open();
    market.advanceTo(RECENT_BLOCKS + 30n);
    const heights: bigint[] = [];
    for (let at = 0n; at < RECENT_BLOCKS; at++) {
      const kept = market.entry(recentBlocks, TRUST_STORE, u64Key(at));
      expect(kept?.blockId).toBe(market.blockId(kept?.height ?? 0n));
      heights.push(kept?.height ?? -1n);
    }
    const expected = Array.from({ length: 150 }, (_, at) => market.height - 150n + BigInt(at));
    expect(heights.toSorted((a, b) => Number(a - b))).toEqual(expected);
    const last = market.entry(recentBlocks, TRUST_STORE, u64Key((market.height - 1n) % 150n));
    expect(last?.time).toBe(market.time - 2n);
  });
});
