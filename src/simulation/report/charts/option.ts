/**
 * An ECharts option of plain data: no function in it, so that the same value draws the picture on
 * the server and, as JSON, in the browser. Tooltips are texts prepared here (`tip` of a datum).
 */
export type Option = Readonly<Record<string, unknown>>;

/** A picture ready to be drawn, and the height it needs. */
export interface Drawing {
  readonly option: Option;
  /** CSS pixels, for a width of `CHART_WIDTH`. */
  readonly height: number;
}

/** CSS pixels of a picture that is drawn without scripts, or printed. */
export const CHART_WIDTH = 880;
export const PLOT_HEIGHT = 400;
/** Rows of the legend take this much more. */
const LEGEND_ROW = 22;
/** About what a letter and the sample before it take. */
const LETTER = 6.6;
const SAMPLE = 44;

/** The lines of a tooltip; the first is its heading. */
export type Tip = readonly string[];

/** Colours are names of the style sheet, so light and dark need no second picture. */
export const colour = (at: number): string => `var(--c${(at % 8) + 1})`;
export const INK = 'var(--ink)';
export const MUTED = 'var(--muted)';
export const RULE = 'var(--rule)';
export const PAPER = 'var(--paper)';

export const FONT = 'system-ui, sans-serif';

/** The series' names in the order of their first appearance: a name is a colour. */
export const namesOf = (series: readonly { readonly name: string }[]): readonly string[] => [
  ...new Set(series.map(({ name }) => name)),
];

/** Rows that a legend of these names fills. */
const legendRows = (names: readonly string[]): number => {
  let rows = 1;
  let used = 0;
  for (const name of names) {
    const width = name.length * LETTER + SAMPLE;
    if (used > 0 && used + width > CHART_WIDTH - 40) {
      rows += 1;
      used = 0;
    }
    used += width;
  }
  return rows;
};

/** A legend under the picture where there is something to tell apart, and the room it takes. */
export const legendOf = (names: readonly string[]): { option: Option; room: number } => {
  if (names.length < 2) return { option: { show: false }, room: 0 };
  return {
    option: {
      bottom: 0,
      left: 'center',
      icon: 'circle',
      itemWidth: 10,
      itemHeight: 10,
      itemGap: 20,
      itemStyle: { opacity: 1, borderWidth: 0 },
      data: [...names],
      textStyle: { color: INK, fontFamily: FONT, fontSize: 12.5 },
      inactiveColor: MUTED,
    },
    room: legendRows(names) * LEGEND_ROW + 6,
  };
};

/** What every picture shares: no motion, the page's colours, a tooltip that stays inside. */
export const COMMON: Option = {
  animation: false,
  backgroundColor: 'transparent',
  textStyle: { fontFamily: FONT, color: INK },
};

export const tooltip = (trigger: 'item' | 'axis'): Option => ({
  trigger,
  confine: true,
  transitionDuration: 0,
  backgroundColor: PAPER,
  borderColor: RULE,
  padding: [8, 12],
  textStyle: { color: INK, fontFamily: FONT, fontSize: 12.5 },
});
