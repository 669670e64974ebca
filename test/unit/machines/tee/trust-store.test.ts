import { describe, expect, test } from 'vitest';
import { ok } from '../../../../src/codec/index.ts';
import { documentsOf } from '../../../../src/genesis/trust.ts';
import { TRUST_STORE, type ActorId } from '../../../../src/machines/kit/index.ts';
import type { CollateralDocument } from '../../../../src/machines/trust-store/messages.ts';
import { slotKey, tcbInfos, crls } from '../../../../src/machines/trust-store/record.ts';
import * as slots from '../../../../src/machines/trust-store/slots.ts';
import { crlSlot, qeIdentitySlot, tcbInfoSlot } from '../../../../src/tee/index.ts';
import { ingestCollateral, ingestTrustAnchor, nobleEngine } from '../../../../src/tee/index.ts';
import { createTestWorld } from '../../../../src/tee/generator/index.ts';
import type { WorldOptions } from '../../../../src/tee/generator/index.ts';
import { documentOf, LOCAL, localWorld, TeeMarket } from '../../../support/tee-market.ts';
import { SHORT } from '../../../support/parameters.ts';
import type { Parameters } from '../../../../src/machines/parameters/record.ts';

const DAY = 86_400;
const FMSPC = 'a17a00000000';

/** TCB information issued so many seconds before now. */
const issued = (market: TeeMarket, secondsAgo: number, more: WorldOptions['tcbInfo'] = {}) => {
  const issueDate = Number(market.time) - secondsAgo;
  const tcbInfo = { issueDate, nextUpdate: issueDate + 30 * DAY, ...more };
  return documentOf(localWorld({ tcbInfo }), 'tcbInfo');
};

const lists = (market: TeeMarket, secondsAgo: number) => {
  const thisUpdate = Number(market.time) - secondsAgo;
  return localWorld({ crlWindow: [thisUpdate, thisUpdate + 30 * DAY] });
};

const causeOf = (market: TeeMarket, document: CollateralDocument): string => {
  const refusal = market.upsertRefused(document);
  const cause = refusal.details.find(({ name }) => name === 'cause')?.value ?? '';
  return `${refusal.code} ${cause}`.trim();
};

describe('the trust store', () => {
  test('stores a newer document in the place of an older one, from anybody', () => {
    const market = new TeeMarket();
    const { outcome, events } = market.upsert(issued(market, 2 * DAY));
    expect(outcome).toEqual({ type: 'applied' });
    expect(events[0]?.fields[0]).toEqual({ name: 'slot', value: `tcb/TDX/${FMSPC}/20` });
    const key = slotKey(`tcb/TDX/${FMSPC}/20`);
    expect(market.entry(tcbInfos, TRUST_STORE, key)?.issueDate).toBe(
      Number(market.time) - 2 * DAY - 2,
    );
    market.upsert(issued(market, DAY));
  });

  test('never goes back, nor takes the same again: TCB information', () => {
    const market = new TeeMarket();
    const newer = issued(market, DAY);
    market.upsert(newer);
    const older = 'collateral-refused tee/collateral-older';
    expect(causeOf(market, newer)).toBe(older);
    expect(causeOf(market, issued(market, 2 * DAY))).toBe(older);
  });

  test.each(['rootCrl', 'pckCrl'] as const)('never goes back: %s', (type) => {
    const market = new TeeMarket();
    const before = lists(market, 2 * DAY);
    market.upsert(documentOf(lists(market, DAY), type));
    expect(causeOf(market, documentOf(before, type))).toBe(
      'collateral-refused tee/collateral-older',
    );
  });

  test('never goes back: quoting enclave identity and PCK CA', () => {
    const market = new TeeMarket();
    const older = 'collateral-refused tee/collateral-older';
    expect(causeOf(market, documentOf(LOCAL, 'qeIdentity'))).toBe(older);
    const { pckCrlIssuerChain: issuerChain } = LOCAL.collateral;
    expect(causeOf(market, { type: 'pckCa', issuerChain })).toBe(older);
    const renewed = localWorld({ pckCa: { notBefore: Number(market.time) - 60 } });
    const chain = renewed.collateral.pckCrlIssuerChain;
    market.upsert({ type: 'pckCa', issuerChain: chain });
    expect(causeOf(market, { type: 'pckCa', issuerChain: chain })).toBe(older);
  });

  test('keeps documents of another evaluation number beside', () => {
    const market = new TeeMarket();
    market.upsert(issued(market, DAY, { evaluationNumber: 21 }));
    expect(market.entry(tcbInfos, TRUST_STORE, slotKey(`tcb/TDX/${FMSPC}/21`))).toBeDefined();
    expect(market.entry(tcbInfos, TRUST_STORE, slotKey(`tcb/TDX/${FMSPC}/20`))).toBeDefined();
  });

  test.each(['rootCrl', 'pckCrl', 'tcbInfo', 'qeIdentity'] as const)(
    'takes nothing below another root: %s',
    (type) => {
      const market = new TeeMarket();
      const foreign = createTestWorld('another root');
      expect(causeOf(market, documentOf(foreign, type))).toMatch(
        /^collateral-refused tee\/(?:root-untrusted|crl-signature)$/,
      );
    },
  );

  test('takes no document before its time, and none after it', () => {
    const market = new TeeMarket();
    expect(causeOf(market, issued(market, -DAY))).toBe(
      'collateral-refused tee/document-not-yet-valid',
    );
    expect(causeOf(market, issued(market, 31 * DAY))).toBe(
      'collateral-expired tee/document-expired',
    );
  });

  test('takes nothing signed by a certificate that the root has revoked', () => {
    const market = new TeeMarket();
    const now = Number(market.time);
    const rootRevoked = [LOCAL.specs.tcbSigner.serial];
    const revoking = localWorld({ rootRevoked, crlWindow: [now - 60, now + DAY] });
    market.upsert(documentOf(revoking, 'rootCrl'));
    expect(causeOf(market, issued(market, 60))).toBe('collateral-refused tee/certificate-revoked');
  });

  test('wants the list of the root first, and a current one', () => {
    const market = new TeeMarket();
    const now = Number(market.time);
    const short = localWorld({ crlWindow: [now - 60, now + 10] });
    market.upsert(documentOf(short, 'rootCrl'));
    market.advance(10n);
    expect(causeOf(market, issued(market, 60))).toBe('collateral-expired tee/crl-expired');
    const anchor = market.actor(TRUST_STORE)?.context.anchor;
    const key = slotKey(slots.crlSlotOf(anchor?.publicKey ?? new Uint8Array()));
    expect(market.entry(crls, TRUST_STORE, key)?.nextUpdate).toBe(now + 10);
  });

  test('is told of enclave keys by providers only', () => {
    const market = new TeeMarket();
    const told = { type: 'keyEnrolled', key: 'ab'.repeat(20) } as const;
    expect(market.refused('anyone', TRUST_STORE, told).code).toBe('sender-not-entitled');
  });
});

describe('gas', () => {
  const listed = (change: Partial<Parameters['tee']>): Parameters => ({
    ...SHORT,
    tee: { ...SHORT.tee, ...change },
  });
  const feeOf = (market: TeeMarket, document: CollateralDocument): bigint =>
    market.upsert(document).feeNlux;
  const spent = (market: TeeMarket, who: ActorId, act: () => void): bigint => {
    const before = market.balance(who);
    act();
    return before - market.balance(who);
  };

  test('of a document is its bytes and its signatures', () => {
    const market = new TeeMarket({}, listed({ refundedFmspcs: [] }));
    const { gasUsed, feeNlux } = market.upsert(issued(market, DAY));
    expect(gasUsed).toBeGreaterThan(4_000n);
    expect(feeNlux).toBe(gasUsed);
  });

  test('is refunded for a listed platform family, once the stored document has some age', () => {
    const market = new TeeMarket();
    const supply = market.supply();
    const fresh = issued(market, DAY);
    const cost = spent(market, market.account('anyone'), () => {
      expect(feeOf(market, fresh)).toBe(0n);
    });
    expect(cost).toBe(0n);
    expect(feeOf(market, issued(market, 60))).toBeGreaterThan(0n);
    expect(market.supply()).toBe(supply);
  });

  test('is refunded for no other family, number, or refused document', () => {
    const other = new TeeMarket({}, listed({ refundedFmspcs: ['b0c06f000000'] }));
    expect(feeOf(other, issued(other, DAY))).toBeGreaterThan(0n);
    const early = new TeeMarket();
    expect(feeOf(early, issued(early, DAY, { evaluationNumber: 21 }))).toBeGreaterThan(0n);
    const refused = new TeeMarket();
    const message = { type: 'upsertCollateral', document: issued(refused, 31 * DAY) } as const;
    const [receipt] = refused.block(refused.order('anyone', TRUST_STORE, message));
    expect(receipt?.outcome.type).toBe('refused');
    expect(receipt?.feeNlux).toBeGreaterThan(0n);
  });
});

describe('slots', () => {
  test('are those of the TEE library', () => {
    const anchor = ingestTrustAnchor(LOCAL.rootDer, nobleEngine);
    const set = anchor.ok
      ? ingestCollateral(LOCAL.collateral, anchor.value, 1_767_225_600)
      : anchor;
    if (!set.ok) throw new Error(set.failure.code);
    const { rootCrl, pckCa, pckCrl, tcbInfo, qeIdentity } = set.value;
    expect(slots.crlSlotOf(pckCa.publicKey)).toBe(crlSlot(pckCrl));
    expect(slots.crlSlotOf(set.value.anchor.publicKey)).toBe(crlSlot(rootCrl));
    expect(slots.tcbInfoSlotOf('TDX', tcbInfo.fmspc, 20)).toBe(tcbInfoSlot(tcbInfo));
    expect(slots.qeIdentitySlotOf('TDX', 20)).toBe(qeIdentitySlot(qeIdentity));
    const sgx = localWorld({ tee: 'SGX' });
    expect(documentsOf(sgx.collateral)).toHaveLength(4);
    expect(slots.qeIdentitySlotOf('SGX', 20)).toBe('qe/QE/20');
    expect(slots.requireNewerPckCa(pckCa, { ...pckCa, notBefore: pckCa.notBefore + 1 })).toEqual(
      ok(null),
    );
  });
});
