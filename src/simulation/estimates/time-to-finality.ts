import { MAINNET } from '../../genesis/presets/mainnet.ts';
import { rational } from '../closed-forms/exact.ts';
import { longestChallenge, type Windows } from '../closed-forms/schedule.ts';
import { playLongestChallenge } from './dispute-clock.ts';
import { type EstimateDefinition, noMisfit } from './definition.ts';
import type { Parameter } from './parameters.ts';
import type { Settings } from './settings.ts';

const { dispute } = MAINNET;
/** Blocks of the longest window that is played: a month of blocks of two seconds. */
const MAX_WINDOW = 1_296_000;
const MAX_ROUNDS = 4;
const MAX_COMMIT_WINDOWS = 3;

const blocks = (name: string, aliases: readonly string[], about: string, value: bigint) => ({
  name,
  aliases,
  about: `${about}, in blocks`,
  is: { type: 'count', least: 1, most: MAX_WINDOW } as const,
  default: Number(value),
});

const parameters: readonly Parameter[] = [
  blocks('publish', ['publishBlocks'], 'window to publish', dispute.publishBlocks),
  blocks(
    'seed',
    ['seedBlocks'],
    'window in which a seed is awaited, moved once',
    dispute.seedBlocks,
  ),
  blocks('commit', ['commitBlocks'], 'each window to commit', dispute.commitBlocks),
  blocks('reveal', ['revealBlocks'], 'window to reveal', dispute.revealBlocks),
  blocks('appeal', ['appealBlocks'], 'window to appeal', dispute.appealBlocks),
  {
    name: 'R',
    aliases: ['panels', 'rounds'],
    about: 'panels R of the ladder',
    is: { type: 'count', least: 1, most: MAX_ROUNDS },
    default: dispute.pairPanels.length,
  },
  {
    name: 'commitWindows',
    aliases: [],
    about: 'windows to commit of each panel: the first and those of replacements',
    is: { type: 'count', least: 1, most: MAX_COMMIT_WINDOWS },
    default: dispute.commitWindows,
  },
];

const windowsOf = (settings: Settings): Windows => {
  const of = (name: string): bigint => BigInt(settings.count(name));
  return {
    publish: of('publish'),
    seed: of('seed'),
    commit: of('commit'),
    reveal: of('reveal'),
    appeal: of('appeal'),
    panels: of('R'),
    commitWindows: of('commitWindows'),
  };
};

const CHALLENGE_MICROS = 200_000;

/** Every window of a challenge is used to its end. */
export const timeToFinality: EstimateDefinition = {
  name: 'timeToFinality',
  about:
    'Blocks from the opening of a challenge to its end where everybody waits for the end of ' +
    'every window: the seed comes in the window it was moved to, seats are replaced as often as ' +
    'may be, and every round but the last is appealed.',
  source: 'ECONOMICS 15',
  unit: 'blocks',
  kind: 'mean',
  scale: 1n,
  isCounted: true,
  parameters,
  misfit: noMisfit,
  runMicros: () => CHALLENGE_MICROS,
  isCertain: () => true,
  theory: (settings) => ({
    mean: rational(longestChallenge(windowsOf(settings))),
    variance: rational(0n),
  }),
  play: (settings) => {
    const windows = windowsOf(settings);
    return () => playLongestChallenge(windows);
  },
};
