// A process that plays shards: it gets the scenario first, then one shard after another.
import type { Json } from '../../codec/json/index.ts';
import { unwrap } from '../../runtime/unwrap.ts';
import { parseScenario } from '../scenario/index.ts';
import { planOf } from './plan.ts';
import type { Shard } from './shards.ts';
import { toWire } from './wire.ts';
import type { Work } from '../work.ts';

/** What a worker is told first. */
export interface Order {
  readonly scenario: Json;
  readonly seed: string;
  readonly runs?: number | undefined;
}

let works: readonly Work[] = [];
let seed = '';

const take = (message: Order | Shard): void => {
  if ('scenario' in message) {
    ({ works } = unwrap(planOf(unwrap(parseScenario(message.scenario)), message.runs)));
    ({ seed } = message);
    return;
  }
  const { work, from, to } = message;
  process.send?.(toWire(works[work]?.play(seed, from, to) ?? new Map()));
};

process.on('message', (message) => {
  take(message as Order | Shard);
});
// Whoever asked is gone.
process.on('disconnect', () => process.exit(0));
