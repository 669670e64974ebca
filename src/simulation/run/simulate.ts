import { availableParallelism } from 'node:os';
import type { Json } from '../../codec/json/index.ts';
import { unwrap } from '../../runtime/unwrap.ts';
import type { SimulationResult } from '../result.ts';
import { parseScenario } from '../scenario/index.ts';
import { mergeTallies } from '../statistics/index.ts';
import type { Tallies } from '../tally.ts';
import type { Work } from '../work.ts';
import { Checkpoint } from './checkpoint.ts';
import { planOf } from './plan.ts';
import { playInProcesses } from './pool.ts';
import { shardsOf, type Shard } from './shards.ts';

export interface SimulateOptions {
  /** As JSON has it: the content of a scenario file. */
  readonly scenario: Json;
  /** Of this program; it stands in the result. */
  readonly version: string;
  /** Instead of the scenario's. */
  readonly seed?: string | undefined;
  /** Instead of the scenario's, for everything that it asks for. */
  readonly runs?: number | undefined;
  /** Processes: one for each core unless told. With 1 everything is played in this one. */
  readonly workers?: number | undefined;
  /** File of finished shards, to go on from and to add to. */
  readonly checkpoint?: string | undefined;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** So few shards are played sooner than processes start. */
const FEW_SHARDS = 3;

const giveWay = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

type OnShard = (shard: Shard, tallies: Tallies) => void;

const playHere = async (
  shards: readonly Shard[],
  play: (shard: Shard) => Tallies,
  onShard: OnShard,
  signal: AbortSignal | undefined,
): Promise<void> => {
  for (const shard of shards) {
    signal?.throwIfAborted();
    onShard(shard, play(shard));
    // Between two shards others may stop this, or draw how far it is.
    await giveWay();
  }
};

/** What shards have brought, work by work. */
class Found {
  readonly #tallies: Tallies[];

  constructor(works: readonly Work[]) {
    this.#tallies = works.map(() => new Map());
  }

  add({ work }: Shard, tallies: Tallies): void {
    this.#tallies[work] = mergeTallies(this.#tallies[work] ?? new Map(), tallies);
  }

  get tallies(): readonly Tallies[] {
    return this.#tallies;
  }
}

/**
 * Plays a scenario to its end. The result depends on scenario, seed, runs and version alone: not on
 * processes, nor on how often it was stopped and gone on with. Throws an AivmError for a scenario
 * that does not hold together, for a checkpoint of another one, and where a process is ended.
 */
export const simulate = async (options: SimulateOptions): Promise<SimulationResult> => {
  const { version, runs, signal, onProgress } = options;
  const scenario = unwrap(parseScenario(options.scenario));
  const seed = options.seed ?? scenario.seed;
  const { works, resultOf } = unwrap(planOf(scenario, runs));
  const checkpoint =
    options.checkpoint === undefined
      ? undefined
      : unwrap(Checkpoint.open(options.checkpoint, { seed, version }));
  const found = new Found(works);
  const keyOf = ({ work }: Shard): string => works[work]?.key ?? '';
  const all = shardsOf(works);
  const missing = all.filter((shard) => {
    const known = checkpoint?.of(keyOf(shard), shard.from, shard.to);
    if (known !== undefined) found.add(shard, known);
    return known === undefined;
  });
  let done = all.length - missing.length;
  const onShard: OnShard = (shard, tallies) => {
    found.add(shard, tallies);
    checkpoint?.add(keyOf(shard), shard.from, shard.to, tallies);
    done += 1;
    onProgress?.(done, all.length);
  };
  const processes = options.workers ?? availableParallelism();
  if (processes === 1 || missing.length <= FEW_SHARDS) {
    const play = ({ work, from, to }: Shard): Tallies =>
      works[work]?.play(seed, from, to) ?? new Map();
    await playHere(missing, play, onShard, signal);
  } else {
    const order = { scenario: options.scenario, seed, runs };
    await playInProcesses(missing, { order, processes, onShard, signal });
    signal?.throwIfAborted();
  }
  return resultOf(found.tallies, { seed, version });
};
