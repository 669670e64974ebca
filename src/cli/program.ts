import { Command, CommanderError } from 'commander';
import { ENTRIES, type Entry } from './groups.ts';
import { addGlobalOptions, makeCommand, makeGroup } from './kit/command.ts';
import { EXIT, exitCodeOf } from './kit/exit.ts';
import { printFailure } from './kit/output.ts';
import { causeOf, Stop } from './kit/stop.ts';
import { cliErrors } from './kit/errors.ts';
import { version } from './kit/version.ts';

const INTRODUCTION =
  'The command line of aivm, a chain that attests AI compute: run a node, keep keys, register ' +
  'models and providers, attest inferences, look them up with proofs, and dispute them.';

const AFTER = `
Examples:
  $ aivm init --preset local && aivm start
      a chain on this machine, with prefunded accounts, that makes blocks
  $ aivm keys dev && aivm account transfer dev1 "5 LUX" --from dev0
      imports those accounts and sends some LUX
  $ aivm help attest
      how a command is written; every command has examples

Exit codes: 0 done, 1 refused or a check that failed, 2 usage, 3 node not reachable, 4 not found,
5 key not usable, 6 data directory or port not usable, 70 a defect of the program.`;

/** The command that was loaded, or only its name and summary where another one is called. */
const commandOf = async (entry: Entry, isCalled: boolean): Promise<Command> => {
  if (!isCalled) return new Command(entry.name).summary(entry.summary).description(entry.summary);
  const loaded = await entry.load();
  if (loaded instanceof Command) return loaded;
  return 'commands' in loaded ? makeGroup(loaded) : makeCommand(loaded);
};

/** Commander's own ways to end; each command below throws instead of exiting. */
const quiet = (command: Command): void => {
  command.exitOverride();
  command.configureOutput({ outputError: () => {} });
  for (const child of command.commands) quiet(child);
};

/**
 * The program for these arguments. Every entry is in the help; an entry is loaded only if its name
 * stands among the arguments, so that no command pays for the others.
 */
export const buildProgram = async (isCalled: (name: string) => boolean): Promise<Command> => {
  const program = new Command('aivm').description(INTRODUCTION).version(version());
  // Options behind a command's name are that command's own, though the program has them too.
  program.enablePositionalOptions();
  addGlobalOptions(program);
  program.addHelpText('after', AFTER);
  for (const entry of ENTRIES) program.addCommand(await commandOf(entry, isCalled(entry.name)));
  quiet(program);
  return program;
};

/** The sentence of commander, without its own `error:` in front. */
const usageOf = (error: CommanderError): string =>
  error.message.replace(/^error: /, '').replaceAll('\n', ' ');

const failureOf = (error: unknown) => {
  if (error instanceof Stop) return error.failure;
  if (error instanceof CommanderError) {
    return {
      code: 'cli/usage',
      message: cliErrors['cli/usage'],
      details: { cause: usageOf(error) },
    };
  }
  const cause = causeOf(error);
  return { code: 'cli/defect', message: cliErrors['cli/defect'], details: { cause } };
};

/** Help and version are asked for and given: that is no failure. */
const isHelp = (error: unknown): boolean =>
  error instanceof CommanderError && error.exitCode === EXIT.ok;

/** Who reads our output may have had enough, such as `head`: that is no failure. */
const endQuietlyWithReader = (): void => {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(EXIT.ok);
      throw error;
    });
  }
};

/** Runs a command line; the process ends with its exit code when everything has been written. */
export const runCommandLine = async (args: readonly string[]): Promise<void> => {
  endQuietlyWithReader();
  try {
    const program = await buildProgram((name) => args.includes(name));
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (isHelp(error)) return;
    const failure = failureOf(error);
    if (failure.code === 'cli/defect' && process.env['AIVM_DEBUG'] !== undefined) {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    }
    printFailure(failure, args.includes('--json'));
    process.exitCode = exitCodeOf(failure.code);
  }
};
