import Table from 'cli-table3';
import colours from 'picocolors';
import type { Facts } from './facts.ts';
import { LUX } from './cast.ts';

const FRACTION_DIGITS = 9;

/** `12.5 LUX`: exact, without trailing zeros. */
export const lux = (nlux: bigint): string => {
  const sign = nlux < 0n ? '-' : '';
  const magnitude = nlux < 0n ? -nlux : nlux;
  const fraction = (magnitude % LUX).toString().padStart(FRACTION_DIGITS, '0').replace(/0+$/, '');
  return `${sign}${magnitude / LUX}${fraction === '' ? '' : `.${fraction}`} LUX`;
};

export const short = (hex: string): string => `${hex.slice(0, 8)}…`;

interface Sink {
  readonly write: (text: string) => unknown;
}

/** Tells the story as it happens; silent where facts are wanted. */
export class Narrator {
  readonly colours = colours;
  readonly #sink: Sink | undefined;
  #chapters = 0;

  constructor(sink: Sink | undefined) {
    this.#sink = sink;
  }

  chapter(title: string): void {
    this.#chapters += 1;
    this.#sink?.write(`\n${colours.bold(`${this.#chapters}. ${title}`)}\n`);
  }

  say(text: string): void {
    this.#sink?.write(`   ${text}\n`);
  }

  good(text: string): void {
    this.say(`${colours.green('✓')} ${text}`);
  }

  bad(text: string): void {
    this.say(`${colours.red('✗')} ${text}`);
  }
}

/** The last page: who has what, and that it adds up to the supply. */
export const tableOf = (facts: Facts): string => {
  const table = new Table({
    head: ['who', 'holds', 'before', 'after', 'change'],
    colAligns: ['left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  for (const { who, what, before, after } of facts.balances) {
    table.push([who, what, lux(before), lux(after), lux(after - before)]);
  }
  table.push([colours.bold('all'), '', lux(facts.supply), lux(facts.balancesTotal), '0 LUX']);
  const verdict = facts.isWhole
    ? colours.green('The balances add up to the supply, and the reopened chain has the same root.')
    : colours.red('Something does not add up.');
  return [
    '',
    table.toString(),
    '',
    `   state root  ${facts.stateRoot}`,
    `   reopened    ${facts.reopenedStateRoot}`,
    `   ${verdict}`,
    `   ${facts.blocks} blocks, ${(facts.milliseconds / 1000).toFixed(1)} s`,
    '',
  ].join('\n');
};
