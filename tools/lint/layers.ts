// The direction of imports as one table. The lint rule `aivm/imports`, the tidy test and the table
// of docs/architecture.md all read this file, so there is nothing to keep in step by hand.

/** What the modules of one folder may import. */
export interface Layer {
  /** Path of the folder (or of the one file), relative to the repository root. */
  readonly folder: string;
  readonly holds: string;
  /** Other layers, by folder. A layer may always import itself. */
  readonly layers: readonly string[];
  /** Packages of package.json; `effect/*` permits submodules only, never the barrel. */
  readonly packages: readonly string[];
  /** Packages that only the engine files of the folder may import. */
  readonly enginePackages?: readonly string[];
  /** Whether `node:*` modules may be imported outside the pure folders. */
  readonly node: boolean;
}

/** The folders whose code decides state. The determinism bans of .oxlintrc.json hold in them. */
export const PURE_FOLDERS: readonly string[] = [
  'src/codec',
  'src/tee',
  'src/machines',
  'src/calibration',
  'src/actors',
  'src/genesis',
  'src/runtime/execution',
  'src/runtime/tree',
];

/** The files of pure folders that bind them to Node's own cryptography; the bans leave them out. */
export const ENGINE_FILES: readonly string[] = [
  'src/codec/node.ts',
  'src/codec/secp256k1-node.ts',
  'src/runtime/tree/node-sha256.ts',
  'src/tee/p256/openssl.ts',
];

const CODEC = 'src/codec';
const TEE = 'src/tee';
const MACHINES = 'src/machines';
const ACTORS = 'src/actors';
const GENESIS = 'src/genesis';
const RUNTIME = 'src/runtime';
const CLIENT = 'src/client';
const HOSTS = 'src/hosts';
const CLI = 'src/cli';
const TESTING = 'src/testing';
const EXPLORATION = 'src/exploration';
const SIMULATION = 'src/simulation';
const CALIBRATION = 'src/calibration';
const CORE = [CODEC, TEE, MACHINES, ACTORS, GENESIS];

/** From the bottom to the top: a layer imports only layers that stand before it. */
export const LAYERS: readonly Layer[] = [
  {
    folder: CODEC,
    holds: 'canonical bytes, hashes, ids, keys, signatures, text forms',
    layers: [],
    packages: ['@noble/curves', '@noble/hashes', '@scure/base', 'cborg'],
    node: false,
    enginePackages: ['secp256k1', 'tiny-secp256k1'],
  },
  {
    folder: TEE,
    holds: 'quote parsing and verification, collateral, policy: pure functions',
    layers: [],
    packages: ['@noble/curves', '@noble/hashes', '@peculiar/x509', 'reflect-metadata'],
    node: false,
  },
  {
    folder: MACHINES,
    holds: 'the rules: one XState table, its guards and its actions per actor kind',
    layers: [CODEC, TEE],
    packages: ['@noble/curves', 'xstate'],
    node: false,
  },
  {
    folder: CALIBRATION,
    holds: 'from measured honest distances to the thresholds of a profile',
    layers: [CODEC, MACHINES],
    packages: [],
    node: false,
  },
  {
    folder: ACTORS,
    holds: 'the kernel: mailboxes, delivery, value transfer, timers, atomicity, gas',
    layers: [CODEC, MACHINES],
    packages: [],
    node: false,
  },
  {
    folder: GENESIS,
    holds: 'the genesis schema, parameter presets and their relations, network constants',
    layers: [CODEC, TEE, MACHINES],
    packages: ['effect/*'],
    node: false,
  },
  {
    folder: RUNTIME,
    holds: 'the Effect shell: services, block execution, store, state tree, proofs, queries',
    layers: CORE,
    packages: ['effect/*', 'lmdb', '@noble/curves', '@noble/hashes'],
    node: true,
  },
  {
    folder: CLIENT,
    holds: 'building and signing transactions, checking answers, the HTTP API from its other side',
    layers: [...CORE, RUNTIME],
    packages: [],
    node: false,
  },
  {
    folder: TESTING,
    holds: 'a chain in memory to test with: arbitraries of messages, invariants as functions',
    layers: [...CORE, RUNTIME, CLIENT],
    packages: ['fast-check'],
    node: false,
  },
  {
    folder: EXPLORATION,
    holds: 'small worlds: every message and every timeout in every order, on the kernel itself',
    layers: [...CORE, RUNTIME, CLIENT, TESTING],
    packages: [],
    node: false,
  },
  {
    folder: SIMULATION,
    holds: 'disputes played out: agents on the kernel, estimates beside closed forms, reports',
    layers: [...CORE, CALIBRATION, RUNTIME, CLIENT, TESTING],
    packages: ['@noble/hashes', 'echarts'],
    node: true,
  },
  {
    folder: HOSTS,
    holds: 'ways to run the runtime: one process with an HTTP API, consensus engines',
    layers: [...CORE, RUNTIME, CLIENT],
    packages: ['effect/*', 'srvx'],
    node: true,
  },
  {
    folder: CLI,
    holds: 'the command line',
    layers: [...CORE, CALIBRATION, RUNTIME, CLIENT, EXPLORATION, SIMULATION, HOSTS],
    packages: [
      'effect/*',
      '@noble/hashes',
      'cli-progress',
      'cli-table3',
      'commander',
      'picocolors',
    ],
    node: true,
  },
  {
    folder: 'src/index.ts',
    holds: 'the package entry: the public names of the layers below the command line',
    layers: [...CORE, RUNTIME, CLIENT, HOSTS],
    packages: [],
    node: false,
  },
];

/** The entry of one layer, by the path of one of its modules. */
export const layerOf = (path: string): Layer | undefined =>
  LAYERS.find(({ folder }) => path === folder || path.startsWith(`${folder}/`));
