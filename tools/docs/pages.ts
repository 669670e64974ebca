import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scenarioJsonSchema } from '../../src/simulation/scenario/describe.ts';
import { renderErrors } from './errors.ts';
import { renderInvariants } from './invariants.ts';
import { LAYERS_SECTION, renderLayers } from './layers.ts';
import { renderMachines } from './machines.ts';
import { renderReadme } from './readme.ts';
import { replaceSection } from './section.ts';
import { renderSimulation, SIMULATION_PAGE } from './simulation.ts';
import { renderTolerance, TOLERANCE_PAGE } from './tolerance.ts';

const ARCHITECTURE = 'docs/architecture.md';
const MACHINES = 'docs/machines';
const SCENARIO_SCHEMA = 'scenarios/schema.json';

/** Every page that is generated, in whole or in part: path from the repository root → content. */
export const renderPages = async (root: string): Promise<ReadonlyMap<string, string>> => {
  const architecture = readFileSync(join(root, ARCHITECTURE), 'utf8');
  const pages = new Map([
    [ARCHITECTURE, replaceSection(architecture, LAYERS_SECTION, renderLayers())],
    ['docs/errors.md', await renderErrors(root)],
    ['docs/invariants.md', renderInvariants(root)],
    ['README.md', await renderReadme(root)],
    [SIMULATION_PAGE, renderSimulation(root)],
    [TOLERANCE_PAGE, renderTolerance(root)],
    [SCENARIO_SCHEMA, `${JSON.stringify(scenarioJsonSchema(), undefined, 2)}\n`],
  ]);
  for (const [name, content] of await renderMachines(root)) {
    pages.set(`${MACHINES}/${name}`, content);
  }
  return pages;
};
