import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { ok, type Result } from '../../codec/failure.ts';
import { simulationFail } from '../errors.ts';
import { CHART_WIDTH, type Drawing } from './charts/option.ts';

/** The build that has every kind of picture; the smaller ones lack flows. */
const BUILD = 'echarts/dist/echarts.min.js';

/** As much of Apache ECharts as is used here: its types are no part of this package's. */
interface Chart {
  readonly setOption: (option: unknown) => void;
  readonly renderToSVGString: () => string;
  readonly dispose: () => void;
}

interface Charts {
  readonly init: (
    place: null,
    theme: null,
    settings: {
      readonly renderer: 'svg';
      readonly ssr: true;
      readonly width: number;
      readonly height: number;
    },
  ) => Chart;
}

/** Draws pictures, and holds the library that makes them live in a browser. */
export interface Engine {
  /** The library as one classic script. */
  readonly script: string;
  /** A picture as an `<svg>` element whose ids begin with `prefix`. */
  readonly draw: (drawing: Drawing, prefix: string) => string;
}

/**
 * ECharts numbers the pictures of a process and styles what the pointer stands on; neither belongs
 * into a still picture, which has to be the same each time.
 */
const still = (svg: string, prefix: string): string =>
  svg
    .replaceAll(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replaceAll(/ (?:class="zr\d+-cls-\d+"|ecmeta_\w+="[^"]*")/g, '')
    .replaceAll(/(id="|url\(#)zr\d+-/g, (_, before: string) => `${before}${prefix}-`)
    .replaceAll(/\n+/g, '');

const drawWith =
  (charts: Charts) =>
  ({ option, height }: Drawing, prefix: string): string => {
    const chart = charts.init(null, null, {
      renderer: 'svg',
      ssr: true,
      width: CHART_WIDTH,
      height,
    });
    try {
      chart.setOption(option);
      return still(chart.renderToSVGString(), prefix);
    } finally {
      chart.dispose();
    }
  };

/**
 * Loads the optional package `echarts` as the module `from` finds it; `simulation/no-plots` where
 * it is not installed.
 */
export const loadEngine = async (from: string = import.meta.url): Promise<Result<Engine>> => {
  const require = createRequire(from);
  try {
    const path = require.resolve(BUILD);
    const charts = require(path) as Charts;
    const text = await readFile(path, 'utf8');
    // A parser of HTML reads every line end as one line feed: so does the hash of the script.
    return ok({ script: text.replaceAll('\r\n', '\n').trim(), draw: drawWith(charts) });
  } catch (error) {
    return simulationFail('simulation/no-plots', { reason: String(error).split('\n')[0] ?? '' });
  }
};
