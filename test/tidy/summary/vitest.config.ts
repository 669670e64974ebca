import { defineConfig } from 'vitest/config';

export default defineConfig({
  cacheDir: '../../../node_modules/.vite',
  test: {
    include: ['*.fixture.ts'],
    root: import.meta.dirname,
    reporters: ['default', '../../../tools/summary.ts'],
  },
});
