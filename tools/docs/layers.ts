import { ENGINE_FILES, LAYERS, type Layer, PURE_FOLDERS } from '../lint/layers.ts';
import { code, table } from './section.ts';

export const LAYERS_SECTION = 'layers';

const list = (names: readonly string[]): string => names.map(code).join(', ') || 'nothing';

const row = ({ folder, holds, layers, packages, enginePackages = [], node }: Layer): string[] => {
  const engine = enginePackages.length === 0 ? '' : `; engine files also ${list(enginePackages)}`;
  const own = node ? [...packages, 'node:*'] : packages;
  return [code(folder), holds, list(layers), `${list(own)}${engine}`];
};

/** The table of docs/architecture.md: what each folder holds and may import. */
export const renderLayers = (): string =>
  [
    table(['folder', 'holds', 'may import', 'packages'], LAYERS.map(row)),
    '',
    `The code of ${list(PURE_FOLDERS)} decides state: the determinism bans hold there. Only the`,
    `engine files ${list(ENGINE_FILES)} bind it to Node's own cryptography, behind injected`,
    'functions with an engine-independent twin.',
  ].join('\n');
