// Judges one import by the table in layers.ts. Pure text, so that the lint rule and the tidy test,
// which find imports in different ways, give the same verdict.
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { ENGINE_FILES, layerOf, type Layer, PURE_FOLDERS } from './layers.ts';

const SELF = 'aivm';

/** `@scope/name/sub` → `@scope/name`, `name/sub` → `name`. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const checkProject = (layer: Layer, path: string, specifier: string): string | undefined => {
  const target = posix.join(posix.dirname(path), specifier);
  const targetLayer = layerOf(target);
  if (targetLayer === undefined) {
    return `${layer.folder} may not import ${target}: it is in no layer of tools/lint/layers.ts.`;
  }
  if (targetLayer === layer || layer.layers.includes(targetLayer.folder)) return undefined;
  const allowed = layer.layers.length === 0 ? 'nothing of the project' : layer.layers.join(', ');
  return `${layer.folder} may not import ${targetLayer.folder}; it may import ${allowed}.`;
};

const checkNode = (layer: Layer, path: string, specifier: string): string | undefined => {
  const pure = PURE_FOLDERS.some((folder) => path.startsWith(`${folder}/`));
  const allowed = ENGINE_FILES.includes(path) || (layer.node && !pure);
  if (!allowed) return `${path} may not import ${specifier}: ask for it as an injected service.`;
  if (specifier.startsWith('node:')) return undefined;
  return `Import node:${specifier}, with its prefix.`;
};

const checkPackage = (layer: Layer, path: string, specifier: string): string | undefined => {
  const name = packageOf(specifier);
  const enginePackages = ENGINE_FILES.includes(path) ? (layer.enginePackages ?? []) : [];
  if (layer.packages.includes(name) || enginePackages.includes(name)) return undefined;
  if (!layer.packages.includes(`${name}/*`)) {
    return `${layer.folder} may not import the package ${name}; see tools/lint/layers.ts.`;
  }
  if (specifier !== name) return undefined;
  return `Import a submodule of ${name} (such as ${name}/Effect), not its barrel: it loads slowly.`;
};

/**
 * Why the module at `path` may not import `specifier`, as a sentence; undefined when it may.
 * `path` is relative to the repository root, with forward slashes.
 */
export const checkImport = (path: string, specifier: string): string | undefined => {
  const layer = layerOf(path);
  if (layer === undefined) {
    return path.startsWith('src/') ? `${path} is in no layer of tools/lint/layers.ts.` : undefined;
  }
  if (specifier.startsWith('.')) return checkProject(layer, path, specifier);
  if (isBuiltin(specifier)) return checkNode(layer, path, specifier);
  if (packageOf(specifier) === SELF) {
    return `Import project files by relative path, not through the package name ${SELF}.`;
  }
  return checkPackage(layer, path, specifier);
};
