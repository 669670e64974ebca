// Opens an existing database in a fresh process until it answers, and tells how long that took.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../../src/codec/index.ts';
import { genesis as genesisSchema } from '../../src/genesis/genesis.ts';
import { openAivm } from '../../src/runtime/open.ts';
import { must } from './must.ts';

/** Milliseconds. */
export interface Start {
  /** From the start of the process until all modules are loaded. */
  readonly loadMs: number;
  /** From there until the last block is known. */
  readonly openMs: number;
}

const loadMs = performance.now();
const path = process.argv[2] ?? '';
const bytes = readFileSync(join(path, 'genesis.cbor'));
const genesis = must(decode(genesisSchema, bytes, bytes.length));
const begun = performance.now();
const aivm = must(openAivm({ genesis, path: join(path, 'chain') }));
must(aivm.tip());
const openMs = performance.now() - begun;
aivm.close();
process.send?.({ loadMs, openMs } satisfies Start);
