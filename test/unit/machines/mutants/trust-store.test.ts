import { describe, expect, test } from 'vitest';
import { TRUST_STORE } from '../../../../src/machines/kit/index.ts';
import { acceptedRecords, judgeDocument } from '../../../../src/machines/trust-store/judgement.ts';
import { trustStore } from '../../../../src/machines/trust-store/machine.ts';
import type { CollateralDocument } from '../../../../src/machines/trust-store/messages.ts';
import { crls, enrolledKeys, slotKey } from '../../../../src/machines/trust-store/record.ts';
import * as slots from '../../../../src/machines/trust-store/slots.ts';
import { createTestWorld, type WorldOptions } from '../../../../src/tee/generator/index.ts';
import { SHORT } from '../../../support/parameters.ts';
import { documentOf, LOCAL, localWorld, TeeMarket } from '../../../support/tee-market.ts';
import { ANCHOR, callOf, NOW } from './tee-support.ts';

const DAY = 86_400;
const CONTEXT = { anchor: ANCHOR };
const WINDOW = { issueDate: NOW - 60, nextUpdate: NOW + DAY };
const NEWER = localWorld({
  crlWindow: [NOW - 60, NOW + DAY],
  tcbInfo: WINDOW,
  qeIdentity: WINDOW,
  pckCa: { notBefore: NOW - 60 },
});
const FOREIGN = createTestWorld('another root');

const chainOf = ({ collateral }: typeof LOCAL) =>
  ({ type: 'pckCa', issuerChain: collateral.pckCrlIssuerChain }) as const;
const all = (world: typeof LOCAL): readonly CollateralDocument[] => [
  chainOf(world),
  ...(['rootCrl', 'pckCrl', 'tcbInfo', 'qeIdentity'] as const).map((type) =>
    documentOf(world, type),
  ),
];
const judge = (document: CollateralDocument, call = callOf()) =>
  judgeDocument(CONTEXT, document, call);

describe('a document', () => {
  test.each([
    ['pckCa', ['pckCa']],
    ['rootCrl', ['crl']],
    ['pckCrl', ['pckCa', 'crl']],
    ['tcbInfo', ['tcbInfo']],
    ['qeIdentity', ['qeIdentity']],
  ] as const)('that is newer is stored, with what comes along: %s', (type, stored) => {
    const document = all(NEWER).find((each) => each.type === type);
    const judged = document && judge(document);
    if (judged?.ok !== true) throw new Error(judged?.reason.code);
    expect(judged.ingested.map((each) => each.type)).toEqual(stored);
    for (const { replaced } of judged.ingested) expect(replaced).toBeDefined();
  });

  test.each(all(LOCAL).map((document) => [document.type, document] as const))(
    'that stands there already is refused: %s',
    (_, document) => {
      expect(judge(document)).toMatchObject({
        ok: false,
        reason: { code: 'collateral-refused', details: { cause: 'tee/collateral-older' } },
      });
    },
  );

  test.each(all(FOREIGN).map((document) => [document.type, document] as const))(
    'of another root is refused: %s',
    (_, document) => {
      const judged = judge(document);
      expect(judged).toMatchObject({ ok: false, reason: { code: 'collateral-refused' } });
      expect(judged.ok ? '' : judged.reason.details['cause']).toMatch(
        /^tee\/(?:root-untrusted|crl-signature)$/,
      );
    },
  );

  test('below the root wants the revocation list of the root first', () => {
    const key = slotKey(slots.crlSlotOf(ANCHOR.publicKey));
    for (const document of all(NEWER).filter(({ type }) => type !== 'rootCrl')) {
      expect(judge(document, callOf([`${crls.name}/${key}`]))).toEqual({
        ok: false,
        reason: {
          code: 'collateral-missing',
          details: { document: 'revocation list of the root' },
        },
      });
    }
    expect(judge(documentOf(NEWER, 'rootCrl'), callOf([`${crls.name}/${key}`])).ok).toBe(true);
  });

  test('that brings a list of another authority stores nothing', () => {
    const mixed = { ...documentOf(NEWER, 'pckCrl'), crl: documentOf(FOREIGN, 'pckCrl').crl };
    expect(judge(mixed)).toMatchObject({
      ok: false,
      reason: { code: 'collateral-refused', details: { cause: 'tee/crl-signature' } },
    });
  });

  test('is judged once in a delivery: guard and step get the very same', () => {
    const call = callOf();
    const document = documentOf(NEWER, 'tcbInfo');
    const judged = judge(document, call);
    expect(judge(document, call)).toBe(judged);
    expect(judged.ok && judged.ingested).toBe(acceptedRecords(CONTEXT, document, call));
  });

  test('that the guard refuses is no accepted record', () => {
    const document = documentOf(LOCAL, 'tcbInfo');
    expect(() => acceptedRecords(CONTEXT, document, callOf())).toThrow(
      'the guard of the message has accepted it',
    );
  });
});

describe('the root', () => {
  test('is valid to its last second', () => {
    const at = (notAfter: number) =>
      judgeDocument({ anchor: { ...ANCHOR, notAfter } }, chainOf(NEWER), callOf());
    expect(at(NOW).ok).toBe(true);
    expect(at(NOW - 1)).toMatchObject({
      reason: {
        code: 'collateral-expired',
        details: { document: 'root certificate', expiredAt: String(NOW - 1) },
      },
    });
  });
});

describe('slots', () => {
  test('name the quoting enclave of their TEE', () => {
    expect(slots.qeIdentitySlotOf('SGX', 20)).toBe('qe/QE/20');
    expect(slots.qeIdentitySlotOf('TDX', 20)).toBe('qe/TD_QE/20');
  });

  test('of a PCK CA take only a certificate of a later date', () => {
    const judged = judge(chainOf(NEWER));
    const [placed] = judged.ok ? judged.ingested : [];
    if (placed?.type !== 'pckCa') throw new Error('no certificate was placed');
    const { record } = placed;
    const later = (by: number) =>
      slots.requireNewerPckCa(record, { ...record, notBefore: record.notBefore + by }).ok;
    expect([-1, 0, 1].map(later)).toEqual([false, false, true]);
  });
});

describe('an upsert', () => {
  const { refundAgeSeconds } = SHORT.tee;
  const age = Number(refundAgeSeconds);
  const issued = (issueDate: number, type: 'tcbInfo' | 'qeIdentity', more: WorldOptions = {}) => {
    const window = { issueDate, nextUpdate: issueDate + 30 * DAY };
    return documentOf(localWorld({ ...more, [type]: window }), type);
  };

  test('is refunded from the age that the parameters say, and not a second before', () => {
    const [early, due] = [age - 1, age].map((seconds) => {
      const market = new TeeMarket();
      const now = Number(market.time);
      market.upsert(issued(now - age, 'tcbInfo'));
      return market.upsert(issued(now - age + seconds, 'tcbInfo')).feeNlux;
    });
    expect(due).toBe(0n);
    expect(early).toBeGreaterThan(0n);
  });

  test('of anything but TCB information is never refunded', () => {
    const market = new TeeMarket();
    const now = Number(market.time);
    expect(market.upsert(issued(now - DAY, 'qeIdentity')).feeNlux).toBeGreaterThan(0n);
    const world = localWorld({ crlWindow: [now - 60, now + DAY] });
    for (const type of ['rootCrl', 'pckCrl'] as const) {
      expect(market.upsert(documentOf(world, type)).feeNlux).toBeGreaterThan(0n);
    }
  });

  test('tells where, what and for how long', () => {
    const market = new TeeMarket();
    const now = Number(market.time);
    const world = localWorld({
      crlWindow: [now - 60, now + DAY],
      pckCa: { notBefore: now - 30, notAfter: now + 2 * DAY },
    });
    const { events } = market.upsert(documentOf(world, 'pckCrl'));
    const told = events
      .filter(({ name }) => name === 'collateralStored')
      .map(({ fields }) => Object.fromEntries(fields.map((each) => [each.name, each.value])));
    const key = LOCAL.keys.pckCa.publicKey;
    expect(told).toMatchObject([
      { slot: slots.pckCaSlotOf(key), from: String(now - 30), until: String(now + 2 * DAY) },
      { slot: slots.crlSlotOf(key), from: String(now - 60), until: String(now + DAY) },
    ]);
  });
});

describe('the trust store', () => {
  test('remembers whose enclave key it is, and from which block', () => {
    const market = new TeeMarket().open();
    market.enrol('p0', 'enclave');
    expect(market.entry(enrolledKeys, TRUST_STORE, market.address('enclave'))).toEqual({
      provider: market.address('p0'),
      height: market.height,
    });
  });

  test('may keep as many bytes as on every other node', () => {
    expect(trustStore.contextBytes).toBe(8_704);
  });
});
