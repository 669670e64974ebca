// The generated parts of README.md: the picture, and the example that a test runs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { diagram, type Definition } from './machines.ts';
import { replaceSection } from './section.ts';

const EXAMPLE = 'examples/embed.ts';
/** The shown part of the example begins at its comment with this text and ends before the next. */
const EXAMPLE_BEGINS = '// The chain, in fifteen lines';
const EXAMPLE_ENDS = '// A fork:';

const renderExample = (root: string): string => {
  const source = readFileSync(join(root, EXAMPLE), 'utf8');
  const [from, to] = [source.indexOf(EXAMPLE_BEGINS), source.indexOf(EXAMPLE_ENDS)];
  if (from < 0 || to < from) throw new Error(`${EXAMPLE} has lost the part that README.md shows.`);
  return ['```ts', source.slice(from, to).trim(), '```'].join('\n');
};

const renderPicture = async (root: string): Promise<string> => {
  const file = pathToFileURL(join(root, 'src/machines/challenge/machine.ts')).href;
  const { challenge } = (await import(file)) as { readonly challenge: Definition };
  return diagram(challenge);
};

export const renderReadme = async (root: string): Promise<string> => {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const withPicture = replaceSection(text, 'picture', await renderPicture(root));
  return replaceSection(withPicture, 'example', renderExample(root));
};
