import { describe, expect, it } from 'vitest';
import {
  createVerifyCache,
  ingestCollateral,
  ingestTrustAnchor,
  verifyQuote,
} from '../../../src/tee/index.ts';
import { makeWorldQuote, testKey } from '../../../src/tee/generator/index.ts';
import { must } from './vectors.ts';
import { engine, NOW, world } from './world.ts';

/** What is remembered of a quote changes no verdict on another set of collateral. */
describe('the memory of what was verified', () => {
  const made = world();
  const anchor = must(ingestTrustAnchor(made.rootDer, engine));
  const trusted = must(ingestCollateral(made.collateral, anchor, NOW, { engine }));
  const quote = makeWorldQuote(made);
  const { publicKey } = testKey('another authority', 'pck-ca');
  /** Of the same name below the same root, with another key and its own revocation list. */
  const foreign = {
    ...trusted,
    pckCa: { ...trusted.pckCa, publicKey, der: new Uint8Array(1), sha256: new Uint8Array(32) },
    pckCrl: { ...trusted.pckCrl, issuerKey: publicKey },
  };

  it('says nothing of the chain of a quote under another PCK CA', () => {
    const cache = createVerifyCache();
    const refused = { ok: false, failure: { code: 'tee/pck-ca-mismatch' } };
    expect(verifyQuote(quote, foreign, NOW, { engine })).toMatchObject(refused);
    expect(verifyQuote(quote, trusted, NOW, { engine, cache }).ok).toBe(true);
    expect(cache.chains.size()).toBe(1);
    expect(verifyQuote(quote, foreign, NOW, { engine, cache })).toMatchObject(refused);
    expect(verifyQuote(quote, trusted, NOW, { engine, cache }).ok).toBe(true);
  });
});
