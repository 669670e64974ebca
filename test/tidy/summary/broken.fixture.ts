// Run by summary.test.ts only: a file that cannot be loaded.
throw new Error('one error, without a test');
