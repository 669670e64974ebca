import { describe, expect, test } from 'vitest';
import { decode, encode } from '../../../../src/codec/index.ts';
import { checkTrust, documentsOf, sortDocuments } from '../../../../src/genesis/trust.ts';
import { readNeeds } from '../../../../src/machines/tee/needs.ts';
import { restoreFacts, storedFacts, storeFacts } from '../../../../src/machines/tee/facts.ts';
import { collateralDocument } from '../../../../src/machines/trust-store/messages.ts';
import * as stored from '../../../../src/machines/trust-store/record.ts';
import * as slots from '../../../../src/machines/trust-store/slots.ts';
import type { Collection } from '../../../../src/machines/kit/index.ts';
import { INTEL_SGX_ROOT_CA, parseCollateralFile, verifyQuote } from '../../../../src/tee/index.ts';
import { opensslEngine } from '../../../../src/tee/p256/openssl.ts';
import { acceptedQuotes, hasVectors, intelAnchor } from '../../tee/vectors.ts';
import { intelCollateral, must, read, type IntelCase } from '../../tee/vectors.ts';

const options = { engine: opensslEngine };

/** The collateral of a case as a trust store holds it: through messages, records and bytes. */
const throughTheStore = ({ collateral, now, quote }: IntelCase) => {
  const raw = must(parseCollateralFile(read(`intel/${collateral}`)));
  const documents = documentsOf(raw).map((document) => {
    const bytes = encode(collateralDocument, document);
    const again = decode(collateralDocument, bytes, collateralDocument.maxBytes);
    if (!again.ok) throw new Error(again.failure.code);
    return again.value;
  });
  const tee = { root: INTEL_SGX_ROOT_CA, documents: sortDocuments(documents) };
  const trust = checkTrust({ tee, time: BigInt(now) });
  if (!trust.ok) throw new Error(trust.failure.cause);
  const entry = <V>(collection: Collection<V>, slot: string): V => {
    const key = stored.slotKey(slot);
    const found = trust.value.entries.find(
      (each) => each.key === key && each.collection.name === collection.name,
    );
    if (found === undefined) throw new Error(`nothing in ${slot}`);
    const bytes = encode(collection.value, found.value as V);
    const again = decode(collection.value, bytes, collection.value.maxBytes);
    if (!again.ok) throw new Error(again.failure.code);
    return again.value;
  };
  const needs = must(readNeeds(read(`intel/${quote}`)));
  const { anchor } = trust.value;
  const { tee: kind } = needs.quote.header;
  const { tcbInfo, qeIdentity } = intelCollateral(collateral, now);
  return {
    anchor,
    rootCrl: entry(stored.crls, slots.crlSlotOf(anchor.publicKey)),
    pckCa: entry(stored.pckCas, slots.pckCaSlotOf(needs.caKey)),
    pckCrl: entry(stored.crls, slots.crlSlotOf(needs.caKey)),
    tcbInfo: entry(
      stored.tcbInfos,
      slots.tcbInfoSlotOf(kind, needs.fmspc, tcbInfo.evaluationNumber),
    ),
    qeIdentity: entry(
      stored.qeIdentities,
      slots.qeIdentitySlotOf(kind, qeIdentity.evaluationNumber),
    ),
  };
};

/** A case of every quote that the vendor's library accepts. */
const accepted = hasVectors ? acceptedQuotes(100) : [];

describe.skipIf(!hasVectors)('real quotes and collateral', () => {
  test('are judged from the store as from the files, all of them', () => {
    expect(accepted.length).toBeGreaterThan(30);
    for (const each of accepted) {
      const quote = read(`intel/${each.quote}`);
      const direct = must(
        verifyQuote(quote, intelCollateral(each.collateral, each.now), each.now, options),
      );
      expect(intelAnchor().sha256).toEqual(direct.collateral.root);
      const fromStore = must(verifyQuote(quote, throughTheStore(each), each.now, options));
      expect(fromStore).toEqual(direct);
    }
  }, 60_000);

  test('have facts that come back from bytes as they were, but for what falls short', () => {
    for (const each of accepted) {
      const quote = read(`intel/${each.quote}`);
      const facts = must(
        verifyQuote(quote, intelCollateral(each.collateral, each.now), each.now, options),
      );
      const bytes = encode(storedFacts, storeFacts(facts));
      const again = decode(storedFacts, bytes, storedFacts.maxBytes);
      if (!again.ok) throw new Error(again.failure.code);
      expect(restoreFacts(again.value)).toEqual({
        ...facts,
        launch: { ...facts.launch, shortfall: [] },
        current: { ...facts.current, shortfall: [] },
      });
    }
  }, 60_000);
});
