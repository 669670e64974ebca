import type { Colours } from '../kit/terminal.ts';

/** What a line says of what happened, which chooses its colour. */
export type Tone = 'plain' | 'good' | 'bad' | 'open' | 'faint';

export interface Line {
  readonly tone: Tone;
  readonly text: string;
  /** Columns by which what does not fit on the line is moved in; 2 unless told. */
  readonly hang?: number;
}

/** One stretch of time: its heading beside a mark on the rail, and what happened in it. */
export interface Section {
  readonly tone: Tone;
  readonly title: string;
  readonly lines: readonly Line[];
}

const HANG = 2;
/** Columns of the rail, the mark and the blanks behind them. */
const RAIL = 4;
/** No narrower, so that an amount and a name still fit beside each other. */
const LEAST_COLUMNS = 40;

export const line = (text: string, tone: Tone = 'plain', hang?: number): Line =>
  hang === undefined ? { tone, text } : { tone, text, hang };

/** A blank at which no line is broken, such as that before a unit. */
export const FIXED_BLANK = '\u00a0';

const finished = (text: string): string => text.trimEnd().replaceAll(FIXED_BLANK, ' ');

/** Breaks a text at blanks so that no line is longer; a longer word is cut. */
export const wrap = (text: string, columns: number, hang = HANG): readonly string[] => {
  const [, start = ''] = /^( *)/.exec(text) ?? [];
  const lines: string[] = [];
  let current = start;
  let isEmpty = true;
  const open = (): void => {
    lines.push(finished(current));
    current = start + ' '.repeat(hang);
    isEmpty = true;
  };
  for (const part of text.slice(start.length).split(/(?<=\S)(?= )/)) {
    let word = isEmpty ? part.trimStart() : part;
    if (!isEmpty && current.length + word.length > columns) {
      open();
      word = part.trimStart();
    }
    while (current.length + word.length > columns) {
      const room = columns - current.length;
      current += word.slice(0, room);
      word = word.slice(room);
      open();
    }
    current += word;
    isEmpty = false;
  }
  return [...lines, finished(current)];
};

const paint = (colours: Colours, tone: Tone) => {
  const TONES = {
    plain: (text: string) => text,
    good: colours.green,
    bad: colours.red,
    open: colours.yellow,
    faint: colours.dim,
  };
  return TONES[tone];
};

const MARKS: Readonly<Record<Tone, string>> = {
  plain: '●',
  good: '●',
  bad: '●',
  open: '○',
  faint: '●',
};

/** Sections one below the other on a rail, no line longer than `columns`. */
export const drawSections = (
  sections: readonly Section[],
  of: { readonly columns: number; readonly colours: Colours },
): readonly string[] => {
  const { colours } = of;
  const columns = Math.max(of.columns, LEAST_COLUMNS) - RAIL;
  return sections.flatMap(({ tone, title, lines }, at) => {
    const isLast = at === sections.length - 1;
    const rail = isLast ? ' ' : colours.dim('│');
    const [head = '', ...more] = wrap(title, columns);
    const body = lines.flatMap((each) =>
      wrap(each.text, columns, each.hang).map((text) => paint(colours, each.tone)(text)),
    );
    const below = [...more.map((text) => colours.bold(text)), ...body];
    return [
      `${paint(colours, tone)(MARKS[tone])} ${colours.bold(head)}`,
      ...below.map((text) => `${rail}   ${text}`),
      ...(isLast ? [] : [rail]),
    ];
  });
};
