// Every command as people meet it: its help, its examples, and docs/cli.md against all of them.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { ENTRIES } from '../../../src/cli/groups.ts';
import { cliErrors } from '../../../src/cli/kit/errors.ts';
import { EXIT, exitCodeOf } from '../../../src/cli/kit/exit.ts';
import { keystoreErrors } from '../../../src/cli/keystore/errors.ts';
import { buildProgram } from '../../../src/cli/program.ts';

const PAGE = readFileSync(resolve(import.meta.dirname, '../../../docs/cli.md'), 'utf8');
const program = await buildProgram(() => true);

interface Leaf {
  readonly path: string;
  readonly command: Command;
}

const leavesOf = (command: Command, path: readonly string[]): readonly Leaf[] => {
  const children = command.commands.filter((child) => child.name() !== 'help');
  return children.length === 0
    ? [{ path: path.join(' '), command }]
    : children.flatMap((child) => leavesOf(child, [...path, child.name()]));
};

const leaves = leavesOf(program, ['aivm']);

const helpOf = (command: Command): string => {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
};

const linesIn = (text: string, marker: RegExp): readonly string[] =>
  text.split('\n').flatMap((line) => marker.exec(line)?.[1] ?? []);

const examplesOf = (command: Command): readonly string[] =>
  linesIn(helpOf(command), /^ {2}\$ (aivm .*)$/);

/** Words of a line as a shell splits it, as far as our examples need. */
const wordsOf = (line: string): readonly string[] =>
  [...line.replace(/ > \S+$/, '').matchAll(/"([^"]*)"|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );

const leafOf = (words: readonly string[]): Leaf | undefined =>
  [3, 2]
    .map((count) => words.slice(0, count).join(' '))
    .flatMap((path) => leaves.filter((leaf) => leaf.path === path))[0];

/** Why a line is no call of its command: unknown options, or too few or too many arguments. */
const faultOf = (line: string): string | undefined => {
  const words = wordsOf(line);
  const leaf = leafOf(words);
  if (leaf === undefined) return `no such command: ${line}`;
  const rest = words.slice(leaf.path.split(' ').length);
  let operands = 0;
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    if (!word.startsWith('--')) {
      operands += 1;
      continue;
    }
    const option = leaf.command.options.find(({ long }) => long === word);
    if (option === undefined) return `${leaf.path} has no ${word}`;
    if (!option.required && !option.optional) continue;
    at += 1;
    while (option.variadic && at + 1 < rest.length && !rest[at + 1]?.startsWith('--')) at += 1;
  }
  const forms = leaf.command.registeredArguments;
  const least = forms.filter(({ required }) => required).length;
  const most = forms.some(({ variadic }) => variadic) ? Infinity : forms.length;
  const fits = operands >= least && operands <= most;
  return fits ? undefined : `${leaf.path} takes ${least} to ${most} arguments: ${line}`;
};

const documented = linesIn(PAGE, /^(aivm .*)$/);

describe('every command', () => {
  it('stands in the help under the summary that it has itself', () => {
    const loaded = new Map(program.commands.map((command) => [command.name(), command.summary()]));
    for (const { name, summary } of ENTRIES.filter((entry) => entry.name !== 'tee')) {
      expect(loaded.get(name), name).toBe(summary);
    }
    expect(leaves.length).toBeGreaterThan(60);
  });

  it('has a description of each argument and option, and takes --json', () => {
    for (const { path, command } of leaves) {
      expect(command.description(), path).not.toBe('');
      expect(
        command.options.map(({ long }) => long),
        path,
      ).toContain('--json');
      for (const argument of command.registeredArguments)
        expect(argument.description, path).toBeTruthy();
      for (const option of command.options) expect(option.description, path).toBeTruthy();
    }
  });

  it('has examples of its own that it would take', () => {
    for (const { path, command } of leaves) {
      const examples = examplesOf(command);
      expect(examples.length, path).toBeGreaterThan(0);
      for (const line of examples) {
        expect(leafOf(wordsOf(line))?.path, line).toBe(path);
        expect(faultOf(line), line).toBeUndefined();
      }
    }
  });
});

describe('docs/cli.md', () => {
  it('shows every example of every command', () => {
    const missing = leaves
      .flatMap(({ command }) => examplesOf(command))
      .filter((line) => !documented.includes(line));
    expect(missing).toEqual([]);
  });

  it('shows only commands, options and arguments that there are', () => {
    expect(documented.map(faultOf).filter((fault) => fault !== undefined)).toEqual([]);
  });

  it('lists every exit code', () => {
    const listed = linesIn(PAGE, /^\| ([0-9]+) \|/).map(Number);
    expect(listed).toEqual(Object.values(EXIT));
  });
});

describe('exit codes', () => {
  it('follow from the code of the failure', () => {
    expect(exitCodeOf('cli/usage')).toBe(EXIT.usage);
    expect(exitCodeOf('cli/check-failed')).toBe(EXIT.failed);
    expect(exitCodeOf('client/unreachable')).toBe(EXIT.unreachable);
    expect(exitCodeOf('keystore/wrong-passphrase')).toBe(EXIT.key);
    expect(exitCodeOf('store/locked')).toBe(EXIT.data);
    expect(exitCodeOf('genesis/json-syntax')).toBe(EXIT.usage);
    expect(exitCodeOf('actors/insufficient-balance')).toBe(EXIT.failed);
    expect(exitCodeOf('not-accepted')).toBe(EXIT.failed);
  });

  it('are those of the code for all failures of this area', () => {
    for (const code of Object.keys(cliErrors)) expect(exitCodeOf(code), code).toBeGreaterThan(0);
    for (const code of Object.keys(keystoreErrors)) expect(exitCodeOf(code), code).toBe(EXIT.key);
  });
});
