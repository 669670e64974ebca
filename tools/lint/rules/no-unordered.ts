import { propertyName, type Rule } from '../rule.ts';

const SORTS = new Set(['sort', 'toSorted']);

/** `for…in`, and sorting without a comparator, which compares numbers and bigints as text. */
export const noUnordered: Rule = {
  create: (context) => ({
    ForInStatement: (node) => {
      const message =
        'for…in walks inherited keys in an order of its own: iterate an array or a Map.';
      context.report({ node, message });
    },
    CallExpression: (node) => {
      const { callee } = node;
      if (callee.type !== 'MemberExpression' || node.arguments.length > 0) return;
      if (!SORTS.has(propertyName(callee) ?? '')) return;
      const message =
        'Sort with a comparator: the default order is that of the text of the elements.';
      context.report({ node, message });
    },
  }),
};
