import type { Figure } from '../figure.ts';
import type { SimulationResult } from '../result.ts';
import type { Drawing } from './charts/option.ts';
import type { Engine } from './engine.ts';
import { escapeHtml } from './escape.ts';
import { formatNumber } from './format.ts';
import { AGREEMENT_SIGMA, observationRowsOf, rowsOf, verdictOf } from './rows.ts';
import { estimatesTable, figureTable, observationsTable } from './tables.ts';

/** Longer tables of estimates fold away what agrees. */
const OPEN_ROWS_MAX = 24;

/** A figure with its place in the page: ids of a scenario's are not trusted to be unique. */
export interface Placed {
  readonly id: string;
  readonly figure: Figure;
  readonly drawing: Drawing;
}

const tile = (value: string, text: string, kind = ''): string =>
  `<div class="tile ${kind}"><b>${value}</b><span>${text}</span></div>`;

const tiles = ({ estimates }: SimulationResult): string => {
  const distances = estimates.flatMap(({ z }) => (z === null ? [] : [z]));
  const differing = estimates.filter((estimate) => verdictOf(estimate) === 'differs').length;
  const runs = estimates.reduce((sum, { n }) => sum + n, 0);
  const largest = distances.reduce((most, z) => Math.max(most, z), 0);
  return `<div class="tiles">${[
    tile(formatNumber(estimates.length), `estimates from ${formatNumber(runs)} runs`),
    tile(formatNumber(distances.length), 'of them stand beside a closed form'),
    distances.length === 0
      ? ''
      : differing === 0
        ? tile('all agree', `within ${AGREEMENT_SIGMA} standard errors of theory`, 'agrees')
        : tile(
            formatNumber(differing),
            `differ by more than ${AGREEMENT_SIGMA} standard errors`,
            'differs',
          ),
    distances.length === 0 ? '' : tile(formatNumber(largest, 3), 'the largest |z|'),
  ].join('')}</div>`;
};

/** Name, seed, version. */
export const header = (result: SimulationResult): string => {
  const facts = [
    ['seed', result.seed],
    ['aivm', result.version],
    ['signatures', result.signed ? 'on' : 'off'],
  ] as const;
  const terms = facts.map(
    ([name, value]) => `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>`,
  );
  return `<header><div>
<p class="kind">aivm simulation</p>
<h1>${escapeHtml(result.scenario)}</h1>
${result.about === '' ? '' : `<p class="lead">${escapeHtml(result.about)}</p>`}
<dl class="facts">${terms.join('')}</dl>
</div></header>`;
};

const UNSIGNED =
  '<p class="warning"><b>Signatures were off.</b> Agents sent their messages unsigned, which ' +
  'only a simulation may: every other rule of the chain held.</p>';

/** What is long folds away. */
const folded = (title: string, content: string): string =>
  `<details><summary>${title}</summary>${content}</details>`;

/** How much agrees, and what it means, for a reader who knows no symbol. */
export const summary = (result: SimulationResult): string => {
  const sentences = result.summary.map((sentence) => `<li>${escapeHtml(sentence)}</li>`);
  const plain =
    sentences.length === 0
      ? ''
      : `<h2>In plain words</h2>\n<ul class="summary">${sentences.join('\n')}</ul>`;
  return `${tiles(result)}
${plain}
${result.signed ? '' : UNSIGNED}`;
};

const figureHtml = ({ id, figure, drawing }: Placed, engine: Engine): string => `<figure id="${id}">
<figcaption><h3>${escapeHtml(figure.title)}</h3><p>${escapeHtml(figure.about)}</p></figcaption>
<div class="picture" id="${id}-picture" role="img" aria-label="${escapeHtml(figure.title)}">
<div class="still">${engine.draw(drawing, id)}</div>
<div class="live" style="height:${drawing.height}px"></div>
</div>
${folded('The figures in this picture', `<div class="scroll">${figureTable(figure)}</div>`)}
</figure>`;

/** Every picture with its table. */
export const figures = (placed: readonly Placed[], engine: Engine): string => {
  if (placed.length === 0) return '';
  const links = placed.map(({ id, figure }) => `<a href="#${id}">${escapeHtml(figure.title)}</a>`);
  return `<section><h2>What was seen</h2>
${placed.length > 2 ? `<nav aria-label="Pictures">${links.join('')}</nav>` : ''}
${placed.map((one) => figureHtml(one, engine)).join('\n')}</section>`;
};

/** The estimates beside theory; long tables fold away, but not what differs. */
export const estimates = (result: SimulationResult): string => {
  const rows = rowsOf(result);
  if (rows.length === 0) return '';
  const table = (part: typeof rows): string =>
    `<div class="card scroll">${estimatesTable(part)}</div>`;
  const about = `<p>An estimate agrees with theory when it lies within ${AGREEMENT_SIGMA} standard
errors of the closed form; |z| is the distance in standard errors.</p>`;
  if (rows.length <= OPEN_ROWS_MAX) {
    return `<section><h2>Estimates beside theory</h2>${about}${table(rows)}</section>`;
  }
  const differing = rows.filter(({ verdict }) => verdict === 'differs');
  return `<section><h2>Estimates beside theory</h2>${about}
${differing.length === 0 ? '' : table(differing)}
${folded(`All ${formatNumber(rows.length)} estimates`, table(rows))}</section>`;
};

/** What a market showed, where there was one. */
export const observations = (result: SimulationResult): string => {
  const rows = observationRowsOf(result);
  if (rows.length === 0) return '';
  const table = `<div class="card scroll">${observationsTable(rows)}</div>`;
  const shown =
    rows.length <= OPEN_ROWS_MAX
      ? table
      : folded(`All ${formatNumber(rows.length)} observations`, table);
  return `<section><h2>What the market showed</h2>\n${shown}</section>`;
};

/** How the report was made, and how to make it again. */
export const origin = (
  scenario: unknown,
  command: string,
): string => `<section><h2>The scenario</h2>
<p>This command repeats the simulation and comes to the same figures, digit by digit:</p>
<pre class="command"><code>${escapeHtml(command)}</code></pre>
<pre><code>${escapeHtml(JSON.stringify(scenario, null, 2) ?? 'null')}</code></pre></section>`;
