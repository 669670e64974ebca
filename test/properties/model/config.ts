// What a run draws for itself before it begins: parameters, ladders, owners, and the genesis.
import fc from 'fast-check';
import { presetGenesis, type Genesis } from '../../../src/genesis/index.ts';
import { LOCAL } from '../../../src/genesis/presets/local.ts';
import { checkRelations } from '../../../src/machines/parameters/relations.ts';
import type { Parameters } from '../../../src/machines/parameters/record.ts';
import {
  longestChallengeBlocks,
  retentionBlocks,
} from '../../../src/machines/parameters/schedule.ts';
import { keyOfName } from '../../../src/testing/people.ts';

export const LUX = 1_000_000_000n;
const TIME = 1_767_225_600n;
const GAS = 100_000_000n;

/** Everything that a run draws for itself before it begins: swarm testing. */
export const configs = fc.record({
  /** Seeds the weights of moves, stakes, and who is honest. */
  swarm: fc.nat({ max: 0x7fff_ffff }),
  ladder: fc.nat({ max: 3 }),
  /** Owners more, or fewer, than the ladder asks for. */
  owners: fc.integer({ min: -3, max: 5 }),
  window: fc.integer({ min: 8, max: 24 }),
  epoch: fc.integer({ min: 2, max: 7 }),
  publish: fc.integer({ min: 2, max: 4 }),
  seed: fc.integer({ min: 3, max: 4 }),
  commit: fc.integer({ min: 2, max: 4 }),
  reveal: fc.integer({ min: 4, max: 10 }),
  appeal: fc.integer({ min: 2, max: 4 }),
  commitWindows: fc.integer({ min: 1, max: 3 }),
  timersPerBlock: fc.constantFrom(64, 64, 2, 1),
  auditRate: fc.constantFrom(500, 3_000, 10_000),
  fee: fc.constantFrom(10, 40, 100),
  drawnChunks: fc.integer({ min: 2, max: 8 }),
  isDurable: fc.constantFrom(false, false, false, false, false, false, false, true),
  withTokens: fc.boolean(),
});
export type Config = typeof configs extends fc.Arbitrary<infer T> ? T : never;

const LADDERS = [
  { pairPanels: [1], auditPanels: [3], wrongResultBps: [500, 1_000], owners: 8 },
  { pairPanels: [1, 3], auditPanels: [3], wrongResultBps: [500, 1_000], owners: 9 },
  { pairPanels: [1, 3, 5], auditPanels: [3, 5], wrongResultBps: [500, 1_000, 2_000], owners: 13 },
  { pairPanels: [1, 3, 7], auditPanels: [3, 7], wrongResultBps: [500, 1_000, 2_000], owners: 16 },
] as const;

const ladderOf = ({ ladder }: Config) => LADDERS[ladder] ?? LADDERS[0];

const parametersOf = (config: Config): Parameters => {
  const { owners: _, ...ladder } = ladderOf(config);
  const dispute: Parameters['dispute'] = {
    ...LOCAL.dispute,
    ...ladder,
    publishBlocks: BigInt(config.publish),
    seedBlocks: BigInt(config.seed),
    commitBlocks: BigInt(config.commit),
    revealBlocks: BigInt(config.reveal),
    appealBlocks: BigInt(config.appeal),
    commitWindows: config.commitWindows,
    panelOwnersMultiple: config.swarm % 5 === 0 ? 2 : 1,
    panelStakeShareBps: config.swarm % 3 === 0 ? 5_000 : 2_000,
    unsubstantiatedOncePerBlocks: BigInt(config.window),
    drawnChunks: config.drawnChunks,
  };
  const window = BigInt(config.window);
  const judged = window + longestChallengeBlocks(dispute);
  const evidence = judged + BigInt(config.swarm % 7);
  const shaped: Parameters = {
    ...LOCAL,
    windowBlocks: window,
    epochBlocks: BigInt(config.epoch),
    evidenceAgeBlocks: evidence,
    unbondingBlocks: 2n * judged + 1n,
    requestExpiryMinimumBlocks: 2n,
    requestExpiryMaximumBlocks: 12n,
    unjailBlocks: 4n,
    noShowWindowBlocks: 20n,
    auditRateBps: config.auditRate,
    exposureBps: config.auditRate === 500 ? 18 : 30,
    timersPerBlock: config.timersPerBlock,
    gas: { ...LOCAL.gas, blockGasLimit: GAS, timerGasLimit: 1_000n * GAS },
    dispute,
  };
  const whole = { ...shaped, noticeBlocks: retentionBlocks(shaped) + 60n };
  const [broken] = checkRelations(whole);
  if (broken !== undefined) throw new Error(`${broken.path} ${broken.message}`);
  return whole;
};

const FUNDS = 100_000n * LUX;
const POOR = LUX / 1_000n;

/** Names of all accounts: owners, signing keys, and those who stand around. */
export const peopleOf = (config: Config) => {
  const count = ladderOf(config).owners + config.owners;
  const owners = Array.from({ length: count }, (_, at) => `owner ${at}`);
  // Some owners have a second provider.
  const providers = owners.flatMap((owner, at) =>
    at % 4 === 1 ? [`${owner} key a`, `${owner} key b`] : [`${owner} key a`],
  );
  const others = ['anyone', 'consumer 0', 'consumer 1', 'challenger 0', 'challenger 1', 'creator'];
  return { owners, providers, others: [...others, 'model owner'], poor: 'poor' };
};
export type People = ReturnType<typeof peopleOf>;

export const genesisOf = (config: Config): Genesis => {
  const { owners, providers, others, poor } = peopleOf(config);
  const rich = [...owners, ...providers, ...others];
  const allocations = [...rich.map((name) => [name, FUNDS] as const), [poor, POOR] as const];
  return presetGenesis('local', {
    time: TIME,
    parameters: parametersOf(config),
    allocations: allocations.map(([name, amountNlux]) => ({
      address: keyOfName(name).address,
      amountNlux,
    })),
  });
};
