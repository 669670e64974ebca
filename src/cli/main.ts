#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// First of all, so that everything after it is taken from the cache: halves the start of a command.
enableCompileCache();
const { runCommandLine } = await import('./program.ts');
await runCommandLine(process.argv.slice(2));
