/** A simulation to look at: one HTML file, or tables. */
export { csvFiles, csvText } from './csv.ts';
export { htmlReport, type HtmlReportOptions, repeatCommand } from './html.ts';
export {
  AGREEMENT_SIGMA,
  ESTIMATE_COLUMNS,
  type EstimateColumn,
  type EstimateRow,
  OBSERVATION_HEADINGS,
  observationRowsOf,
  rowsOf,
  type Verdict,
} from './rows.ts';
