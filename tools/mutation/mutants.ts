// The mutants of a source, and the source with all of them in it: each stands behind a switch, so
// that one copy of the tree serves every run.
import { createHash } from 'node:crypto';
import { dirname, relative } from 'node:path/posix';
import { changesOf, INTEGERS, type Change } from './operators.ts';
import { childrenOf, parseSource, type Node } from './syntax.ts';

export interface Mutant {
  /** The same for the same change of the same text, whatever stands around it. */
  readonly key: string;
  readonly file: string;
  readonly line: number;
  readonly operator: string;
  /** What is replaced, and by what; one line each. */
  readonly from: string;
  readonly to: string;
}

export interface Instrumented {
  readonly mutants: readonly Mutant[];
  readonly text: string;
}

/** The function that says whether a mutant is switched on; `hooks.ts` defines it. */
export const SWITCH = '__mutant';

const INTEGER_FILE = 'src/machines/kit/integer.ts';

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const digest = (...of: readonly string[]): string =>
  createHash('sha256').update(of.join('\0')).digest('hex').slice(0, 12);

/** The parts of an optional chain end with it, so they cannot stand behind a switch alone. */
const isInChain = (parent: Node | undefined): boolean =>
  parent?.type === 'ChainExpression' ||
  parent?.type === 'MemberExpression' ||
  parent?.type === 'CallExpression';

interface Walk {
  readonly source: string;
  readonly make: (node: Node, change: Change) => string;
}

const instrumentNode = (
  { source, make }: Walk,
  node: Node,
  parent: Node | undefined,
  inChain: boolean,
): string => {
  const textOf = ({ start, end }: Node): string => source.slice(start, end);
  const chained = node.type === 'ChainExpression' || (inChain && isInChain(parent));
  let at = node.start;
  let text = '';
  for (const child of childrenOf(node)) {
    text += source.slice(at, child.start);
    text += instrumentNode({ source, make }, child, node, chained);
    at = child.end;
  }
  text += source.slice(at, node.end);
  const isPartOfChain =
    chained && (node.type === 'CallExpression' || node.type === 'MemberExpression');
  if (isPartOfChain) return text;
  const arms = changesOf({ node, parent, textOf }).map(
    (change) => `${SWITCH}('${make(node, change)}') ? (${change.text}) : `,
  );
  return arms.length === 0 ? text : `(${arms.join('')}(${text}))`;
};

/**
 * The source of `file` (relative to the root) with a switch at every place that a mutant changes.
 */
export const instrument = (file: string, source: string): Instrumented => {
  const mutants: Mutant[] = [];
  const times = new Map<string, number>();
  const make = (node: Node, { operator, text }: Change): string => {
    const own = source.slice(node.start, node.end);
    const plain = digest(file, operator, own, text);
    const nth = times.get(plain) ?? 0;
    times.set(plain, nth + 1);
    const key = nth === 0 ? plain : `${plain}-${nth}`;
    const line = source.slice(0, node.start).split('\n').length;
    mutants.push({ key, file, line, operator, from: oneLine(own), to: oneLine(text) });
    return key;
  };
  const program = parseSource(source);
  const body = instrumentNode({ source, make }, program, undefined, false);
  const text = source.slice(0, program.start) + body + source.slice(program.end);
  const integers = relative(dirname(file), INTEGER_FILE);
  const path = integers.startsWith('.') ? integers : `./${integers}`;
  return { mutants, text: `${text}\nimport * as ${INTEGERS} from '${path}';\n` };
};
