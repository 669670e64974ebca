import { relative, sep } from 'node:path';
import { checkImport } from '../check-import.ts';
import type { Node, Rule } from '../rule.ts';

/** Imports against the direction of tools/lint/layers.ts, type-only and dynamic ones included. */
export const imports: Rule = {
  create: (context) => {
    const path = relative(context.cwd, context.filename).split(sep).join('/');
    const check = (node: Node | null): void => {
      if (node?.type !== 'Literal' || typeof node.value !== 'string') return;
      const message = checkImport(path, node.value);
      if (message !== undefined) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source),
    };
  },
};
