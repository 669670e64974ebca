import { Command } from 'commander';
import { GLOBAL_OPTIONS, readGlobals } from './globals.ts';
import { Session } from './session.ts';
import type { CommandSpec, Described, Example, GroupSpec, Input } from './spec.ts';

const examplesText = (examples: readonly Example[]): string =>
  ['', 'Examples:', ...examples.map(([line, does]) => `  $ ${line}\n      ${does}`)].join('\n');

const addOptions = (command: Command, options: readonly Described[]): void => {
  for (const [flags, description] of options) command.option(flags, description);
};

export const addGlobalOptions = (command: Command): Command => {
  command.optionsGroup('Global options:');
  addOptions(command, GLOBAL_OPTIONS);
  return command;
};

/** A command of commander from its description. */
export const makeCommand = (spec: CommandSpec): Command => {
  const command = new Command(spec.name).summary(spec.summary);
  command.description(
    spec.details === undefined ? spec.summary : `${spec.summary}\n\n${spec.details}`,
  );
  for (const [form, description] of spec.arguments ?? []) command.argument(form, description);
  addOptions(command, spec.options ?? []);
  addGlobalOptions(command);
  command.addHelpText('after', examplesText(spec.examples));
  command.action(async (...given: unknown[]) => {
    const self = given.at(-1) as Command;
    const options = { ...outerOptions(self), ...self.opts() };
    const session = new Session(readGlobals(options, process.env));
    await spec.run({ arguments: self.processedArgs as Input['arguments'], options }, session);
  });
  return command;
};

/** Options given before the command's own name; those behind it win. */
const outerOptions = (command: Command): Record<string, unknown> => {
  const chain: Command[] = [];
  for (let at = command.parent; at !== null; at = at.parent) chain.unshift(at);
  return Object.assign({}, ...chain.map((each) => each.opts())) as Record<string, unknown>;
};

export const makeGroup = ({ name, summary, commands }: GroupSpec): Command => {
  const group = new Command(name).summary(summary).description(summary);
  for (const spec of commands) group.addCommand(makeCommand(spec));
  const [first] = commands;
  if (first !== undefined) group.addHelpText('after', examplesText(first.examples));
  return group;
};
