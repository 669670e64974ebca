import type { Command } from 'commander';
import { teeCommand } from '../tee/command.ts';

const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  tee: ['aivm tee inspect quote.bin'],
  inspect: ['aivm tee inspect quote.bin', 'aivm tee inspect quote.hex --json'],
  verify: [
    'aivm tee verify --quote quote.bin --collateral collateral.json --now 1751328000',
    'aivm tee verify --quote quote.bin --collateral c.json --now 1751328000 --policy strict.json',
  ],
  conformance: ['aivm tee conformance vectors/tee', 'aivm tee conformance vectors/tee --json'],
};

const addExamples = (command: Command): void => {
  const lines = EXAMPLES[command.name()] ?? [];
  const text = ['', 'Examples:', ...lines.map((line) => `  $ ${line}`)].join('\n');
  if (lines.length > 0) command.addHelpText('after', text);
  for (const child of command.commands) addExamples(child);
};

/** The verifier's own command, with examples as all commands here have them. */
export const tee = (): Command => {
  const command = teeCommand();
  addExamples(command);
  return command;
};
