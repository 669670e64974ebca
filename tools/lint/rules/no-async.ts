import type { Context, Rule } from '../rule.ts';

type Reported = Pick<Parameters<Context['report']>[0], 'node'>['node'];

const MESSAGE =
  'Consensus code is synchronous (PROTOCOL §10: no async interleaving): take the value as an ' +
  'argument and let the runtime do the waiting.';

/** `async` functions, `await`, `for await`; the global Promise is banned by the configuration. */
export const noAsync: Rule = {
  create: (context) => {
    const refuse = (node: Reported): void => {
      if (node !== undefined) context.report({ node, message: MESSAGE });
    };
    return {
      FunctionDeclaration: (node) => refuse(node.async ? node : undefined),
      FunctionExpression: (node) => refuse(node.async ? node : undefined),
      ArrowFunctionExpression: (node) => refuse(node.async ? node : undefined),
      AwaitExpression: (node) => refuse(node),
      ForOfStatement: (node) => refuse(node.await ? node : undefined),
    };
  },
};
