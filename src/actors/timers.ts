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

interface Woken {
  readonly events: readonly ChainEvent[];
  readonly gas: bigint;
}

/** Wakes one actor. What wakes is prepaid and cannot be refused: a refusal is a wrong program. */
const wake = (run: Run, actor: ActorCell): Woken => {
  run.state.setActor(actor, { ...actor.value, wakeAt: undefined });
  const first = { from: actor, to: actor.id, value: 0n, message: WAKE, origin: BY_TIMER };
  const meter = new Meter(UNMETERED);
  const { refusal, events } = runCascade(run, first, meter);
  const why = `${refusal?.actor} refused ${refusal?.message}: ${refusal?.code}`;
  assert(refusal === undefined, `the timer of ${actor.id} was refused: ${why}`);
  run.state.settle();
  return { events, gas: BigInt(meter.used) };
};

/**
 * Delivers the timers that are due, in the order of their keys: (height, address). At most so many
 * per block, and none once those before it have used the gas that timers have; the rest are the
 * first of the next, and one comes in every block. Due is what the state held when the block began:
 * a timer set now for a height that is past waits for the next block, and one that an earlier timer
 * of this block has cancelled or moved is passed over.
 */
export const deliverTimers = (run: Run, source: StateSource): BeginReceipt => {
  const { timersPerBlock, gas } = run.parameters;
  const limit = timersPerBlock < MAX_TIMERS_PER_BLOCK ? timersPerBlock : MAX_TIMERS_PER_BLOCK;
  const timers: BeginReceipt['timers'][number][] = [];
  const events: ChainEvent[] = [];
  let carriedOver = false;
  let gasUsed = 0n;
  const [from, to] = timersUntil(run.block.height);
  for (const [key] of source.range(from, to)) {
    const { height, id } = timerOfKey(key);
    const actor = run.state.actor(id);
    if (actor.value.wakeAt !== height) {
      assert(actor.storedWakeAt === height, `the state holds a timer that ${id} does not have`);
      continue;
    }
    carriedOver = timers.length === limit || (timers.length > 0 && gasUsed >= gas.timerGasLimit);
    if (carriedOver) break;
    timers.push({ actor: id, height });
    const woken = wake(run, actor);
    events.push(...woken.events);
    gasUsed += woken.gas;
  }
  return { timers, carriedOver, events, activity: run.activity.hash };
};
