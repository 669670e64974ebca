import type { ChainEvent } from '../actors/index.ts';
import type { Story, Told } from './replay.ts';
import type { Lexicon } from './lexicon.ts';

/** Longer hex in an event names nothing that a person knows. */
const LONG_HEX = /\b[0-9a-f]{24,}\b/g;
const SHOWN_DIGITS = 8;
const NUMBER_WIDTH = 4;

const shortened = (text: string): string =>
  text.replaceAll(LONG_HEX, (digits) => `${digits.slice(0, SHOWN_DIGITS)}…`);

const eventLine = ({ actor, name, fields }: ChainEvent, lexicon: Lexicon): string => {
  const values = fields.map((field) => `${field.name} ${field.value}`).join(', ');
  return `      ${shortened(lexicon.readable(`${actor} ${name}: ${values}`))}`;
};

const refusalText = (code: string | undefined): string =>
  code === undefined ? '' : ` (refused: ${code})`;

const stepLines = ({ label, height, refused, events }: Told, number: number, of: Lexicon) => [
  `${String(number).padStart(NUMBER_WIDTH)}. [${height}] ${label}${refusalText(refused)}`,
  ...events.map((event) => eventLine(event, of)),
];

/**
 * A way through a world as people read it: each step with the height at which it happened and what
 * actors told, then what is wrong at its end.
 */
export const storyText = ({ told, violations, lexicon }: Story): string => {
  const steps = told.flatMap((each, index) => stepLines(each, index + 1, lexicon));
  const found = violations.map(({ id, sentence, actors }) => {
    const about = actors.length === 0 ? '' : ` (${actors.join(', ')})`;
    return shortened(lexicon.readable(`${id}: ${sentence}${about}`));
  });
  return [...steps, ...(found.length === 0 ? ['Nothing is wrong on this way.'] : found)].join('\n');
};
