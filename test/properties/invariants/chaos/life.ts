import fc from 'fast-check';
import { arbitraryOrder, type Order } from '../../../../src/testing/index.ts';
import type { Parameters } from '../../../../src/machines/parameters/record.ts';
import { OutputMarket } from '../../../support/outputs.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import {
  COSINE,
  EXACT,
  LOGPROBS,
  RELATIVE,
  type Scale,
  TOKENS,
  TOPLOC,
  ULP,
} from '../../../support/scales.ts';
import { watch } from '../../../unit/testing/support.ts';

/**
 * A life in which anything may happen, one message to a block. It is data: a config and a script,
 * so that a life that fails can be repeated and shrunk.
 */

export const SCALES = { EXACT, TOKENS, ULP, RELATIVE, COSINE, LOGPROBS, TOPLOC } as const;
type ScaleName = keyof typeof SCALES;

/** How a provider does its part while faults last. */
export const MOODS = [
  'honest',
  'wrong',
  'between',
  'silent',
  'unable',
  'withholds',
  'hides',
] as const;
export type Mood = (typeof MOODS)[number];

export const PROVIDERS = 12;
export const QUESTIONS = 3;

export const STEPS = [
  'attest',
  'challenge',
  'audit',
  'protocolAudit',
  'equivocate',
  'appeal',
  'ask',
  'pay',
  'settle',
  'refund',
  'stake',
  'unstake',
  'withdraw',
  'unjail',
  'leave',
  'serve',
  'junk',
  'wait',
] as const;

export interface ScriptStep {
  readonly kind: (typeof STEPS)[number];
  readonly who: number;
  readonly other: number;
  readonly question: number;
  /** Of an output; 4 is far from 0. */
  readonly level: number;
  /** Tenths of a LUX. */
  readonly amount: number;
  /** What the parties of open challenges do after it, a block for each message. */
  readonly work: number;
  readonly junk: Order;
}

export interface Life {
  readonly scale: ScaleName;
  readonly ladder: keyof typeof LADDERS;
  readonly timersPerBlock: number;
  /** Is every decision appealed that can be? */
  readonly litigious: boolean;
  readonly moods: readonly Mood[];
  readonly script: readonly ScriptStep[];
}

/** Windows in which every message finds a block of its own. */
const ROOMY: Parameters = {
  ...SHORT,
  windowBlocks: 60n,
  unbondingBlocks: 1_200n,
  evidenceAgeBlocks: 600n,
  epochBlocks: 8n,
  noticeBlocks: 700n,
  requestExpiryMaximumBlocks: 60n,
  exposureBps: 30,
  auditRateBps: 5_000,
  dispute: {
    ...SHORT.dispute,
    publishBlocks: 6n,
    seedBlocks: 8n,
    commitBlocks: 8n,
    revealBlocks: 40n,
    appealBlocks: 6n,
    unsubstantiatedOncePerBlocks: 60n,
    wrongResultBps: [500, 1_000, 2_000],
    panelOwnersMultiple: 1,
    panelStakeShareBps: 2_000,
    drawnChunks: 4,
  },
};

export const LADDERS = {
  one: { pairPanels: [1], auditPanels: [3], wrongResultBps: [500, 1_000] },
  three: { pairPanels: [1, 3], auditPanels: [3], wrongResultBps: [500, 1_000] },
  five: { pairPanels: [1, 3, 5], auditPanels: [3, 5], wrongResultBps: [500, 1_000, 2_000] },
} as const;

export const parametersOf = ({
  ladder,
  timersPerBlock,
}: Pick<Life, 'ladder' | 'timersPerBlock'>) => ({
  ...ROOMY,
  timersPerBlock,
  dispute: { ...ROOMY.dispute, ...LADDERS[ladder] },
});

/** A market as it begins, watched: every block after that is checked in full. */
export const opened = (life: Pick<Life, 'scale' | 'ladder' | 'timersPerBlock'>): OutputMarket => {
  const scale: Scale = SCALES[life.scale];
  const market = new OutputMarket(scale, PROVIDERS, parametersOf(life)).open(() => 150n * LUX);
  market.do('anyone', 'auditPool:', { type: 'deposit' }, 20n * LUX);
  watch(market);
  return market;
};

/** What arbitrary messages may speak of: a chain with everybody in place. */
const known = () => {
  const market = opened({ scale: 'EXACT', ladder: 'one', timersPerBlock: 64 });
  return { people: [...market.providers, 'anyone', 'consumer'], view: watch(market).view() };
};

/** Made when it is first asked for: a soak and a test that is skipped need none. */
export const lives = (): fc.Arbitrary<Life> => {
  const { people, view } = known();
  const step: fc.Arbitrary<ScriptStep> = fc.record({
    kind: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('attest', 'attest', 'ask', 'challenge') },
      { weight: 2, arbitrary: fc.constantFrom('audit', 'protocolAudit', 'appeal', 'equivocate') },
      { weight: 4, arbitrary: fc.constantFrom(...STEPS) },
    ),
    who: fc.nat({ max: PROVIDERS - 1 }),
    other: fc.nat({ max: PROVIDERS - 1 }),
    question: fc.nat({ max: QUESTIONS - 1 }),
    level: fc.constantFrom(0, 0, 0, 2, 4, 4),
    amount: fc.nat({ max: 1_600 }),
    work: fc.nat({ max: 10 }),
    junk: arbitraryOrder(view, { people }),
  });
  return fc.record({
    scale: fc.constantFrom<ScaleName>('EXACT', 'EXACT', ...(Object.keys(SCALES) as ScaleName[])),
    ladder: fc.constantFrom('one', 'three', 'five'),
    timersPerBlock: fc.constantFrom(64, 64, 1),
    litigious: fc.boolean(),
    moods: fc.array(fc.constantFrom<Mood>('honest', 'honest', 'honest', ...MOODS), {
      minLength: PROVIDERS,
      maxLength: PROVIDERS,
    }),
    script: fc.array(step, { minLength: 30, maxLength: 70, size: 'max' }),
  });
};
