import { type Failure, type Result, ok } from '../../codec/index.ts';
import type { JsonObject } from '../../codec/json/index.ts';
import { assert } from '../../codec/failure.ts';
import { unwrap } from '../../runtime/unwrap.ts';
import { LOCAL } from '../../genesis/presets/local.ts';
import { longestChallenge, type Windows } from '../closed-forms/schedule.ts';
import type { RunSource } from '../random/index.ts';
import { keptGround } from './ground.ts';
import { playLongest } from './longest.ts';
import { playOnce } from './play.ts';
import { type Market, parseMarket } from './settings.ts';

/**
 * `longest`: everybody waits for the end of every window. `prompt`: seeds come and seats answer as
 * soon as they can, and nobody appeals.
 */
export const FINALITY_BEHAVIOURS = ['longest', 'prompt'] as const;
export type FinalityBehaviour = (typeof FINALITY_BEHAVIOURS)[number];

export interface FinalityPlay {
  readonly windows: Windows;
  readonly behaviour: FinalityBehaviour;
  /** Share of seats that say nothing and are replaced, where all else is prompt; 0 unless told. */
  readonly silent?: number | undefined;
}

/** Enough owners for the last panel after every seat was replaced twice (PROTOCOL §6.1). */
const PROVIDERS = 80;

/** Ladders of 1, 2 or 3 panels, with the rates of the full one. */
const LADDERS = [
  { pair: [1], audit: [1] },
  { pair: [1, 3], audit: [3] },
  { pair: [1, 3, 7], audit: [3, 7] },
] as const;

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** Rules with these windows; whatever has to contain them follows (PROTOCOL §9). */
const rulesOf = (windows: Windows): JsonObject => {
  const { publish, seed, commit, reveal, appeal, panels, commitWindows } = windows;
  const ladder = LADDERS[Number(panels) - 1] ?? LADDERS[2];
  const judged = LOCAL.windowBlocks + longestChallenge(windows);
  return {
    unbondingBlocks: `${2n * judged}`,
    evidenceAgeBlocks: `${judged}`,
    noticeBlocks: `${larger(judged + LOCAL.epochBlocks, LOCAL.noticeBlocks)}`,
    // What is exposed is not played here; a short ladder covers less of it.
    exposureBps: 1,
    dispute: {
      publishBlocks: `${publish}`,
      seedBlocks: `${seed}`,
      commitBlocks: `${commit}`,
      revealBlocks: `${reveal}`,
      appealBlocks: `${appeal}`,
      commitWindows: Number(commitWindows),
      blockTimeSeconds: '2',
      pairPanels: [...ladder.pair],
      auditPanels: [...ladder.audit],
      wrongResultBps: LOCAL.dispute.wrongResultBps.slice(0, ladder.pair.length),
    },
  };
};

/** The market in which such challenges are played, or what is wrong with the windows. */
export const finalityMarket = ({
  windows,
  behaviour,
  silent = 0,
}: FinalityPlay): Result<Market, Failure> => {
  const challenger = behaviour === 'prompt' ? [{ kind: 'griefing', opens: 1 }] : [];
  const market = parseMarket(
    {
      parameters: rulesOf(windows),
      agents: [{ kind: 'flaky', count: PROVIDERS, silent }, ...challenger],
      fee: '0.01',
      rerunFee: '0.001',
      attestationsPerBlock: 1,
      blocks: 1,
      protocolAudits: false,
    },
    'windows',
  );
  return market.ok ? ok(market.value) : market;
};

/**
 * Blocks from the opening of a challenge to its end, on the real chain with the real messages.
 * `longest` gives D of ECONOMICS 15 exactly, whatever the source. `prompt` asks for two blocks in
 * every window, since people answer what they saw in a block before. Throws an AivmError for
 * windows that no chain may have.
 */
export const finalityBlocks = (of: FinalityPlay, source: RunSource): number => {
  const ground = keptGround(unwrap(finalityMarket(of)));
  const drawn = source.stream('finality').bytes32();
  if (of.behaviour === 'longest') return Number(playLongest(ground, drawn));
  const { tallies } = playOnce(ground, drawn, 0).book;
  const blocks = tallies.get('finality/blocks');
  assert(blocks?.n === 1, 'one attestation was challenged');
  return Number(blocks.sum);
};
