// Measures what a block takes in which the windows of many challenges end together, against empty
// blocks and blocks full of transfers, and the deepest timer that there is.
// Usage: npm run bench:disputes -- --help
import { installNodePrimitives } from '../src/codec/node.ts';
import { measure } from './disputes/figures.ts';
import { readOptions, USAGE } from './disputes/options.ts';
import { reportOf } from './disputes/report.ts';

const main = (): void => {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(USAGE);
    return;
  }
  installNodePrimitives();
  const figures = measure(options);
  process.stdout.write(options.json ? `${JSON.stringify(figures, null, 2)}\n` : reportOf(figures));
};

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
