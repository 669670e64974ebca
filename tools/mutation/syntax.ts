// The syntax trees of sources, as far as mutants need them: expressions and statements that run.
// Types do not run, so what only the type checker reads is left out.
import { parseAst } from 'vitest/node';

/** A node of the tree (ESTree with TypeScript); `[start, end)` are offsets in the text. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Parts that hold types, or names that are no expressions. */
const SILENT = new Set([
  'typeAnnotation',
  'returnType',
  'typeParameters',
  'typeArguments',
  'superTypeArguments',
  'specifiers',
]);

/** Wrappers of an expression that vanish when types are stripped. */
const TRANSPARENT = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSInstantiationExpression',
]);

const isRunning = ({ type }: Node): boolean =>
  (!type.startsWith('TS') || TRANSPARENT.has(type)) && type !== 'ImportDeclaration';

/** The parts of a node that run, in the order of the text. */
export const childrenOf = (node: Node): readonly Node[] =>
  Object.entries(node)
    .flatMap(([field, value]): readonly unknown[] => {
      if (SILENT.has(field)) return [];
      if (field === 'key' && node['computed'] !== true) return [];
      if (field === 'property' && node['computed'] !== true) return [];
      return Array.isArray(value) ? value : [value];
    })
    .filter(isNode)
    .filter(isRunning)
    .toSorted((a, b) => a.start - b.start);

/** The one node in a field; for fields that the grammar says are there. */
export const part = (node: Node, field: string): Node => {
  const value = node[field];
  if (!isNode(value)) throw new Error(`a ${node.type} without ${field} at ${node.start}`);
  return value;
};

/** The nodes of a list field; holes of arrays are left out. */
export const parts = (node: Node, field: string): readonly Node[] => {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
};

/** The expression under `as`, `satisfies` and the like. */
export const bare = (node: Node): Node =>
  TRANSPARENT.has(node.type) ? bare(part(node, 'expression')) : node;

/** The name of an identifier. */
export const nameOf = (node: Node): string | undefined =>
  node.type === 'Identifier' ? (node['name'] as string) : undefined;

export const parseSource = (text: string): Node =>
  parseAst(text, { lang: 'ts' }) as unknown as Node;
