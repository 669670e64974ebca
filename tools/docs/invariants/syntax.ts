// The little that is read of a test's syntax tree.
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseAst } from 'vitest/node';

/** A node of the tree, as the parser gives it (ESTree with types). */
export interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A file: what it declares at its top level, and where its imports come from. */
export interface Module {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly body: readonly Node[];
  readonly declared: ReadonlyMap<string, Node>;
  readonly imported: ReadonlyMap<string, { readonly path: string; readonly name: string }>;
}

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

export const node = (value: unknown): Node | undefined => (isNode(value) ? value : undefined);
export const nodes = (value: unknown): readonly Node[] =>
  Array.isArray(value) ? value.filter(isNode) : [];
export const nameOf = (value: unknown): string => {
  const name = node(value)?.['name'];
  return typeof name === 'string' ? name : '';
};

/** The parts of a node, in the order of the text. */
export const partsOf = (of: Node): readonly Node[] =>
  Object.values(of).flatMap((part) => (Array.isArray(part) ? nodes(part) : (node(part) ?? [])));

/** Without `as const`, `satisfies` and parentheses. */
export const bare = (of: Node | undefined): Node | undefined => {
  const inner = node(of?.['expression']);
  const isWrapped = of !== undefined && /^(?:TS.*Expression|Parenthesized.*)$/.test(of.type);
  return isWrapped && inner !== undefined ? bare(inner) : of;
};

const declarationsOf = (statement: Node): readonly (readonly [string, Node])[] => {
  const inner = node(statement['declaration']) ?? statement;
  if (inner.type === 'FunctionDeclaration') return [[nameOf(inner['id']), inner]];
  return nodes(inner['declarations']).flatMap((each) => {
    const init = node(each['init']);
    return init === undefined ? [] : [[nameOf(each['id']), init] as const];
  });
};

const importsOf = (statement: Node, path: string, root: string) => {
  const from = node(statement['source'])?.['value'];
  if (typeof from !== 'string' || !from.startsWith('.')) return [];
  const target = relative(root, join(root, dirname(path), from)).replaceAll('\\', '/');
  return nodes(statement['specifiers']).map(
    (each) => [nameOf(each['local']), { path: target, name: nameOf(each['imported']) }] as const,
  );
};

const loaded = new Map<string, Module>();

/** Reads a module of the repository, once for each content. */
export const loadModule = (root: string, path: string): Module => {
  const text = readFileSync(join(root, path), 'utf8');
  const key = `${path}\0${text}`;
  const known = loaded.get(key);
  if (known !== undefined) return known;
  const body = nodes(node(parseAst(text, { lang: 'ts' }))?.['body']);
  const made = {
    path,
    body,
    declared: new Map(body.flatMap(declarationsOf)),
    imported: new Map(body.flatMap((statement) => importsOf(statement, path, root))),
  };
  loaded.set(key, made);
  return made;
};
