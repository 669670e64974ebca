import type { Command } from 'commander';
import type { CommandSpec, GroupSpec } from './kit/spec.ts';

/** A word behind `aivm`, and where its commands are; only what is called is loaded. */
export interface Entry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<GroupSpec | CommandSpec | Command>;
}

export const ENTRIES: readonly Entry[] = [
  {
    name: 'init',
    summary: 'make a data directory with a genesis',
    load: async () => (await import('./commands/init.ts')).init,
  },
  {
    name: 'start',
    summary: 'run a node on a data directory',
    load: async () => (await import('./commands/start.ts')).start,
  },
  {
    name: 'status',
    summary: 'how the node and its chain do',
    load: async () => (await import('./commands/status.ts')).status,
  },
  {
    name: 'keys',
    summary: 'make and keep encrypted private keys',
    load: async () => (await import('./commands/keys.ts')).keys,
  },
  {
    name: 'account',
    summary: 'balances and transfers',
    load: async () => (await import('./commands/account.ts')).account,
  },
  {
    name: 'model',
    summary: 'register models by the hash of their weights',
    load: async () => (await import('./commands/model.ts')).model,
  },
  {
    name: 'profile',
    summary: 'how a model is run and compared',
    load: async () => (await import('./commands/profile.ts')).profile,
  },
  {
    name: 'provider',
    summary: 'stake, serve profiles, be found',
    load: async () => (await import('./commands/provider.ts')).provider,
  },
  {
    name: 'request',
    summary: 'ask a provider for an inference, with a fee in escrow',
    load: async () => (await import('./commands/request.ts')).request,
  },
  {
    name: 'attest',
    summary: 'sign that a model gave an output on an input',
    load: async () => (await import('./commands/attest.ts')).attest,
  },
  {
    name: 'attestation',
    summary: 'look attestations up, pay for them, settle them',
    load: async () => (await import('./commands/attestation.ts')).attestation,
  },
  {
    name: 'verify',
    summary: 'check an attestation against the files in hand',
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  {
    name: 'challenge',
    summary: 'dispute attestations, re-run for a panel, appeal',
    load: async () => (await import('./commands/challenge.ts')).challenge,
  },
  {
    name: 'beacon',
    summary: 'public randomness on the chain',
    load: async () => (await import('./commands/beacon.ts')).beacon,
  },
  {
    name: 'collateral',
    summary: 'what TEE reports are verified against',
    load: async () => (await import('./commands/collateral.ts')).collateral,
  },
  {
    name: 'parameters',
    summary: 'the rules that governance may change',
    load: async () => (await import('./commands/parameters.ts')).parameters,
  },
  {
    name: 'query',
    summary: 'read the state, with proofs checked here',
    load: async () => (await import('./commands/query.ts')).query,
  },
  {
    name: 'watch',
    summary: 'follow what happens, block by block',
    load: async () => (await import('./commands/watch.ts')).watch,
  },
  {
    name: 'block',
    summary: 'look at blocks',
    load: async () => (await import('./commands/block.ts')).block,
  },
  {
    name: 'tx',
    summary: 'look at transactions, decode and submit them',
    load: async () => (await import('./commands/tx.ts')).tx,
  },
  {
    name: 'hash',
    summary: 'SHA-256 of files in a row, such as weights',
    load: async () => (await import('./commands/hash.ts')).hash,
  },
  {
    name: 'state-hash',
    summary: 'a hash per actor, to find where two nodes differ',
    load: async () => (await import('./commands/state-hash.ts')).stateHash,
  },
  {
    name: 'replay',
    summary: 'execute the stored blocks again and compare',
    load: async () => (await import('./commands/replay.ts')).replay,
  },
  {
    name: 'check',
    summary: 'rebuild the root of a database from its records',
    load: async () => (await import('./commands/check.ts')).check,
  },
  {
    name: 'explore',
    summary: 'try everything in a small world, in every order',
    load: async () => (await import('./commands/explore.ts')).explore,
  },
  {
    name: 'simulate',
    summary: 'play disputes out, and compare what comes of them with theory',
    load: async () => (await import('./commands/simulate.ts')).simulate,
  },
  {
    name: 'tee',
    summary: 'inspect and verify Intel SGX and TDX quotes',
    load: async () => (await import('./commands/tee.ts')).tee(),
  },
];
