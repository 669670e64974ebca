import { Command } from 'commander';
import pc from 'picocolors';
import type { VerifyArguments } from './verify.ts';
import { UsageError } from './files.ts';

/** Exit code for arguments or files that cannot be used, beside 0 (good) and 1 (refused). */
const USAGE_EXIT_CODE = 2;

/** Runs an action that returns an exit code; sentences for the user go to standard error. */
const exitWith = async (action: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await action();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${pc.red('error:')} ${error.message}\n`);
    process.exitCode = USAGE_EXIT_CODE;
  }
};

interface JsonFlag {
  readonly json?: true;
}

const inspectCommand = (): Command =>
  new Command('inspect')
    .description('show what a quote says, as tables; verifies nothing')
    .argument('<file>', 'the quote: its bytes or their hexadecimal text')
    .option('--json', 'print JSON instead of tables')
    .action((file: string, options: JsonFlag) =>
      exitWith(async () => {
        const { runInspect } = await import('./inspect.ts');
        return runInspect(file, options.json === true);
      }),
    );

type VerifyFlags = Omit<VerifyArguments, 'json'> & JsonFlag;

const verifyCommand = (): Command =>
  new Command('verify')
    .description('verify a quote against collateral, then a policy (exit 0 accepted, 1 rejected)')
    .requiredOption('--quote <file>', 'the quote')
    .requiredOption('--collateral <file>', 'its collateral as JSON')
    .requiredOption('--now <seconds>', 'the time of verification in Unix seconds')
    .option('--root <file>', 'another root certificate than the pinned one, DER or PEM')
    .option('--policy <file>', 'a policy as JSON; fields left out keep the default')
    .option('--json', 'print JSON instead of tables')
    .action((options: VerifyFlags) =>
      exitWith(async () => {
        const { runVerify } = await import('./verify.ts');
        return runVerify({ ...options, json: options.json === true });
      }),
    );

const conformanceCommand = (): Command =>
  new Command('conformance')
    .description('run a folder of cases and show each disagreement (exit 1 on any)')
    .argument('<folder>', 'holds intel/cases.json and synthetic/suite.jsonl.gz')
    .option('--json', 'print JSON instead of tables')
    .action((folder: string, options: JsonFlag) =>
      exitWith(async () => {
        const { runConformanceCommand } = await import('./conformance.ts');
        return runConformanceCommand(folder, options.json === true);
      }),
    );

/** `aivm tee`: Intel SGX and TDX quotes on the command line. */
export const teeCommand = (): Command =>
  new Command('tee')
    .description('inspect and verify Intel SGX and TDX quotes')
    .addCommand(inspectCommand())
    .addCommand(verifyCommand())
    .addCommand(conformanceCommand());
