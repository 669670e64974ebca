// Tells whether an expression is a bigint by looking at the syntax alone. One operand is enough for
// an arithmetic operator: TypeScript refuses a bigint mixed with a number, and the engine throws.
import type { Context, Expression, Identifier } from './rule.ts';

type GetScope = Context['sourceCode']['getScope'];
type Annotation = Identifier['typeAnnotation'];

const ARITHMETIC = new Set(['+', '-', '*', '/', '%', '**', '<<', '>>', '&', '|', '^']);
/** How many constants are followed to their initialisers. */
const MAX_DEPTH = 16;

const isBigintAnnotation = (annotation: Annotation): boolean =>
  annotation?.typeAnnotation.type === 'TSBigIntKeyword';

const isBigintCall = (callee: Expression): boolean => {
  if (callee.type === 'Identifier') return callee.name === 'BigInt';
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false;
  // BigInt.asUintN and BigInt.asIntN.
  return callee.object.name === 'BigInt';
};

const isBigintVariable = (node: Identifier, getScope: GetScope, depth: number): boolean => {
  for (let scope: ReturnType<GetScope> | null = getScope(node); scope; scope = scope.upper) {
    const definition = scope.set.get(node.name)?.defs[0];
    if (definition === undefined) continue;
    const { name, node: declared } = definition;
    if ('typeAnnotation' in name && isBigintAnnotation(name.typeAnnotation)) return true;
    if (declared.type !== 'VariableDeclarator' || declared.id.type !== 'Identifier') return false;
    return declared.init !== null && isBigint(declared.init, getScope, depth + 1);
  }
  return false;
};

/** Whether `node` is visibly a bigint: by its literal, its call, its declaration or an operand. */
export const isBigint = (node: Expression, getScope: GetScope, depth = 0): boolean => {
  if (depth > MAX_DEPTH) return false;
  const again = (inner: Expression): boolean => isBigint(inner, getScope, depth);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'bigint';
    case 'Identifier':
      return isBigintVariable(node, getScope, depth);
    case 'CallExpression':
      return isBigintCall(node.callee);
    case 'TSAsExpression':
      return node.typeAnnotation.type === 'TSBigIntKeyword' || again(node.expression);
    case 'ParenthesizedExpression':
      return again(node.expression);
    case 'UnaryExpression':
      return (node.operator === '-' || node.operator === '~') && again(node.argument);
    case 'ConditionalExpression':
      return again(node.consequent) && again(node.alternate);
    case 'BinaryExpression':
      if (!ARITHMETIC.has(node.operator) || node.left.type === 'PrivateIdentifier') return false;
      return again(node.left) || again(node.right);
    default:
      return false;
  }
};
