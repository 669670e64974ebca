import {
  ingestCollateral,
  ingestTrustAnchor,
  type QuoteFacts,
  type RawCollateral,
  type Result,
  verifyQuote,
} from '../../../src/tee/index.ts';
import {
  createTestWorld,
  makeWorldQuote,
  type TestWorld,
  type WorldOptions,
  type WorldQuoteOptions,
} from '../../../src/tee/generator/index.ts';
import { opensslEngine } from '../../../src/tee/p256/openssl.ts';
import { formatIsoTime, parseIsoTime } from '../../../src/tee/time.ts';

/** 2025-07-01: inside everything that the generator makes. */
export const NOW = 1_751_328_000;
export const engine = opensslEngine;

export const at = (text: string): number => {
  const seconds = parseIsoTime(text);
  if (seconds === undefined) throw new Error(`no such moment: ${text}`);
  return seconds;
};

export const later = (seconds: number): string => formatIsoTime(NOW + seconds);

export const world = (options: WorldOptions = {}): TestWorld => createTestWorld('unit', options);

/** Ingest and verification in one, as a caller without a store does them. */
export const judge = (
  rootDer: Uint8Array,
  collateral: RawCollateral,
  quote: Uint8Array,
  now = NOW,
): Result<QuoteFacts> => {
  const anchor = ingestTrustAnchor(rootDer, engine);
  if (!anchor.ok) return anchor;
  const trusted = ingestCollateral(collateral, anchor.value, now, { engine });
  return trusted.ok ? verifyQuote(quote, trusted.value, now, { engine }) : trusted;
};

/** A world with something different in it, judged with its own quote. */
export const judgeWorld = (
  options: WorldOptions,
  quote: WorldQuoteOptions = {},
  change: (collateral: RawCollateral, made: TestWorld) => RawCollateral = (same) => same,
  now = NOW,
): Result<QuoteFacts> => {
  const made = world(options);
  return judge(made.rootDer, change(made.collateral, made), makeWorldQuote(made, quote), now);
};
