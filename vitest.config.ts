import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['aivm-source'] },
  ssr: { resolve: { conditions: ['aivm-source'] } },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Unless told it leaves one core idle: half of a machine of two.
    maxWorkers: '100%',
    reporters: ['default', './tools/summary.ts'],
  },
});
