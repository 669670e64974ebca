// A page with a diagram for each machine, from the machine itself.
import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { code, table } from './section.ts';

interface Edge {
  readonly target?: string;
  readonly guard?: string;
  readonly actions?: string;
}
type Edges = Readonly<Record<string, Edge | readonly Edge[]>>;

/** What is read of an actor definition: its table as given to XState, and who may send what. */
export interface Definition {
  readonly kind: string;
  readonly machine: {
    readonly config: {
      readonly initial: string;
      readonly on?: Edges;
      readonly states: Readonly<Record<string, { readonly on?: Edges }>>;
    };
  };
  readonly rules: Readonly<
    Record<string, { readonly from: readonly string[]; readonly payable?: boolean }>
  >;
}

/** One line of a table: a message in a state. */
interface Move extends Edge {
  readonly from: string;
  readonly to: string;
  readonly message: string;
}

const ANY_STATE = '(any)';

const isDefinition = (value: unknown): value is Definition =>
  typeof value === 'object' && value !== null && 'compiled' in value && 'machine' in value;

const movesOf = (from: string, on: Edges = {}): readonly Move[] =>
  Object.entries(on).flatMap(([message, edges]) =>
    [edges].flat().map((edge: Edge) => ({
      ...edge,
      from,
      message,
      to: edge.target?.replace(/^\./, '') ?? from,
    })),
  );

/** All moves of a machine: those of each state in the order of the table, then of any state. */
const moves = ({ machine: { config } }: Definition): readonly Move[] => [
  ...Object.entries(config.states).flatMap(([state, { on }]) => movesOf(state, on)),
  ...movesOf(ANY_STATE, config.on),
];

/** Mermaid: one arrow for each pair of states, with the messages that take it. */
export const diagram = (definition: Definition): string => {
  const { initial, states } = definition.machine.config;
  const arrows = new Map<string, Set<string>>();
  for (const { from, to, message } of moves(definition)) {
    if (from === ANY_STATE) continue;
    const arrow = `${from} --> ${to}`;
    arrows.set(arrow, (arrows.get(arrow) ?? new Set()).add(message));
  }
  const last = Object.keys(states).filter(
    (state) => !moves(definition).some(({ from, to }) => from === state && to !== state),
  );
  return [
    '```mermaid',
    'stateDiagram-v2',
    `  [*] --> ${initial}`,
    ...[...arrows].map(([arrow, messages]) => `  ${arrow} : ${[...messages].join(', ')}`),
    ...last.filter((state) => state !== initial).map((state) => `  ${state} --> [*]`),
    '```',
  ].join('\n');
};

const renderMoves = (definition: Definition): string =>
  table(
    ['in state', 'message', 'if', 'then', 'goes to'],
    moves(definition).map(({ from, message, guard, actions, to }) => [
      from === ANY_STATE ? 'any' : code(from),
      code(message),
      guard === undefined ? '' : code(guard),
      actions === undefined ? '' : code(actions),
      to === from ? '' : code(to),
    ]),
  );

const renderRules = ({ rules }: Definition): string =>
  table(
    ['message', 'sent by', 'carries value'],
    Object.entries(rules).map(([message, { from, payable }]) => [
      code(message),
      from.join(', '),
      payable === true ? 'yes' : '',
    ]),
  );

const renderMachine = (definition: Definition): string =>
  `${[
    `# ${definition.kind}`,
    [
      'Generated from the machine by `npm run docs`. Edges are tried from top to bottom; the first',
      'whose guard holds is taken. A message that finds none is refused by name.',
    ].join('\n'),
    diagram(definition),
    '## Messages',
    renderRules(definition),
    '## Edges',
    renderMoves(definition),
  ].join('\n\n')}\n`;

/** The pages of docs/machines, by file name. */
export const renderMachines = async (root: string): Promise<ReadonlyMap<string, string>> => {
  const pages = new Map<string, string>();
  for (const file of globSync('src/machines/*/machine.ts', { cwd: root }).toSorted()) {
    const module: unknown = await import(pathToFileURL(join(root, file)).href);
    const definitions = Object.values(module as object).filter(isDefinition);
    if (definitions.length === 0) throw new Error(`${file} exports no actor definition.`);
    for (const definition of definitions) {
      const name = definitions.length === 1 ? basename(dirname(file)) : definition.kind;
      pages.set(`${name}.md`, renderMachine(definition));
    }
  }
  return pages;
};
