import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ingestCollateral,
  ingestTrustAnchor,
  MESSAGES,
  nobleEngine,
  plainFacts,
  plainRecord,
  verifyQuote,
} from '../../../src/tee/index.ts';
import {
  createTestWorld,
  makeWorldQuote,
  TEST_ROOT_WARNING,
} from '../../../src/tee/generator/index.ts';
import { toHex } from '../../../src/tee/bytes.ts';
import { must } from './vectors.ts';
import { engine, NOW } from './world.ts';

const ROOT = join(import.meta.dirname, '../../../src/tee');
const NODE_ONLY = new Set(['node.ts', 'p256/openssl.ts']);

const sources = (): readonly (readonly [name: string, text: string])[] =>
  readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [name, readFileSync(join(ROOT, name), 'utf8')]);

describe('the library stands alone', () => {
  it('imports nothing else of the project, and Node only in the two files for Node', () => {
    for (const [name, text] of sources()) {
      const depth = name.split('/').length - 1;
      for (const [, target = ''] of text.matchAll(/from '([^']+)'/g)) {
        const climbs = target.split('../').length - 1;
        expect(climbs, `${name} imports ${target}`).toBeLessThanOrEqual(depth);
        if (!NODE_ONLY.has(name)) {
          expect(target, name).not.toMatch(/^node:|openssl\.ts$|\/node\.ts$/);
        }
      }
    }
  });

  it('explains every code in a sentence', () => {
    for (const [code, message] of Object.entries(MESSAGES)) {
      expect(code).toMatch(/^tee\/[a-z0-9-]+$/);
      expect(message).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('records and facts are plain data', () => {
  const isPlain = (value: unknown): boolean => {
    if (value instanceof Uint8Array) return true;
    if (Array.isArray(value)) return value.every(isPlain);
    if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0;
    if (typeof value !== 'object' || value === null) {
      return typeof value === 'string' || typeof value === 'boolean' || value === undefined;
    }
    return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
  };

  it('byte strings, texts, whole numbers, lists and objects of them', () => {
    for (const tee of ['SGX', 'TDX'] as const) {
      const made = createTestWorld('plain', { tee });
      const anchor = must(ingestTrustAnchor(made.rootDer, engine));
      const trusted = must(ingestCollateral(made.collateral, anchor, NOW, { engine }));
      const facts = must(verifyQuote(makeWorldQuote(made), trusted, NOW, { engine }));
      expect(isPlain(trusted)).toBe(true);
      expect(isPlain(facts)).toBe(true);
      expect(() => JSON.stringify([plainRecord(trusted), plainFacts(facts)])).not.toThrow();
    }
  });

  it('keep their values when the caller reuses its buffers', () => {
    const made = createTestWorld('plain');
    const quote = makeWorldQuote(made);
    const { collateral, rootDer } = made;
    const buffers = [rootDer, collateral.rootCrl, collateral.pckCrl, collateral.pckCrlIssuerChain];
    buffers.push(collateral.tcbInfo.body, collateral.qeIdentity.body, quote);
    const anchor = must(ingestTrustAnchor(rootDer, engine));
    const trusted = must(ingestCollateral(collateral, anchor, NOW, { engine }));
    const facts = must(verifyQuote(quote, trusted, NOW, { engine }));
    const before = structuredClone([trusted, facts]);
    for (const buffer of buffers) buffer.fill(0xff);
    expect([trusted, facts]).toEqual(before);
  });

  it('survive a copy: a stored record verifies as the fresh one does', () => {
    const made = createTestWorld('plain');
    const anchor = must(ingestTrustAnchor(made.rootDer, engine));
    const trusted = must(ingestCollateral(made.collateral, anchor, NOW, { engine }));
    const quote = makeWorldQuote(made);
    const copy = structuredClone(trusted);
    expect(verifyQuote(quote, copy, NOW, { engine })).toEqual(
      verifyQuote(quote, trusted, NOW, { engine }),
    );
  });
});

describe('the generator', () => {
  it('makes the same bytes from the same seed, on every machine', () => {
    const made = createTestWorld('golden');
    const quote = makeWorldQuote(made);
    expect(toHex(nobleEngine.sha256(quote))).toMatchInlineSnapshot(
      `"4802d0ca9e56731e1babab248e6d3f7109d7bed4af0eaf3cd33cb0ae42598c21"`,
    );
    expect(toHex(nobleEngine.sha256(made.rootDer))).toMatchInlineSnapshot(
      `"d5d3c72ef6bc7ed048e774867600e4341c5385484e6025b9f72360ea7b9ba9fb"`,
    );
    expect(createTestWorld('other').rootDer).not.toEqual(made.rootDer);
  });

  it('is verified by every version and body, with either engine', () => {
    const bodies = [
      ['SGX', 3, 'sgx'],
      ['SGX', 4, 'sgx'],
      ['SGX', 5, 'sgx'],
      ['TDX', 4, 'td10'],
      ['TDX', 5, 'td10'],
      ['TDX', 5, 'td15'],
      ['TDX', 5, 'td15ex'],
    ] as const;
    for (const [tee, version, body] of bodies) {
      const made = createTestWorld('bodies', { tee });
      const quote = makeWorldQuote(made, { version, body });
      for (const each of [engine, nobleEngine]) {
        const anchor = must(ingestTrustAnchor(made.rootDer, each));
        const trusted = must(ingestCollateral(made.collateral, anchor, NOW, { engine: each }));
        const facts = must(verifyQuote(quote, trusted, NOW, { engine: each }));
        expect(facts).toMatchObject({ tee, quoteVersion: version, status: 'UpToDate' });
        expect(facts.report.kind).toBe(body);
      }
    }
  });

  it('says loudly what its root is worth', () => {
    expect(TEST_ROOT_WARNING).toContain('They prove nothing');
  });
});
