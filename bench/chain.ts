// Measures the chain end to end: what an attestation and a transfer cost with everything that
// belongs to them, against the signature checks alone, and how that grows with the state.
// Usage: npm run bench -- --help
import { installNodePrimitives } from '../src/codec/node.ts';
import { figuresOf } from './chain/figures.ts';
import { readOptions, USAGE } from './chain/options.ts';
import { reportOf } from './chain/report.ts';
import { measureSize, type SizeFigures } from './chain/sizes.ts';

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(USAGE);
    return;
  }
  installNodePrimitives();
  const sizes: SizeFigures[] = [];
  for (const accounts of options.accounts) {
    process.stderr.write(`measuring with ${accounts} accounts\n`);
    sizes.push(await measureSize(accounts, options));
  }
  const figures = figuresOf(options, sizes);
  process.stdout.write(options.json ? `${JSON.stringify(figures, null, 2)}\n` : reportOf(figures));
};

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
