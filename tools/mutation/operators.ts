// What can go wrong in a line, made on purpose. Besides the classical operators these are the slips
// that rules of money and time invite: a check that is dropped from a guard, an effect from a list,
// a field from an update, a rounding that goes the other way, a constant that is off by one.
import { bare, nameOf, part, parts, type Node } from './syntax.ts';

/** One change of the text of a node. */
export interface Change {
  readonly operator: string;
  /** What stands in the place of the node. */
  readonly text: string;
}

export interface Site {
  readonly node: Node;
  readonly parent: Node | undefined;
  /** The text of a part of the source. */
  readonly textOf: (node: Node) => string;
}

type Operator = (site: Site) => readonly Change[];

const OTHER_COMPARISON: ReadonlyMap<string, readonly string[]> = new Map([
  ['<', ['<=', '>=']],
  ['<=', ['<', '>']],
  ['>', ['>=', '<=']],
  ['>=', ['>', '<']],
  ['===', ['!==']],
  ['!==', ['===']],
]);

const OTHER_ARITHMETIC: ReadonlyMap<string, string> = new Map([
  ['+', '-'],
  ['-', '+'],
  ['*', '/'],
  ['/', '*'],
  ['%', '*'],
  ['<<', '>>'],
  ['>>', '<<'],
  ['>>>', '<<'],
  ['&', '|'],
  ['|', '&'],
]);

const isDecision = ({ node, parent }: Pick<Site, 'node' | 'parent'>): boolean =>
  parent !== undefined &&
  (parent.type === 'ConditionalExpression' || parent.type === 'IfStatement') &&
  part(parent, 'test') === node;

/** The opposite of a condition says no more than that it is always true, and never. */
const binary: Operator = ({ node, parent, textOf }) => {
  if (node.type !== 'BinaryExpression') return [];
  const operator = node['operator'] as string;
  const isTest = isDecision({ node, parent });
  const [left, right] = [textOf(part(node, 'left')), textOf(part(node, 'right'))];
  const arithmetic = OTHER_ARITHMETIC.get(operator);
  return [
    ...(OTHER_COMPARISON.get(operator) ?? []).slice(0, isTest ? -1 : undefined).map((other) => ({
      operator: 'comparison',
      text: `(${left}) ${other} (${right})`,
    })),
    ...(arithmetic === undefined
      ? []
      : [{ operator: 'arithmetic', text: `(${left}) ${arithmetic} (${right})` }]),
  ];
};

/** Of `a && b`: the other connective, and each side forgotten. */
const logical: Operator = ({ node, textOf }) => {
  const operator = node['operator'];
  if (node.type !== 'LogicalExpression' || (operator !== '&&' && operator !== '||')) return [];
  const [left, right] = [textOf(part(node, 'left')), textOf(part(node, 'right'))];
  const other = operator === '&&' ? '||' : '&&';
  return [
    { operator: 'connective', text: `(${left}) ${other} (${right})` },
    { operator: 'condition forgotten', text: left },
    { operator: 'condition forgotten', text: right },
  ];
};

const negation: Operator = ({ node, textOf }) =>
  node.type === 'UnaryExpression' && node['operator'] === '!'
    ? [{ operator: 'negation', text: textOf(part(node, 'argument')) }]
    : [];

/** A condition that is always true, or never. */
const decision: Operator = (site) =>
  isDecision(site) ? ['true', 'false'].map((text) => ({ operator: 'decision', text })) : [];

const INTEGER = /^[0-9_]+n?$/;

const constant: Operator = ({ node }) => {
  if (node.type !== 'Literal') return [];
  const raw = String(node['raw']);
  if (raw === 'true' || raw === 'false') {
    return [{ operator: 'constant', text: raw === 'true' ? 'false' : 'true' }];
  }
  if (!INTEGER.test(raw)) return [];
  return [
    { operator: 'constant', text: `${raw} + ${raw.endsWith('n') ? '1n' : '1'}` },
    ...(/^0n?$/.test(raw)
      ? []
      : [{ operator: 'constant', text: `${raw} - ${raw.endsWith('n') ? '1n' : '1'}` }]),
  ];
};

/** The text of a list without one element: its commas stay well-formed. */
const without = (node: Node, all: readonly Node[], index: number, { textOf }: Site): string =>
  all
    .toSpliced(index, 1)
    .map((each) => textOf(each))
    .join(', ');

const isPlainLiteral = (node: Node): boolean => bare(node).type === 'Literal';

/** A check, an effect or an edge that is forgotten. Lists of constants have tests of their own. */
const element: Operator = (site) => {
  const { node } = site;
  const all = node.type === 'ArrayExpression' ? parts(node, 'elements') : [];
  return all.every(isPlainLiteral)
    ? []
    : all.map((_, index) => ({
        operator: 'element forgotten',
        text: `[${without(node, all, index, site)}]`,
      }));
};

/** `guard('message', check, …)` without one of its checks. */
const check: Operator = (site) => {
  const { node, textOf } = site;
  if (node.type !== 'CallExpression' || nameOf(part(node, 'callee')) !== 'guard') return [];
  const all = parts(node, 'arguments');
  return all.slice(1).map((_, index) => ({
    operator: 'check forgotten',
    text: `${textOf(part(node, 'callee'))}(${without(node, all, index + 1, site)})`,
  }));
};

const keyOf = (property: Node, textOf: Site['textOf']): string =>
  property.type === 'Property' ? textOf(part(property, 'key')) : '';

/** A field that an update `{ ...before, field }` forgets; the guard of an edge. */
const field: Operator = (site) => {
  const { node, textOf } = site;
  if (node.type !== 'ObjectExpression') return [];
  const all = parts(node, 'properties');
  const isUpdate = all[0]?.type === 'SpreadElement';
  const isEdge = all.some((each) => keyOf(each, textOf) === 'actions');
  return all.flatMap((each, index) =>
    (isUpdate && each.type === 'Property') || (isEdge && keyOf(each, textOf) === 'guard')
      ? [{ operator: 'field forgotten', text: `{ ${without(node, all, index, site)} }` }]
      : [],
  );
};

/** Functions that are taken for one another, as they are reached where the mutant stands. */
const OTHER_FUNCTION: ReadonlyMap<string, string> = new Map([
  ['bpsCeil', 'bpsFloor'],
  ['bpsFloor', 'bpsCeil'],
  ['larger', 'smaller'],
  ['smaller', 'larger'],
]);

/** The name under which the arithmetic of amounts is at hand in an instrumented source. */
export const INTEGERS = '__integers';

const rounding: Operator = (site) => {
  const { node } = site;
  if (node.type !== 'CallExpression') return [];
  const other = OTHER_FUNCTION.get(nameOf(part(node, 'callee')) ?? '');
  const given = parts(node, 'arguments');
  return other === undefined
    ? []
    : [
        {
          operator: 'rounding or bound',
          text: `${INTEGERS}.${other}(${given.map(site.textOf).join(', ')})`,
        },
      ];
};

const OTHER_METHOD: ReadonlyMap<string, string> = new Map([
  ['every', 'some'],
  ['some', 'every'],
  ['min', 'max'],
  ['max', 'min'],
  ['find', 'findLast'],
  ['findIndex', 'findLastIndex'],
]);
/** Methods without which a list is still a list. */
const OPTIONAL_METHODS = new Set(['filter', 'toSorted', 'toReversed', 'slice']);

const method: Operator = ({ node, textOf }) => {
  if (node.type !== 'CallExpression') return [];
  const callee = part(node, 'callee');
  if (callee.type !== 'MemberExpression' || callee['computed'] === true) return [];
  const object = textOf(part(callee, 'object'));
  const name = nameOf(part(callee, 'property')) ?? '';
  const given = parts(node, 'arguments').map(textOf).join(', ');
  const other = OTHER_METHOD.get(name);
  return [
    ...(other === undefined ? [] : [{ operator: 'method', text: `${object}.${other}(${given})` }]),
    ...(OPTIONAL_METHODS.has(name) ? [{ operator: 'method forgotten', text: object }] : []),
  ];
};

/** A statement that is not done. */
const statement: Operator = ({ parent }) =>
  parent?.type === 'ExpressionStatement'
    ? [{ operator: 'statement forgotten', text: 'undefined' }]
    : [];

const OPERATORS: readonly Operator[] = [
  binary,
  logical,
  negation,
  decision,
  constant,
  element,
  check,
  field,
  rounding,
  method,
  statement,
];

/** Every change of the node; two operators that say the same count once. */
export const changesOf = (site: Site): readonly Change[] => {
  const own = site.textOf(site.node);
  const seen = new Set([own]);
  return OPERATORS.flatMap((operator) => operator(site)).filter(({ text }) => {
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
};
