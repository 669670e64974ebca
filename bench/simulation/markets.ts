import type { JsonObject } from '../../src/codec/json/index.ts';
import { unwrap } from '../../src/runtime/unwrap.ts';
import { parseMarket, type Market } from '../../src/simulation/market/index.ts';

const BLOCKS = 20;
const PROVIDERS = 120;

/** What is asked for, and who is there. */
const SETTINGS = {
  /** Every attestation is audited: a panel of three seats, each with all of its messages. */
  audit: {
    agents: [
      { kind: 'honest', count: PROVIDERS },
      { kind: 'griefing', opens: 1 },
    ],
  },
  /** Both answers to every claim are wrong: one seat is near neither, and three convict. */
  pair: { agents: [{ kind: 'cheating', count: PROVIDERS, cheats: 1 }], pairs: 1 },
} as const satisfies Readonly<Record<string, JsonObject>>;

export type Kind = keyof typeof SETTINGS;

/** A market with about so many disputes side by side. */
export const marketWith = (kind: Kind, disputes: number, signatures: boolean): Market =>
  unwrap(
    parseMarket({
      ...SETTINGS[kind],
      blocks: BLOCKS,
      attestationsPerBlock: disputes / BLOCKS,
      protocolAudits: false,
      fee: '0.01',
      rerunFee: '0.001',
      signatures,
    }),
  );
