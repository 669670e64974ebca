import type { Finding } from '../../machines/challenge/record.ts';
import type { Verdict } from '../../machines/attestation/record.ts';
import type { TimelineSeat, Window } from '../../client/timeline/index.ts';
import type { Texts } from '../kit/texts.ts';
import { FIXED_BLANK, type Tone } from './draw.ts';

/** How a timeline names people and amounts. */
export interface Names {
  readonly amount: (nlux: bigint) => string;
  /** Of an account or a provider, by its address in hex. */
  readonly who: (address: string) => string;
}

const HEAD = 13;
const TAIL = 4;

/** An address that can be told from others at a glance: `A-local1qxy3z…9k2f`. */
export const shortAddress = (address: string): string =>
  address.length <= HEAD + TAIL + 1 ? address : `${address.slice(0, HEAD)}…${address.slice(-TAIL)}`;

export const namesOf = ({ amount, address }: Texts): Names => ({
  amount: (nlux) => amount(nlux).replace(' ', FIXED_BLANK),
  who: (hex) => shortAddress(address(hex)),
});

export const shortHash = (hash: string): string => `${hash.slice(0, 12)}…`;

export const heights = ({ from, until }: Pick<Window, 'from' | 'until'>): string =>
  from === undefined ? `until #${until}` : `#${from} until #${until}`;

/** The rule of a ruling, with what is needed beside what it is needed for. */
export const rule = (says: string): string => says.replaceAll('(needs ', `(needs${FIXED_BLANK}`);

export const seats = (count: number): string => `${count} ${count === 1 ? 'seat' : 'seats'}`;

export const toneOf = (found: Finding | Verdict): Tone => {
  if (found === 'valid') return 'good';
  if (found === 'faulty' || found === 'unsubstantiated') return 'bad';
  return found === 'none' ? 'faint' : 'open';
};

/** What became of a seat. */
export const SEAT_WORDS: Readonly<Record<TimelineSeat['state'], string>> = {
  drawn: 'drawn, has not answered yet',
  unable: 'cannot run this profile',
  committed: 'committed',
  revealed: 'revealed',
  answered: 'answered',
  silent: 'silent',
  withheld: 'committed, and withheld its answer',
};

/** Of a seat whose panel ended before it could go on. */
export const LATE_WORDS: typeof SEAT_WORDS = {
  ...SEAT_WORDS,
  drawn: 'drawn',
  committed: 'committed, and did not reveal',
};

export const STANCE_WORDS: Readonly<Record<TimelineSeat['stances'][number], string>> = {
  none: 'takes no side on',
  supports: 'supports',
  rejects: 'rejects',
  abstains: 'abstains on',
};
