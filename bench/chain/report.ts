import Table from 'cli-table3';
import type { Figures } from './figures.ts';
import type { Phase } from './phases.ts';
import type { SizeFigures } from './sizes.ts';

type Cell = string | number;

const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const lines = new Table({ head: [...head], style: { head: [], border: [] } });
  lines.push(...rows.map((row) => row.map(String)));
  return lines.toString();
};

const phasesOf = ({ transfers, attestations, requested }: SizeFigures) =>
  [
    ['transfer', transfers.cold],
    ['  signatures pre-verified', transfers.preverified],
    ['attestation', attestations.cold],
    ['  signatures pre-verified', attestations.preverified],
    ['attestation of a request', requested],
  ] as const;

const phaseRow = (accounts: number, name: string, phase: Phase): readonly Cell[] => [
  accounts,
  name,
  phase.perSecond,
  phase.micros,
  phase.commitMicros,
  phase.blockMs.p50,
  phase.blockMs.p95,
  phase.blockMs.p99,
  phase.cores,
  phase.keysPerTransaction,
];

const blocksTable = ({ sizes }: Figures): string =>
  table(
    ['accounts', '', 'per s', 'µs', 'commit µs', 'p50 ms', 'p95 ms', 'p99 ms', 'cores', 'keys'],
    sizes.flatMap((size) =>
      phasesOf(size).map(([name, phase]) => phaseRow(size.accounts, name, phase)),
    ),
  );

const sizesTable = ({ sizes, summary }: Figures): string =>
  table(
    ['accounts', 'one check µs', 'attestation / 2 checks', 'load ms', 'open ms', 'database MB'],
    sizes.map(({ accounts, signatureMicros, startUp, filled }, index) => [
      accounts,
      signatureMicros,
      summary.attestationBySignatures[index] ?? '',
      startUp.loadMs,
      startUp.openMs,
      filled.databaseMb,
    ]),
  );

const memoryTable = ({ sizes }: Figures): string =>
  table(
    ['accounts', 'after', 'heap MB', 'external MB', 'own MB', 'resident MB'],
    sizes.flatMap(({ accounts, memory }) =>
      Object.entries(memory).map(([phase, { heapMb, externalMb, ownMb, rssMb }]) => [
        accounts,
        phase,
        heapMb,
        externalMb,
        ownMb ?? '',
        rssMb,
      ]),
    ),
  );

const breakdownTable = ({ sizes }: Figures): string => {
  const stages = new Set(sizes.flatMap(({ breakdown }) => Object.keys(breakdown)));
  return table(
    ['µs of an attestation', ...sizes.map(({ accounts }) => `at ${accounts}`)],
    [...stages].map((stage) => [stage, ...sizes.map(({ breakdown }) => breakdown[stage] ?? 0)]),
  );
};

/** The figures for people. */
export const reportOf = (figures: Figures): string => {
  const { machine, options, engineMicros, summary } = figures;
  const engines = Object.entries(engineMicros).map(([name, micros]) => `${name} ${micros} µs`);
  return [
    `Node ${machine.node}, ${machine.platform}, ${machine.cores} × ${machine.cpu}`,
    `${options.blocks} blocks of ${options.blockSize}, each executed and durably committed`,
    `one signature check: ${engines.join(', ')}`,
    blocksTable(figures),
    sizesTable(figures),
    breakdownTable(figures),
    memoryTable(figures),
    `keys of a block of one attestation: ${summary.keysOfOneAttestation}, ` +
      `of a request: ${summary.keysOfOneRequested}`,
    `growth from the smallest to the largest state: attestations ${summary.attestationGrowth}×, ` +
      `transfers ${summary.transferGrowth}×`,
    '',
  ].join('\n');
};
