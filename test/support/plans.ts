import { utf8 } from '../../src/codec/index.ts';
import { RIGHT, WRONG } from './market.ts';

/** What the seats of a panel, and the defendants, do in a test. */

/** An answer that is neither defendant's. */
export const THIRD = utf8('a third answer');

/** What a seat does with its panel. */
export interface Answer {
  readonly does: 'answer' | 'silence' | 'decline' | 'withhold' | 'hide';
  readonly output: Uint8Array;
}

/** Commits, reveals and opens its chunks. */
export const answer = (output: Uint8Array): Answer => ({ does: 'answer', output });
/** Commits and does not reveal. */
export const withhold = (output: Uint8Array): Answer => ({ does: 'withhold', output });
/** Reveals and opens no chunk. */
export const hide = (output: Uint8Array): Answer => ({ does: 'hide', output });
/** Does not commit. */
export const SILENT: Answer = { does: 'silence', output: RIGHT };
/** Says that it cannot run the profile. */
export const UNABLE: Answer = { does: 'decline', output: RIGHT };

/** What whoever sits there does, by seat and by how often the seat was drawn before. */
export type Plan = (seat: number, attempt: number) => Answer;

/** Every seat gives the same answer. */
export const all =
  (output: Uint8Array): Plan =>
  () =>
    answer(output);
/** One answer for each seat. */
export const each =
  (...answers: readonly Answer[]): Plan =>
  (seat) =>
    answers[seat] ?? SILENT;
/** So many seats answer with each of the outputs, in this order. */
export const split = (...parts: readonly (readonly [number, Uint8Array])[]): Plan =>
  each(...parts.flatMap(([count, output]) => Array.from({ length: count }, () => answer(output))));
/** Every seat has an answer of its own. */
export const scattered: Plan = (seat) => answer(utf8(`an answer of seat ${seat}`));
export const nobody: Plan = () => SILENT;

/** Who shows which output when chunks are asked for. */
export type Defence = readonly (readonly [name: string, output: Uint8Array])[];
export const BOTH: Defence = [
  ['p0', RIGHT],
  ['p1', WRONG],
];
