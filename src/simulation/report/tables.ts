import type { Figure } from '../figure.ts';
import { escapeHtml } from './escape.ts';
import { axisTitle } from './charts/axis.ts';
import { formatNumber, formatValue } from './format.ts';
import { ESTIMATE_COLUMNS, type EstimateRow, OBSERVATION_HEADINGS } from './rows.ts';

/** What a table under a figure shows at most; the CSV files hold everything. */
const ROWS_MAX = 1_000;

const MARK = { agrees: 'mark agrees', differs: 'mark differs', unknown: '' } as const;

const head = (headings: readonly { readonly text: string; readonly right: boolean }[]): string =>
  `<thead><tr>${headings
    .map(
      ({ text, right }) =>
        `<th scope="col"${right ? ' class="right"' : ''}>${escapeHtml(text)}</th>`,
    )
    .join('')}</tr></thead>`;

const estimateCell = (
  row: EstimateRow,
  { key, right }: (typeof ESTIMATE_COLUMNS)[number],
): string => {
  // A name stays with its value.
  const text = escapeHtml(row[key]).replaceAll(' = ', '\u00a0=\u00a0');
  const name = right ? `right ${key}` : key;
  if (key === 'name')
    return `<td class="${name}">${text}<small>${escapeHtml(row.source)}</small></td>`;
  if (key !== 'z' || row.verdict === 'unknown') return `<td class="${name}">${text}</td>`;
  return `<td class="${name}"><span class="${MARK[row.verdict]}">${text}</span></td>`;
};

/** The source stands under the name: a column of its own would leave the figures no room. */
const COLUMNS = ESTIMATE_COLUMNS.filter(({ key }) => key !== 'source');

/** The estimates beside the theory; a line is coloured where they differ. */
export const estimatesTable = (rows: readonly EstimateRow[]): string => {
  const headings = COLUMNS.map(({ heading, right }) => ({ text: heading, right }));
  const lines = rows.map(
    (row) =>
      `<tr class="${row.verdict}">` +
      `${COLUMNS.map((column) => estimateCell(row, column)).join('')}</tr>`,
  );
  return `<table>${head(headings)}<tbody>\n${lines.join('\n')}\n</tbody></table>`;
};

interface Cells {
  readonly headings: readonly string[];
  /** How many columns from the left hold words; the others hold figures. */
  readonly words: number;
  readonly lines: readonly (readonly string[])[];
}

const cellsOf = (figure: Figure): Cells => {
  switch (figure.type) {
    case 'plot': {
      const y = (value: number | undefined): string =>
        value === undefined ? '' : formatValue(value, figure.y.unit);
      return {
        headings: ['series', axisTitle(figure.x), axisTitle(figure.y), '95 % from', 'to'],
        words: 1,
        lines: figure.series.flatMap(({ name, points }) =>
          points.map((point) => [
            name,
            formatValue(point.x, figure.x.unit),
            y(point.y),
            y(point.low),
            y(point.high),
          ]),
        ),
      };
    }
    case 'histogram':
      return {
        headings: ['series', `${axisTitle(figure.x)}, from`, 'to below', 'counted'],
        words: 1,
        lines: figure.series.flatMap(({ name, bins }) =>
          bins.map(({ from, to, count }) => [
            name,
            formatValue(from, figure.x.unit),
            formatValue(to, figure.x.unit),
            formatNumber(count),
          ]),
        ),
      };
    case 'flow':
      return {
        headings: ['from', 'to', 'amount'],
        words: 2,
        lines: figure.links.map(({ from, to, value }) => [
          from,
          to,
          formatValue(value, figure.unit),
        ]),
      };
  }
};

/** The first `words` columns stand left, figures right; beyond `ROWS_MAX` lines it says so. */
const tableOf = ({ headings, words, lines }: Cells): string => {
  const cell = (text: string, at: number): string =>
    `<td${at < words ? '' : ' class="right"'}>${escapeHtml(text)}</td>`;
  const body = lines.slice(0, ROWS_MAX).map((line) => `<tr>${line.map(cell).join('')}</tr>`);
  const rest = lines.length - body.length;
  const more = rest > 0 ? `<p>${formatNumber(rest)} more lines are in the CSV files.</p>` : '';
  const named = headings.map((text, at) => ({ text, right: at >= words }));
  return `<table>${head(named)}<tbody>\n${body.join('\n')}\n</tbody></table>${more}`;
};

/** What a figure draws, to be read; the picture says the same to those who see it. */
export const figureTable = (figure: Figure): string => tableOf(cellsOf(figure));

/** What a market has shown. */
export const observationsTable = (lines: readonly (readonly string[])[]): string =>
  tableOf({ headings: OBSERVATION_HEADINGS, words: 1, lines });
