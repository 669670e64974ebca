import { GENESIS_ACTIVITY, actorKey, type Receipt } from '../../../src/actors/index.ts';
import { preparedKind } from '../../../src/actors/record.ts';
import { encode } from '../../../src/codec/index.ts';
import { REGISTRY } from '../../../src/machines/registry.ts';
import type { RecordOf } from '../../../src/actors/index.ts';
import type { ActorId, ActorKind } from '../../../src/machines/kit/index.ts';
import {
  ChainView,
  checkInvariants,
  checkStep,
  expectNoViolations,
} from '../../../src/testing/index.ts';
import { CHAIN, type World } from '../../support/world.ts';

const NO_TIMERS = { timers: [], carriedOver: false, events: [], activity: GENESIS_ACTIVITY };

type Order = ReturnType<World['order']>;

export const viewOf = (world: World, supplyNlux: bigint): ChainView =>
  new ChainView({
    networkId: CHAIN.networkId,
    chainId: CHAIN.chainId,
    source: world.state,
    height: world.height,
    time: world.time,
    supplyNlux,
    begin: world.lastBegin ?? NO_TIMERS,
  });

/** Checks every block of a world from now on; gives its view and how many blocks were checked. */
export const watch = (world: World) => {
  const supplyNlux = world.supply();
  const execute = world.block.bind(world);
  let blocks = 0;
  let view = viewOf(world, supplyNlux);
  world.block = (...orders: readonly Order[]): readonly Receipt[] => {
    // A world that was restored since has another state than after the last block.
    const before = view.source === world.state ? view : viewOf(world, supplyNlux);
    const receipts = execute(...orders);
    view = viewOf(world, supplyNlux);
    blocks += 1;
    const told = receipts.flatMap((receipt) => receipt.events);
    const events = [...(world.lastBegin?.events ?? []), ...told];
    expectNoViolations([...checkInvariants(view), ...checkStep({ before, after: view, events })]);
    return receipts;
  };
  return { view: () => view, blocks: () => blocks };
};

interface Change<K extends ActorKind> {
  readonly state?: string;
  readonly balance?: bigint;
  readonly wakeAt?: bigint | undefined;
  readonly context?: Partial<RecordOf<K>['context']>;
}

/** The same state with one record changed, as no message could change it. */
export const tampered = <K extends ActorKind>(
  view: ChainView,
  id: ActorId<K>,
  change: (record: RecordOf<K>) => Change<K>,
): ChainView => {
  const record = view.actor(id);
  if (record === undefined) throw new Error(`${id} is not in state`);
  const { context, ...rest } = change(record);
  const next = { ...record, ...rest, context: { ...record.context, ...context } };
  const bytes = encode(preparedKind(REGISTRY, id as ActorId).record, next);
  const key = actorKey(id as ActorId);
  const { source } = view;
  const replaced = Buffer.from(key, 'hex');
  return new ChainView({
    ...parts(view),
    source: {
      get: (asked) => (replaced.equals(asked) ? bytes : source.get(asked)),
      range: function* (from, to) {
        for (const [at, value] of source.range(from, to)) {
          yield [at, replaced.equals(at) ? bytes : value] as const;
        }
      },
    },
  });
};

/** What a view was made of. */
export const parts = (view: ChainView) => {
  const { networkId, chainId, source, height, time, supplyNlux, begin } = view;
  return { networkId, chainId, source, height, time, supplyNlux, begin };
};
