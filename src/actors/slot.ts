import { equalBytes } from '../codec/index.ts';
import type { ActorId } from '../machines/kit/index.ts';
import { timerKey, TIMER_VALUE } from './keys.ts';
import type { ActorRecord, PreparedKind } from './record.ts';

/** Stands for the encoding of what is not in state: no record is empty. */
export const NOTHING: Uint8Array = new Uint8Array(0);

/** One record of the state tree while a block is executed. */
export interface Slot {
  /** Key in the state tree, hex. */
  readonly key: string;
  /** What the state held when the block began; empty if nothing. */
  readonly stored: Uint8Array;
  value: unknown;
  /** Encoding of `value`, empty if it is not to be in state; `undefined` if not made yet. */
  bytes: Uint8Array | undefined;
}

/** An actor in the working state. */
export interface ActorCell extends Slot {
  readonly id: ActorId;
  readonly address: Uint8Array;
  readonly kind: PreparedKind;
  /** Its timer when the block began. */
  readonly storedWakeAt: bigint | undefined;
  value: ActorRecord;
}

/** An entry of a collection in the working state; `value` is `undefined` when there is none. */
export interface EntryCell extends Slot {
  readonly kind: undefined;
}

/** Changes of the state tree by key in hex; `undefined` deletes. */
export type Changes = Map<string, Uint8Array | undefined>;

/** Adds what a slot changes; true if it does. Writing what stood there before is no change. */
export const addChange = (changes: Changes, { key, stored }: Slot, bytes: Uint8Array): boolean => {
  if (bytes === stored || equalBytes(bytes, stored)) return false;
  changes.set(key, bytes.length === 0 ? undefined : bytes);
  return true;
};

/** Timers are an index over `wakeAt`: it follows the records once, at the end of the block. */
export const addTimerChange = (changes: Changes, { id, storedWakeAt, value }: ActorCell): void => {
  if (storedWakeAt === value.wakeAt) return;
  if (storedWakeAt !== undefined) changes.set(timerKey(storedWakeAt, id), undefined);
  if (value.wakeAt !== undefined) changes.set(timerKey(value.wakeAt, id), TIMER_VALUE);
};
