import { timerOfKey, timersUntil } from '../../src/actors/index.ts';
import { runCascade } from '../../src/actors/cascade.ts';
import { Meter, UNMETERED } from '../../src/actors/meter.ts';
import { beginRun } from '../../src/actors/run.ts';
import { REGISTRY } from '../../src/machines/registry.ts';
import type { Chain } from './chain.ts';

/**
 * What each timer of the next block would cost in gas, were timers metered as transactions are:
 * their messages, reads, writes and events. Nothing of it stays.
 */
export const meterTimers = ({ host, cast }: Chain): readonly number[] => {
  const { height, time, blockId, activity } = host.tip();
  const header = { height: height + 1n, time: time + 1n };
  const run = beginRun({
    chain: { ...cast.chain, registry: REGISTRY, verifier: host.signatures },
    source: host.store,
    header,
    parent: { id: blockId, time },
    parentActivity: activity,
  });
  const due = [...host.store.range(...timersUntil(header.height))];
  return due.slice(0, run.parameters.timersPerBlock).map(([key]) => {
    const { id } = timerOfKey(key);
    const actor = run.state.actor(id);
    run.state.setActor(actor, { ...actor.value, wakeAt: undefined });
    const meter = new Meter(UNMETERED);
    const wake = { from: actor, to: id, value: 0n, message: { type: 'wake' } } as const;
    const { refusal } = runCascade(run, { ...wake, origin: { type: 'timer' } }, meter);
    if (refusal !== undefined) throw new Error(`the timer of ${id} was refused`);
    run.state.settle();
    return meter.used;
  });
};
