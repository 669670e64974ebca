import { assert } from '../codec/failure.ts';
import type { ActorId, AnyMessage, Reason } from '../machines/kit/index.ts';
import type { KernelRefusal } from './errors.ts';
import { MAX_FIELD_UNITS, MAX_FIELDS, MAX_NAME_BYTES } from './limits.ts';
import type { Refusal } from './receipt.ts';

export interface Field {
  readonly name: string;
  readonly value: string;
}

/** Named texts as receipts hold them; a machine that writes more than fits is wrong. */
export const fieldsOf = (texts: Readonly<Record<string, string>>): readonly Field[] => {
  const names = Object.keys(texts);
  assert(names.length <= MAX_FIELDS, `${names.length} fields where ${MAX_FIELDS} are the limit`);
  return names.map((name) => {
    const value = texts[name] ?? '';
    const fits = name.length <= MAX_NAME_BYTES && value.length <= MAX_FIELD_UNITS;
    assert(fits, `field ${name} is longer than its limit`);
    return { name, value };
  });
};

const NO_DETAILS: readonly Field[] = [];

/** A refusal by the kernel of a message to an actor in this state. */
export const kernelRefusal = (
  code: KernelRefusal,
  actor: ActorId,
  state: string,
  message: AnyMessage,
): Refusal => ({ code, actor, state, message: message.type, guard: '', details: NO_DETAILS });

/** A refusal by a guard of the machine, in its own words. */
export const guardRefusal = (
  { guard, reason }: { readonly guard: string; readonly reason: Reason },
  actor: ActorId,
  state: string,
  message: AnyMessage,
): Refusal => {
  const details = fieldsOf(reason.details);
  return { code: reason.code, actor, state, message: message.type, guard, details };
};
