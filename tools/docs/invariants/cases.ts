// How many cases a test runs through, read from its source.
import {
  bare,
  loadModule,
  type Module,
  nameOf,
  node,
  type Node,
  nodes,
  partsOf,
} from './syntax.ts';

/** What fast-check runs where nothing is said. */
const DEFAULT_RUNS = 100;
/** Only tests and what they are made of are followed; the code under test has no cases. */
const FOLLOWED = 'test/';

interface Found {
  readonly at: Node;
  readonly module: Module;
}

/** What a name stands for: in the file itself, or in the one that it is imported from. */
const resolve = (root: string, name: string, module: Module): Found | undefined => {
  const own = module.declared.get(name);
  if (own !== undefined) return { at: own, module };
  const from = module.imported.get(name);
  if (from?.path.startsWith(FOLLOWED) !== true) return undefined;
  return resolve(root, from.name, loadModule(root, from.path));
};

const resolved = (root: string, of: Node | undefined, module: Module): Found | undefined => {
  const at = bare(of);
  if (at?.type !== 'Identifier') return at === undefined ? undefined : { at, module };
  const found = resolve(root, nameOf(at), module);
  return found === undefined ? undefined : resolved(root, found.at, found.module);
};

/** A whole number, a product of such, or the name of one. */
const numberOf = (root: string, of: Node | undefined, module: Module): number | undefined => {
  const found = resolved(root, of, module);
  if (found?.at.type === 'Literal') {
    const { value } = found.at;
    return typeof value === 'number' ? value : undefined;
  }
  if (found?.at.type !== 'BinaryExpression' || found.at['operator'] !== '*') return undefined;
  const [left, right] = ['left', 'right'].map((side) =>
    numberOf(root, node(found.at[side]), found.module),
  );
  return left === undefined || right === undefined ? undefined : left * right;
};

/** A field of an object, also where that is put together of others; the last one counts. */
const fieldOf = (
  root: string,
  of: Node | undefined,
  module: Module,
  name: string,
): Found | undefined => {
  const found = resolved(root, of, module);
  if (found?.at.type !== 'ObjectExpression') return undefined;
  return nodes(found.at['properties']).reduce<Found | undefined>((field, each) => {
    if (each.type === 'SpreadElement') {
      return fieldOf(root, node(each['argument']), found.module, name) ?? field;
    }
    const at = node(each['value']);
    return nameOf(each['key']) === name && at !== undefined ? { at, module: found.module } : field;
  }, undefined);
};

/** What a field says; throws where it says something that cannot be read here. */
const countOf = (root: string, of: Node | undefined, module: Module, name: string) => {
  const field = fieldOf(root, of, module, name);
  if (field === undefined) return undefined;
  const count = numberOf(root, field.at, field.module);
  if (count !== undefined) return count;
  throw new Error(`${name} in ${module.path} cannot be read: write a number, or name a constant.`);
};

const isAssert = ({ type, callee }: Node): boolean => {
  const called = node(callee);
  const isMember = type === 'CallExpression' && called?.type === 'MemberExpression';
  return isMember && nameOf(called['object']) === 'fc' && nameOf(called['property']) === 'assert';
};

/** A runner of whole lives, such as `runModel({ seed, runs })`. */
const isRunner = ({ type, callee }: Node): boolean =>
  type === 'CallExpression' && /^run[A-Z]/.test(nameOf(callee));

const ownRuns = (root: string, of: Node, module: Module): number => {
  const [first, second] = nodes(of['arguments']);
  if (isAssert(of)) return countOf(root, second, module, 'numRuns') ?? DEFAULT_RUNS;
  return isRunner(of) ? (countOf(root, first, module, 'runs') ?? 0) : 0;
};

/** Sum over the properties in the code, and in the functions of tests that it names; 0 without. */
export const runsIn = (
  root: string,
  of: Node,
  module: Module,
  seen: Set<Node> = new Set(),
): number => {
  if (seen.has(of)) return 0;
  seen.add(of);
  if (of.type === 'Identifier') {
    const found = resolve(root, nameOf(of), module);
    return found === undefined ? 0 : runsIn(root, found.at, found.module, seen);
  }
  const own = ownRuns(root, of, module);
  return partsOf(of).reduce((sum, part) => sum + runsIn(root, part, module, seen), own);
};

/** Rows of `each(…)` where they can be counted, else one. */
export const rowsOf = (root: string, of: Node | undefined, module: Module): number => {
  const found = resolved(root, of, module);
  if (found?.at.type !== 'ArrayExpression') return 1;
  const counts = nodes(found.at['elements']).map((each) =>
    each.type === 'SpreadElement' ? rowsOf(root, node(each['argument']), found.module) : 1,
  );
  return counts.reduce((sum, count) => sum + count, 0) || 1;
};
