import { createHash } from 'node:crypto';
import { ok, type Result } from '../../codec/failure.ts';
import type { SimulationResult } from '../result.ts';
import { drawingOf } from './charts/drawing.ts';
import { type Engine, loadEngine } from './engine.ts';
import { escapeHtml, escapeJson, shellWord } from './escape.ts';
import { LIVE } from './script.ts';
import {
  estimates,
  figures,
  header,
  observations,
  origin,
  type Placed,
  summary,
} from './sections.ts';
import { STYLE } from './style.ts';

const scriptHash = (script: string): string =>
  `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/** Nothing is loaded, and no script runs but the two of this file (Content Security Policy). */
const policy = (scripts: readonly string[]): string =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'img-src data:',
    ['script-src', ...scripts.map(scriptHash)].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const page = (
  result: SimulationResult,
  scenario: unknown,
  command: string,
  engine: Engine,
): string => {
  const placed = result.figures.map((figure, at): Placed => ({
    id: `figure-${at + 1}`,
    figure,
    drawing: drawingOf(figure),
  }));
  const pictures = placed.map(({ id, drawing }) => ({
    id: `${id}-picture`,
    option: drawing.option,
  }));
  const scripts = placed.length === 0 ? [] : [engine.script, LIVE];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="aivm ${escapeHtml(result.version)}">
<title>${escapeHtml(result.scenario)} – aivm simulation</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
${header(result)}
<main>
${summary(result)}
${estimates(result)}
${figures(placed, engine)}
${observations(result)}
${origin(scenario, command)}
</main>
<footer>Made by aivm ${escapeHtml(result.version)}. This file loads nothing.</footer>
<script type="application/json" id="pictures">${escapeJson(pictures)}</script>
${scripts.map((script) => `<script>${script}</script>`).join('\n')}
</body>
</html>
`;
};

/** The command that repeats a simulation: its scenario, by name or by file, and its seed. */
export const repeatCommand = (scenario: string, seed: string): string =>
  `aivm simulate ${shellWord(scenario)} --seed ${shellWord(seed)}`;

export interface HtmlReportOptions {
  /** What stands as the command that repeats it; of the scenario's name and seed by default. */
  readonly command?: string;
}

/**
 * A simulation as one HTML file that needs nothing else: no network, and no scripts either, for its
 * pictures are drawn already and become live where scripts run. The same result gives the same
 * bytes. `scenario` is shown as JSON. Fails with `simulation/no-plots` without the package echarts.
 */
export const htmlReport = async (
  result: SimulationResult,
  scenario: unknown,
  options: HtmlReportOptions = {},
): Promise<Result<string>> => {
  const engine = await loadEngine();
  if (!engine.ok) return engine;
  const command = options.command ?? repeatCommand(result.scenario, result.seed);
  return ok(page(result, scenario, command, engine.value));
};
