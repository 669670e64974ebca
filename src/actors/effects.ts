import { assert } from '../codec/failure.ts';
import { GAS } from '../machines/kit/index.ts';
import type { EmitEffect, PutEffect, SendEffect, Transitioned } from '../machines/kit/index.ts';
import { MAX_EFFECTS_PER_MESSAGE, MAX_NAME_BYTES } from './limits.ts';
import type { Origin } from './mailbox.ts';
import type { Meter } from './meter.ts';
import { fieldsOf } from './refusal.ts';
import type { Run } from './run.ts';
import type { ActorCell } from './slot.ts';

const BY_ACTOR: Origin = { type: 'actor' };

const send = (run: Run, from: ActorCell, { to, value, message }: SendEffect): void => {
  assert(value >= 0n, `${from.id} sends a negative value`);
  run.mailbox.push({ from, to, value, message, origin: BY_ACTOR });
};

const emit = (run: Run, actor: ActorCell, effect: EmitEffect, meter: Meter): void => {
  assert(effect.name.length <= MAX_NAME_BYTES, `event name ${effect.name} is too long`);
  const fields = fieldsOf(effect.fields);
  let units = effect.name.length;
  for (const { name, value } of fields) units += name.length + value.length;
  meter.charge(GAS.event + GAS.eventByte * units);
  run.events.push({ actor: actor.id, name: effect.name, fields });
};

const put = (run: Run, owner: ActorCell, effect: PutEffect, meter: Meter): void => {
  const { collection, key, value } = effect;
  const isOwn = collection.kind === owner.kind.definition.kind;
  assert(isOwn, `${owner.id} has no collection ${collection.name}`);
  const cell = run.state.entry(collection, owner.id, key);
  const before = cell.bytes?.length ?? 0;
  const bytes = run.state.setEntry(cell, collection, value);
  meter.chargeWrite(bytes.length, before);
  run.activity.entry(cell.key, bytes);
};

/**
 * Every coin of an actor is one that its own record knows of (I1), and no part is negative (I2).
 */
const assertAccounted = ({ id, kind, value }: ActorCell): void => {
  const expected = kind.definition.accountedNlux?.(value.context, value.state) ?? value.balance;
  assert(value.balance === expected, `${id} does not hold what its record accounts for`);
};

/**
 * Applies a transition: the new state and context, value taken in and given away, and the effects
 * in their order. Only the receiver's own records change (PROTOCOL §3). Gas is charged as it goes
 * and judged afterwards: what a transition can ask for is bounded.
 */
export const applyEffects = (
  run: Run,
  actor: ActorCell,
  valueIn: bigint,
  { state, context, effects }: Transitioned<unknown>,
  meter: Meter,
): void => {
  assert(effects.length <= MAX_EFFECTS_PER_MESSAGE, `${actor.id} asks for too many effects`);
  let balance = actor.value.balance + valueIn;
  let { wakeAt } = actor.value;
  for (const effect of effects) {
    if (effect.type === 'send') {
      balance -= effect.value;
      send(run, actor, effect);
    } else if (effect.type === 'wake') {
      assert(effect.height !== 0n, `${actor.id} sets a timer for height 0`);
      wakeAt = effect.height;
      meter.charge(GAS.write);
    } else if (effect.type === 'emit') emit(run, actor, effect, meter);
    else if (effect.type === 'put') put(run, actor, effect, meter);
    else run.isFeeRefunded = true;
  }
  const before = run.state.bytesOf(actor).length;
  run.state.setActor(actor, { state, balance, wakeAt, context });
  assertAccounted(actor);
  meter.chargeWrite(run.state.bytesOf(actor).length, before);
};
