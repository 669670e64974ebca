import { assert } from '../codec/failure.ts';
import { runCascade } from './cascade.ts';
import { timerOfKey, timersUntil } from './keys.ts';
import { MAX_TIMERS_PER_BLOCK } from './limits.ts';
import type { Origin } from './mailbox.ts';
import { Meter, UNMETERED } from './meter.ts';
import type { BeginReceipt, ChainEvent } from './receipt.ts';
import type { Run } from './run.ts';
import type { StateSource } from './source.ts';
import type { ActorCell } from './slot.ts';

const BY_TIMER: Origin = { type: 'timer' };
const WAKE = { type: 'wake' } as const;

/** Wakes one actor. What wakes is prepaid and cannot be refused: a refusal is a wrong program. */
const wake = (run: Run, actor: ActorCell): readonly ChainEvent[] => {
  run.state.setActor(actor, { ...actor.value, wakeAt: undefined });
  const first = { from: actor, to: actor.id, value: 0n, message: WAKE, origin: BY_TIMER };
  const { refusal, events } = runCascade(run, first, new Meter(UNMETERED));
  const why = `${refusal?.actor} refused ${refusal?.message}: ${refusal?.code}`;
  assert(refusal === undefined, `the timer of ${actor.id} was refused: ${why}`);
  run.state.settle();
  return events;
};

/**
 * Delivers the timers that are due, in the order of their keys: (height, address). At most so many
 * per block; the rest are the first of the next. Due is what the state held when the block began: a
 * timer set now for a height that is past waits for the next block, and one that an earlier timer
 * of this block has cancelled or moved is passed over.
 */
export const deliverTimers = (run: Run, source: StateSource): BeginReceipt => {
  const { timersPerBlock } = run.parameters;
  const limit = timersPerBlock < MAX_TIMERS_PER_BLOCK ? timersPerBlock : MAX_TIMERS_PER_BLOCK;
  const timers: BeginReceipt['timers'][number][] = [];
  const events: ChainEvent[] = [];
  let carriedOver = false;
  const [from, to] = timersUntil(run.block.height);
  for (const [key] of source.range(from, to)) {
    const { height, id } = timerOfKey(key);
    const actor = run.state.actor(id);
    if (actor.value.wakeAt !== height) {
      assert(actor.storedWakeAt === height, `the state holds a timer that ${id} does not have`);
      continue;
    }
    carriedOver = timers.length === limit;
    if (carriedOver) break;
    timers.push({ actor: id, height });
    events.push(...wake(run, actor));
  }
  return { timers, carriedOver, events, activity: run.activity.hash };
};
