import { isBigint } from '../bigint.ts';
import { type Expression, type Identifier, type Node, propertyName, type Rule } from '../rule.ts';

/** Exact on every pair of safe integers; the rest of Math rounds or differs between engines. */
const EXACT_MATH = new Set(['abs', 'clz32', 'imul', 'max', 'min']);

/** Methods that read, write or print a number as a float. */
const FLOAT_METHODS = new Set([
  'getFloat16',
  'getFloat32',
  'getFloat64',
  'setFloat16',
  'setFloat32',
  'setFloat64',
  'toExponential',
  'toFixed',
  'toPrecision',
]);

const DIVISION =
  'Only bigint may be divided, and it must show: make one operand a bigint literal, BigInt(…), a ' +
  'variable declared ": bigint" or a constant made of these (TypeScript then holds the other to ' +
  'it). Halve numbers with a shift.';
const POWER =
  'The power operator differs between engines on floats: shift (1n << n), or make one operand ' +
  'visibly bigint.';
const LITERAL = 'Write integers only, below 2^53: no float touches the state (PROTOCOL §2).';
const METHOD = 'Floats have no place in consensus code (PROTOCOL §2): work on integers or bits.';

/** Whether an identifier only names a property: `{ Math: 1 }`, `record.Math`. */
const isName = ({ name, parent }: Identifier): boolean => {
  if (parent.type === 'MemberExpression') return propertyName(parent) === name;
  if (parent.type !== 'Property') return false;
  return parent.value.type !== 'Identifier' || parent.value.name !== name;
};

/** Float arithmetic: `/` and `**` on numbers, float literals, inexact Math, float accessors. */
export const noFloat: Rule = {
  create: (context) => {
    const checkOperator = (operator: string, node: Node, operands: readonly Expression[]): void => {
      const message = { '/': DIVISION, '**': POWER }[operator.replace('=', '')];
      if (message === undefined) return;
      const { getScope } = context.sourceCode;
      if (!operands.some((operand) => isBigint(operand, getScope))) {
        context.report({ node, message });
      }
    };
    return {
      BinaryExpression: (node) => checkOperator(node.operator, node, [node.left, node.right]),
      AssignmentExpression: (node) => {
        const { left } = node;
        const target = left.type === 'Identifier' ? [left] : [];
        checkOperator(node.operator, node, [...target, node.right]);
      },
      Literal: (node) => {
        if (typeof node.value !== 'number') return;
        if (Number.isSafeInteger(node.value) && !/^[^x]*\./i.test(node.raw ?? '')) return;
        context.report({ node, message: LITERAL });
      },
      Identifier: (node) => {
        const { name, parent } = node;
        if (name !== 'Math' || isName(node)) return;
        if (parent.type === 'MemberExpression' && EXACT_MATH.has(propertyName(parent) ?? ''))
          return;
        const allowed = [...EXACT_MATH].join(', ');
        context.report({ node, message: `Of Math only ${allowed} are exact on integers.` });
      },
      MemberExpression: (node) => {
        if (!FLOAT_METHODS.has(propertyName(node) ?? '')) return;
        context.report({ node, message: METHOD });
      },
    };
  },
};
