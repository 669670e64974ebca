// Finds the tests that name an invariant.
import { globSync } from 'node:fs';
import { rowsOf, runsIn } from './cases.ts';
import { loadModule, type Module, nameOf, node, type Node, nodes, partsOf } from './syntax.ts';

/** A test whose title, or that of a group it is in, names invariants. */
export interface NamedTest {
  readonly path: string;
  /** Titles of its groups and its own, joined. */
  readonly title: string;
  readonly ids: readonly string[];
  /** Runs of its properties, at least; 1 for an example; times the rows of `each`. */
  readonly cases: number;
}

const ID = /\bI\d{1,2}b?\b/g;
const RANGE = /\bI(\d{1,2})–I(\d{1,2})\b/g;

/** Ids in a title; `I3–I5` names I4, too. */
const idsIn = (title: string): readonly string[] => {
  const between = [...title.matchAll(RANGE)].flatMap(([, from, to]) =>
    Array.from({ length: Number(to) - Number(from) }, (_, at) => `I${Number(from) + at}`),
  );
  return [...new Set([...between, ...(title.match(ID) ?? [])])];
};

const GROUPS = ['describe'];
const TESTS = ['it', 'test'];

interface Call {
  /** `describe`, `it` or `test`. */
  readonly name: string;
  /** What `each` was given. */
  readonly rows: Node | undefined;
}

/** The function at the bottom of `describe.skipIf(…)`, `it.each(…)` and the like. */
const called = (callee: Node | undefined): Call | undefined => {
  if (callee === undefined) return undefined;
  if (callee.type === 'Identifier') return { name: nameOf(callee), rows: undefined };
  if (callee.type === 'MemberExpression') return called(node(callee['object']));
  if (callee.type !== 'CallExpression') return undefined;
  const inner = node(callee['callee']);
  const below = called(inner);
  if (below === undefined || nameOf(inner?.['property']) !== 'each') return below;
  return { ...below, rows: nodes(callee['arguments'])[0] };
};

const textOf = (of: Node | undefined): string | undefined => {
  if (of?.type === 'Literal') return typeof of['value'] === 'string' ? of['value'] : undefined;
  if (of?.type === 'BinaryExpression' && of['operator'] === '+') {
    const sides = [textOf(node(of['left'])), textOf(node(of['right']))];
    return sides.includes(undefined) ? undefined : sides.join('');
  }
  if (of?.type !== 'TemplateLiteral') return undefined;
  return nodes(of['quasis'])
    .map(({ value }) => (value as { readonly cooked?: string }).cooked ?? '')
    .join('…');
};

interface Place {
  readonly root: string;
  readonly module: Module;
  readonly titles: readonly string[];
  readonly rows: number;
}

const find = (of: Node, place: Place): readonly NamedTest[] => {
  const { root, module } = place;
  const call = of.type === 'CallExpression' ? called(node(of['callee'])) : undefined;
  const title = call === undefined ? undefined : textOf(nodes(of['arguments'])[0]);
  if (call === undefined || title === undefined || ![...GROUPS, ...TESTS].includes(call.name)) {
    return partsOf(of).flatMap((part) => find(part, place));
  }
  const titles = [...place.titles, title];
  const rows = place.rows * rowsOf(root, call.rows, module);
  const body = nodes(of['arguments']).slice(1);
  if (GROUPS.includes(call.name)) {
    return body.flatMap((part) => find(part, { ...place, titles, rows }));
  }
  const ids = idsIn(titles.join(' '));
  if (ids.length === 0) return [];
  const seen = new Set<Node>();
  const runs = body.reduce((sum, part) => sum + runsIn(root, part, module, seen), 0);
  return [{ path: module.path, title: titles.join(': '), ids, cases: rows * (runs || 1) }];
};

/** All tests that name an invariant, by file and place. */
export const namedTests = (root: string): readonly NamedTest[] =>
  globSync('test/**/*.test.ts', { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .flatMap((path) => {
      const module = loadModule(root, path);
      const place: Place = { root, module, titles: [], rows: 1 };
      return module.body.flatMap((statement) => find(statement, place));
    });
