// How tests run in a private copy of the tree: in the order that is asked for, in one process whose
// modules all files share, since starting costs more than most of the tests.
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { ENVIRONMENT } from './environment.ts';

const order = JSON.parse(process.env[ENVIRONMENT.order] ?? '[]') as readonly string[];

class InOrder extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number =>
      order.findIndex((path) => moduleId.endsWith(`/${path}`));
    return Promise.resolve(files.toSorted((a, b) => place(a) - place(b)));
  }
}

const isBatch = process.env[ENVIRONMENT.batch] !== undefined;

export default defineConfig({
  root: `${import.meta.dirname}/../..`,
  cacheDir: `${import.meta.dirname}/../../.cache`,
  resolve: { conditions: ['aivm-source'] },
  ssr: { resolve: { conditions: ['aivm-source'] } },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    fsModuleCache: true,
    ...(isBatch
      ? { runner: `${import.meta.dirname}/runner.ts` }
      : { setupFiles: [`${import.meta.dirname}/hooks.ts`] }),
    sequence: { sequencer: InOrder },
  },
});
