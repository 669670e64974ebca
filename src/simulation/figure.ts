/**
 * A picture as data: what is drawn, not how. The report draws them, tables and CSV list them, and
 * whoever has a tool of their own draws them anew.
 */

export interface Axis {
  readonly label: string;
  /** `share` is shown in percent; the others as they are, with the unit in the label. */
  readonly unit: 'share' | 'LUX' | 'blocks' | 'days' | 'count' | 'ratio';
  readonly scale?: 'linear' | 'log';
  /** Zero belongs to the picture, wherever the data lie. */
  readonly fromZero?: boolean;
}

/** A line of theory, or points of measurement with their 95 % intervals. */
export interface Series {
  readonly name: string;
  readonly style: 'line' | 'points' | 'area';
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    /** 95 % interval of `y`. */
    readonly low?: number | undefined;
    readonly high?: number | undefined;
  }[];
}

/** A value worth seeing: where theory puts a root, a bound, a deadline. */
export interface Mark {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly label: string;
}

interface Titled {
  /** Unique in a report; kebab-case, names the file of its CSV. */
  readonly id: string;
  readonly title: string;
  /** How to read it, in a sentence or two. */
  readonly about: string;
}

export interface PlotFigure extends Titled {
  readonly type: 'plot';
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly marks: readonly Mark[];
}

export interface HistogramFigure extends Titled {
  readonly type: 'histogram';
  readonly x: Axis;
  /** Bins `[from, to)` side by side, with what was counted in each. */
  readonly series: readonly {
    readonly name: string;
    readonly bins: readonly {
      readonly from: number;
      readonly to: number;
      readonly count: number;
    }[];
  }[];
  readonly marks: readonly Mark[];
}

/** Money from where it came to where it went: what flows in flows out. */
export interface FlowFigure extends Titled {
  readonly type: 'flow';
  readonly unit: 'LUX';
  readonly links: readonly {
    readonly from: string;
    readonly to: string;
    readonly value: number;
  }[];
}

export type Figure = PlotFigure | HistogramFigure | FlowFigure;
