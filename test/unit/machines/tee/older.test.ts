import { describe, expect, test } from 'vitest';
import { TRUST_STORE } from '../../../../src/machines/kit/index.ts';
import type { CollateralDocument } from '../../../../src/machines/trust-store/messages.ts';
import type { Collection } from '../../../../src/machines/kit/index.ts';
import { ingestDocument, type Stored } from '../../../../src/machines/trust-store/ingest.ts';
import { crls, pckCas, slotKey } from '../../../../src/machines/trust-store/record.ts';
import { crlSlotOf, pckCaSlotOf } from '../../../../src/machines/trust-store/slots.ts';
import { ingestRootCrl } from '../../../../src/tee/collateral/revocation.ts';
import { ingestTrustAnchor, nobleEngine } from '../../../../src/tee/index.ts';
import { must } from '../../tee/vectors.ts';
import { documentOf, LOCAL, localWorld, TeeMarket } from '../../../support/tee-market.ts';

/** Time moves forward only, document by document (PROTOCOL §8). */

const DAY = 86_400;
const caKey = LOCAL.keys.pckCa.publicKey;

const causeOf = (market: TeeMarket, document: CollateralDocument): string | undefined =>
  market.upsertRefused(document).details.find(({ name }) => name === 'cause')?.value;

const caIn = (market: TeeMarket) => market.entry(pckCas, TRUST_STORE, slotKey(pckCaSlotOf(caKey)));

describe('the certificate of a PCK CA', () => {
  const renewedAt = (market: TeeMarket) =>
    localWorld({
      pckCa: { notBefore: Number(market.time) - 60 },
      crlWindow: [Number(market.time) - 60, Number(market.time) + DAY],
    });

  test('that is older than the one that is stored does not come back', () => {
    const market = new TeeMarket();
    const renewed = renewedAt(market);
    const issuerChain = renewed.collateral.pckCrlIssuerChain;
    market.upsert({ type: 'pckCa', issuerChain });
    const stored = caIn(market);
    const old = { type: 'pckCa', issuerChain: LOCAL.collateral.pckCrlIssuerChain } as const;
    expect(causeOf(market, old)).toBe('tee/collateral-older');
    expect(caIn(market)).toEqual(stored);
  });

  test('that comes with a newer list does not come back either; the list is taken', () => {
    const market = new TeeMarket();
    market.upsert({
      type: 'pckCa',
      issuerChain: renewedAt(market).collateral.pckCrlIssuerChain,
    });
    const stored = caIn(market);
    const now = Number(market.time);
    const lists = localWorld({ crlWindow: [now - 30, now + DAY] });
    market.upsert(documentOf(lists, 'pckCrl'));
    expect(caIn(market)).toEqual(stored);
    const list = market.entry(crls, TRUST_STORE, slotKey(crlSlotOf(caKey)));
    expect(list?.thisUpdate).toBe(now - 30);
  });
});

describe('a revocation list or an identity', () => {
  test('of the very date of the one that is stored takes no place', () => {
    const market = new TeeMarket();
    const now = Number(market.time);
    const window = [now - 60, now + DAY] as const;
    const first = localWorld({ crlWindow: window });
    // Of the same moment, and with another content: it revokes one more.
    const second = localWorld({ crlWindow: window, pckRevoked: [LOCAL.specs.pck.serial] });
    market.upsert(documentOf(first, 'pckCrl'));
    expect(causeOf(market, documentOf(second, 'pckCrl'))).toBe('tee/collateral-older');
    const identity = (secondsAgo: number, isvSvn: number) =>
      documentOf(
        localWorld({
          qeIdentity: {
            issueDate: now - secondsAgo,
            nextUpdate: now + DAY,
            levels: [{ isvSvn, date: now - DAY, status: 'UpToDate' }],
          },
        }),
        'qeIdentity',
      );
    market.upsert(identity(60, 8));
    expect(causeOf(market, identity(60, 7))).toBe('tee/collateral-older');
    expect(causeOf(market, identity(61, 7))).toBe('tee/collateral-older');
  });
});

describe('a root that has run out', () => {
  const anchor = must(ingestTrustAnchor(LOCAL.rootDer, nobleEngine));
  const now = 1_800_000_000;
  const world = localWorld({ crlWindow: [now - 60, now + DAY] });
  const context = { engine: nobleEngine, now };
  const rootCrl = must(ingestRootCrl(LOCAL.collateral.rootCrl, anchor, context));
  const below = (notAfter: number): Stored => ({
    anchor: { ...anchor, notAfter },
    entry: <V>(_: Collection<V>, key: string) =>
      (key === slotKey(crlSlotOf(anchor.publicKey)) ? rootCrl : undefined) as V | undefined,
  });

  test.each(['rootCrl', 'pckCrl', 'tcbInfo', 'qeIdentity'] as const)(
    'has nothing below it any more: %s',
    (type) => {
      const document = documentOf(world, type);
      expect(ingestDocument(document, below(now), context).ok).toBe(true);
      expect(ingestDocument(document, below(now - 1), context)).toMatchObject({
        ok: false,
        failure: { stage: 'root', code: 'tee/certificate-expired' },
      });
    },
  );
});
