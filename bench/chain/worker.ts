// Runs one part of the benchmark in a process of its own, so that neither memory nor compiled code
// of one part is another's.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from '../../src/codec/index.ts';
import { installNodePrimitives } from '../../src/codec/node.ts';
import { genesis as genesisSchema } from '../../src/genesis/genesis.ts';
import { breakDown, type Breakdown } from './breakdown.ts';
import { Floor } from './floor.ts';
import { Host, openStore } from './host.ts';
import { openMarket } from './market.ts';
import { memoryNow, type Memory } from './memory.ts';
import { castOf } from './people.ts';
import * as phases from './phases.ts';
import { prefill } from './prefill.ts';
import { rounded } from './statistics.ts';
import { Workload } from './workload.ts';

/** What a worker is told: as JSON, in its first argument. */
export interface Task {
  readonly part: 'fill' | 'measure';
  /** Folder with the database and the genesis. */
  readonly path: string;
  readonly accounts: number;
  readonly blocks: number;
  readonly blockSize: number;
}

export interface Filled {
  readonly seconds: number;
  readonly databaseMb: number;
}

export interface Measured {
  readonly transfers: phases.Phases;
  readonly attestations: phases.Phases;
  readonly requested: phases.Phase;
  readonly keysOfOne: { readonly plain: number; readonly requested: number };
  /** One signature check alone, sampled between these blocks. */
  readonly signatureMicros: number;
  readonly breakdown: Breakdown;
  readonly memory: Readonly<Record<string, Memory>>;
  readonly databaseMb: number;
}

const MB = 1_000_000;

const databaseMb = ({ store }: Pick<Host, 'store'>): number => rounded(store.stats().bytes / MB, 1);

const fill = ({ path, accounts, blockSize }: Task): Filled => {
  const cast = castOf(blockSize);
  writeFileSync(join(path, 'genesis.cbor'), encode(genesisSchema, cast.genesis));
  const start = performance.now();
  // Without a history: what the filling leaves behind is deleted as it goes.
  const host = new Host(openStore(join(path, 'chain'), cast.genesis, 0), cast.genesis);
  prefill(host.store, cast, accounts);
  const seconds = rounded((performance.now() - start) / 1000);
  const filled = { seconds, databaseMb: databaseMb(host) };
  host.close();
  return filled;
};

const measure = (task: Task): Measured => {
  const { path, accounts, blocks, blockSize } = task;
  const cast = castOf(blockSize);
  const floor = new Floor();
  const memory: Record<string, Memory> = { before: memoryNow() };
  const store = openStore(join(path, 'chain'), cast.genesis, phases.HISTORY_HEIGHTS);
  const host = new Host(store, cast.genesis);
  memory['opened'] = memoryNow();
  const workload = new Workload(cast, accounts);
  openMarket(host, workload, cast, blockSize);
  const bench = { host, workload, cast, floor, blocks, blockSize };
  const transfers = phases.runTransfers(bench);
  memory['transfers'] = memoryNow();
  const attestations = phases.runAttestations(bench);
  memory['attestations'] = memoryNow();
  const requested = phases.runRequested(bench);
  memory['requested'] = memoryNow();
  const measured = {
    transfers,
    attestations,
    requested,
    keysOfOne: phases.keysOfOne(bench),
    signatureMicros: floor.micros(),
    breakdown: breakDown(bench),
    memory,
    databaseMb: databaseMb(host),
  };
  host.close();
  return measured;
};

installNodePrimitives();
const task = JSON.parse(process.argv[2] ?? '{}') as Task;
process.send?.(task.part === 'fill' ? fill(task) : measure(task));
