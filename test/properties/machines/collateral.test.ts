import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KERNEL_REFUSALS } from '../../../src/actors/index.ts';
import { documentsOf } from '../../../src/genesis/trust.ts';
import { REFUSAL_REASONS } from '../../../src/machines/reasons.ts';
import type { CollateralDocument } from '../../../src/machines/trust-store/messages.ts';
import { TRUST_STORE } from '../../../src/machines/kit/index.ts';
import { RIGHT } from '../../support/market.ts';
import { LOCAL, localWorld, TeeMarket } from '../../support/tee-market.ts';

const RUNS = 250;
const MAX_INSERTED = 40;

type Mutation = (bytes: Uint8Array) => Uint8Array;

const position = fc.nat(1_000_000);

const flipped = fc
  .tuple(position, fc.integer({ min: 1, max: 255 }))
  .map(([at, mask]): Mutation => (bytes) => {
    const changed = bytes.slice();
    const index = at % (bytes.length || 1);
    changed[index] = (changed[index] ?? 0) ^ mask;
    return changed;
  });
const cut = position.map(
  (at): Mutation =>
    (bytes) =>
      bytes.slice(0, at % (bytes.length || 1)),
);
const inserted = fc
  .tuple(position, fc.uint8Array({ minLength: 1, maxLength: MAX_INSERTED }))
  .map(([at, more]): Mutation => (bytes) => {
    const index = at % (bytes.length || 1);
    return Uint8Array.of(...bytes.subarray(0, index), ...more, ...bytes.subarray(index));
  });
const replaced = fc.uint8Array({ maxLength: 300 }).map(
  (junk): Mutation =>
    () =>
      junk,
);
const mutations = fc.array(fc.oneof(flipped, cut, inserted, replaced), {
  minLength: 1,
  maxLength: 3,
});

const apply = (bytes: Uint8Array, all: readonly Mutation[]): Uint8Array =>
  all.reduce((changed, mutate) => mutate(changed), bytes);

/** A document with the bytes of one of its parts changed. */
const mutated = (
  document: CollateralDocument,
  part: number,
  all: readonly Mutation[],
): CollateralDocument => {
  const names = Object.keys(document).filter(
    (name) => (document as Readonly<Record<string, unknown>>)[name] instanceof Uint8Array,
  );
  const name = names[part % names.length] ?? 'crl';
  const bytes = (document as unknown as Readonly<Record<string, Uint8Array>>)[name];
  return { ...document, [name]: apply(bytes ?? new Uint8Array(), all) } as CollateralDocument;
};

const known = (code: string): boolean =>
  Object.hasOwn(REFUSAL_REASONS, code) || Object.hasOwn(KERNEL_REFUSALS, code);

/** Newer than what the `local` preset stores, so that only the change can be at fault. */
const newer = (now: number): readonly CollateralDocument[] => {
  const window = { issueDate: now - 60, nextUpdate: now + 86_400 };
  const world = localWorld({
    tcbInfo: window,
    qeIdentity: window,
    crlWindow: [now - 60, now + 86_400],
    pckCa: { notBefore: now - 60 },
  });
  const { pckCrlIssuerChain: issuerChain } = world.collateral;
  return [...documentsOf(world.collateral), { type: 'pckCa', issuerChain }];
};

describe('documents that nobody signed', () => {
  const market = new TeeMarket();
  const start = market.snapshot();
  const documents = newer(Number(market.time));

  it('are all stored while they are whole', () => {
    for (const document of documents) {
      market.restore(start);
      expect(market.upsert(document).outcome.type).toBe('applied');
    }
  });

  it('are refused by name, whatever was changed, and leave nothing behind', () => {
    const any = fc.tuple(fc.nat(documents.length - 1), fc.nat(3), mutations);
    fc.assert(
      fc.property(any, ([which, part, all]) => {
        market.restore(start);
        const document = documents[which] as CollateralDocument;
        const offered = mutated(document, part, all);
        const message = { type: 'upsertCollateral', document: offered } as const;
        const [receipt] = market.block(market.order('anyone', TRUST_STORE, message));
        if (receipt?.outcome.type === 'applied') {
          // Armour around the certificates is not signed; all that counts is as it was.
          expect(document).toHaveProperty('issuerChain');
          return;
        }
        expect(known(receipt?.outcome.refusal.code ?? '')).toBe(true);
        // Collections 1 to 4 of the trust store hold collateral.
        const changed = market.differences(start).filter((name) => /^record 010a0[1-4]/.test(name));
        expect(changed).toEqual([]);
      }),
      { numRuns: RUNS, seed: 8_021 },
    );
  });
});

describe('reports that no TEE made', () => {
  const market = new TeeMarket().open();
  const start = market.snapshot();

  it('are refused by name, whatever was changed', () => {
    const { digest } = market.unsigned('p0', RIGHT);
    const quote = market.quote(digest, {}, LOCAL);
    fc.assert(
      fc.property(mutations, (all) => {
        market.restore(start);
        const changed = apply(quote, all);
        const { to, message } = market.teeClaim('p0', RIGHT, () => changed);
        const [receipt] = market.block(market.order('p0', to, message));
        if (receipt?.outcome.type === 'applied') {
          // Line ends and padding are not signed: what is signed must be the same.
          const signedBytes = 632;
          expect(changed.slice(0, signedBytes)).toEqual(quote.slice(0, signedBytes));
          return;
        }
        expect(known(receipt?.outcome.refusal.code ?? '')).toBe(true);
      }),
      { numRuns: RUNS, seed: 8_022 },
    );
  });
});
