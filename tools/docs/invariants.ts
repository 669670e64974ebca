// The page docs/invariants.md: each invariant with the tests that name it.
import { STATE_INVARIANTS, STEP_INVARIANTS } from '../../src/testing/index.ts';
import { INVARIANT_GROUPS, INVARIANTS } from './invariants/catalogue.ts';
import { type NamedTest, namedTests } from './invariants/scan.ts';
import { table } from './section.ts';

/** Where every invariant has at least one test: the rest are examples. */
const PROPERTIES = 'test/properties/';
/** What the kernel asserts after every message, in production too. */
const ASSERTED = ['I1', 'I2', 'I3'];

const byInvariant = (tests: readonly NamedTest[]): ReadonlyMap<string, readonly NamedTest[]> =>
  new Map(INVARIANTS.map(({ id }) => [id, tests.filter(({ ids }) => ids.includes(id))]));

/** Throws for an invariant without a test, and for a test of one that there is not. */
const assertComplete = (named: ReadonlyMap<string, readonly NamedTest[]>): void => {
  const missing = [...named].flatMap(([id, tests]) =>
    tests.some(({ path }) => path.startsWith(PROPERTIES)) ? [] : [id],
  );
  if (missing.length > 0) {
    throw new Error(`No test under ${PROPERTIES} names ${missing.join(', ')} in its title.`);
  }
};

const assertKnown = (tests: readonly NamedTest[]): void => {
  const known = new Set(INVARIANTS.map(({ id }) => id));
  const unknown = tests.filter(({ ids }) => ids.some((id) => !known.has(id)));
  if (unknown.length > 0) {
    const titles = unknown.map(({ path, title }) => `${path} “${title}”`);
    throw new Error(`These tests name an invariant that there is not: ${titles.join(', ')}`);
  }
};

const thousands = (count: number): string => String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');

const total = (tests: readonly NamedTest[]): number =>
  tests.reduce((sum, { cases }) => sum + cases, 0);

/** A title that names many says from which to which. */
const shortened = (title: string): string =>
  title.replaceAll(/(I\d+b? )(?:I\d+b? ){4,}(I\d+b?)/g, '$1… $2');

const line = ({ path, title, cases }: NamedTest): string =>
  `- ${thousands(cases)} × [${path}](../${path}) “${shortened(title)}”`;

const kitOf = (id: string): string => {
  const inState = STATE_INVARIANTS.some((each) => each.id === id);
  const inStep = STEP_INVARIANTS.some((each) => each.id === id);
  return [inState ? 'state' : '', inStep ? 'step' : ''].filter((each) => each !== '').join(', ');
};

const INTRODUCTION = `# Invariants

What holds whatever anybody does, and the tests that hold it. \`npm run docs\` writes this page from
the titles of the tests, and fails when an invariant has none under \`${PROPERTIES}\`.

- **Safety** holds after every message: \`test/properties/invariants/messages.test.ts\` puts one
  message into each block and looks at every state. **Liveness** holds within a number of blocks
  that the rules give. **Statistical** ones have a fixed seed and a bound of four sigma.
- *Kit* says where \`checkInvariants\` (a state) or \`checkStep\` (a block) of the test kit
  (\`aivm/testing\`) looks for it, for your own tests: [the test kit](test-kit.md).
- *Asserted*: the kernel checks it after every message in production, too, over the actors that
  the message touched; if it fails the host stops and commits nothing.
- *Cases* are read from the sources: \`numRuns\` of a property, \`runs\` of a runner of lives, times
  the rows of \`each\`; 1 for an example. A test that goes through more in a loop counts as one,
  and one that names several invariants counts for each.`;

/** The page docs/invariants.md. */
export const renderInvariants = (root: string): string => {
  const tests = namedTests(root);
  assertKnown(tests);
  const named = byInvariant(tests);
  assertComplete(named);
  const of = (id: string): readonly NamedTest[] => named.get(id) ?? [];
  const groups = INVARIANT_GROUPS.flatMap(({ title, invariants }) => [
    `## ${title}`,
    table(
      ['', 'what holds', 'type', 'kit', 'asserted', 'tests', 'cases'],
      invariants.map(({ id, says, type }) => [
        id,
        says,
        type,
        kitOf(id),
        ASSERTED.includes(id) ? 'yes' : '',
        thousands(of(id).length),
        thousands(total(of(id))),
      ]),
    ),
    ...invariants
      .filter(({ id }) => of(id).length > 0)
      .map(({ id }) => `### ${id}\n\n${of(id).map(line).join('\n')}`),
  ]);
  return `${[INTRODUCTION, ...groups].join('\n\n')}\n`;
};
