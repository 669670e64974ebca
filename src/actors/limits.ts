/** Bounds of the kernel's own work (PROTOCOL §3, §10); consensus constants. */

/** Messages that one transaction, or one timer, may cause, its own included. */
export const MAX_MESSAGES_PER_TRANSACTION = 512;
/** Events of one transaction or timer. */
export const MAX_EVENTS_PER_TRANSACTION = 1024;
/** Effects of one transition; a machine that asks for more is wrong. */
export const MAX_EFFECTS_PER_MESSAGE = 1024;
/** Timers of one block; the parameter `timersPerBlock` may only be lower. */
export const MAX_TIMERS_PER_BLOCK = 1024;
/** Records that one call of a listing gives. */
export const MAX_LIST_RECORDS = 1000;

/** Names of events, fields, states, messages, guards and codes, in bytes. */
export const MAX_NAME_BYTES = 64;
/** Text of one field of an event or refusal: UTF-16 units, and bytes of UTF-8 that these take. */
export const MAX_FIELD_UNITS = 1024;
export const MAX_FIELD_BYTES = 3 * MAX_FIELD_UNITS;
/** Fields of one event or refusal. */
export const MAX_FIELDS = 32;
