import Table from 'cli-table3';
import type { Figures } from './figures.ts';
import type { Phase } from './phases.ts';

type Cell = string | number;

const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const lines = new Table({ head: [...head], style: { head: [], border: [] } });
  lines.push(...rows.map((row) => row.map(String)));
  return lines.toString();
};

const phaseRow = (phase: Phase): readonly Cell[] => [
  phase.name,
  phase.timers,
  phase.blocks,
  phase.mostTimers,
  phase.carriedOver,
  phase.blockMs.p50,
  phase.blockMs.p99,
  phase.blockMs.max,
  phase.commitMs,
  phase.msPerTimer,
  phase.gasPerTimer,
  phase.keys,
];

const phasesTable = ({ crowd }: Figures): string =>
  table(
    [
      '',
      'timers',
      'blocks',
      'most',
      'carried',
      'p50 ms',
      'p99 ms',
      'max ms',
      'commit',
      'each',
      'gas',
      'keys',
    ],
    [...crowd.baselines, ...crowd.phases, crowd.all].map(phaseRow),
  );

const deepestTable = ({ deepest, summary }: Figures): string =>
  table(
    [
      'deepest',
      'timers',
      'block ms',
      'each ms',
      'keys each',
      'gas',
      'reachable',
      'full block ms',
      'fit 1 s',
    ],
    deepest.map((each) => [
      each.comparator,
      each.timers,
      each.blockMs,
      each.msPerTimer,
      each.keysPerTimer,
      each.gas.max,
      each.reachable,
      each.fullBlockMs,
      summary.deepestPerBlock[each.comparator] ?? 0,
    ]),
  );

const memoryTable = ({ crowd }: Figures): string =>
  table(
    ['memory, MB', 'heap', 'external', 'own', 'resident'],
    Object.entries(crowd.memory).map(([when, { heapMb, externalMb, ownMb, rssMb }]) => [
      when,
      heapMb,
      externalMb,
      ownMb ?? '',
      rssMb,
    ]),
  );

const counts = (states: Readonly<Record<string, number>>): string =>
  Object.entries(states)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');

/** The figures for people. */
export const reportOf = (figures: Figures): string => {
  const { machine, options, crowd, deepest, prepaid, summary } = figures;
  const paid = prepaid.map(
    ({ served, prepaidGas, usedGas }) => `${usedGas} of ${prepaidGas} where each serves ${served}`,
  );
  const chunks = deepest.map(
    (each) => `${each.comparator} ${each.chunks} of ${each.chunkGas} gas (${counts(each.states)})`,
  );
  return [
    `Node ${machine.node}, ${machine.platform}, ${machine.cores} × ${machine.cpu}`,
    `${crowd.stateEntries} records in the state; ${options.attestations} attestations and ` +
      `${options.challenges} challenges whose windows end in the same block`,
    phasesTable(figures),
    `due together ${crowd.dueTogether}, at most ${crowd.timersPerBlock} a block: drained in ` +
      `${summary.blocksToDrain} blocks; at the end ${counts(crowd.states)}`,
    `all timers of a challenge took ${crowd.msPerChallenge} ms`,
    `gas of the timers on the dearest way, of what was paid for them: ${paid.join(', ')}`,
    `opening a challenge takes ${crowd.gasOf.open} gas, a chunk of 16 KiB ${crowd.gasOf.chunk}`,
    `longest block with timers: ${summary.longestByHalfBlock} of half the block time, ` +
      `${summary.longestByFullBlock} × a block of transfers at the gas limit`,
    deepestTable(figures),
    `chunks opened of each: ${chunks.join('; ')}`,
    memoryTable(figures),
    '',
  ].join('\n');
};
