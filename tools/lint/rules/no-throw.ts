import type { Context, Node, Rule } from '../rule.ts';

const MESSAGE =
  'Bad input is a typed failure (failWith), a broken invariant an assertion; nothing else throws ' +
  'across a module boundary (PROTOCOL §10).';

/** A broken invariant or a damaged store: the host stops and commits nothing. */
const FATAL = /(?:Assertion|Damaged)Error$/;

const isCaught = (node: Node, { sourceCode }: Context): boolean => {
  if (node.type !== 'Identifier') return false;
  const variable = sourceCode
    .getScope(node)
    .references.find(({ identifier }) => identifier === node);
  return variable?.resolved?.defs[0]?.type === 'CatchClause';
};

/** `throw` of anything but a new error that stops the host, or of what was caught. */
export const noThrow: Rule = {
  create: (context) => ({
    ThrowStatement: (node) => {
      const { argument } = node;
      const thrown = argument.type === 'NewExpression' ? argument.callee : undefined;
      if (thrown?.type === 'Identifier' && FATAL.test(thrown.name)) return;
      if (isCaught(argument, context)) return;
      context.report({ node, message: MESSAGE });
    },
  }),
};
