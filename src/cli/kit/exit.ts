/**
 * What the process says to the shell when it ends; part of the interface, listed in docs/cli.md.
 * 130 is 128 + SIGINT, as shells have it.
 */
export const EXIT = {
  ok: 0,
  /** Refused by the chain, or a check that did not hold. */
  failed: 1,
  /** Arguments, options or files that cannot be used. */
  usage: 2,
  /** The node does not answer. */
  unreachable: 3,
  /** What was asked for does not exist. */
  notFound: 4,
  /** A key that cannot be used: passphrase, permissions, damage, missing. */
  key: 5,
  /** The data directory, its database or the port cannot be used. */
  data: 6,
  /** A defect of the program. */
  defect: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const EXACT: Readonly<Record<string, ExitCode>> = {
  'cli/check-failed': EXIT.failed,
  'cli/diverged': EXIT.failed,
  'cli/not-confirmed': EXIT.failed,
  'cli/already-open': EXIT.failed,
  'cli/not-drawn': EXIT.failed,
  'cli/no-ticket': EXIT.failed,
  'cli/state-moved': EXIT.failed,
  'cli/data-exists': EXIT.data,
  'cli/data-missing': EXIT.data,
  'cli/key-file-wide': EXIT.key,
  'cli/development-key': EXIT.key,
  'cli/passphrase-missing': EXIT.key,
  'cli/passphrase-short': EXIT.key,
  'cli/passphrase-differs': EXIT.key,
  'cli/not-found': EXIT.notFound,
  'cli/defect': EXIT.defect,
  'cli/interrupted': EXIT.interrupted,
  'simulation/no-plots': EXIT.failed,
  'simulation/worker-ended': EXIT.failed,
  'client/unreachable': EXIT.unreachable,
  'client/timeout': EXIT.unreachable,
  'client/stream-ended': EXIT.unreachable,
  'client/not-encodable': EXIT.usage,
  'client/bad-key': EXIT.key,
  'hosts/unknown-block': EXIT.notFound,
  'hosts/unknown-transaction': EXIT.notFound,
  'hosts/busy': EXIT.unreachable,
  'hosts/stopped': EXIT.unreachable,
  'hosts/bad-option': EXIT.usage,
  'hosts/operator-key': EXIT.usage,
  'hosts/bad-request': EXIT.usage,
  'hosts/bad-key': EXIT.usage,
  'hosts/unknown-kind': EXIT.usage,
  'hosts/port-in-use': EXIT.data,
  'hosts/cannot-listen': EXIT.data,
  'hosts/data-dir': EXIT.data,
  'runtime/wrong-supply': EXIT.failed,
  'runtime/store-damaged': EXIT.failed,
  'store/damaged': EXIT.failed,
  'runtime/defect': EXIT.defect,
  'runtime/bad-option': EXIT.usage,
  'runtime/bad-actor': EXIT.usage,
  'runtime/bad-key': EXIT.usage,
  'runtime/bad-range': EXIT.usage,
  'runtime/unknown-collection': EXIT.usage,
  'runtime/height-ahead': EXIT.notFound,
  'runtime/height-pruned': EXIT.notFound,
  'store/unknown-height': EXIT.notFound,
  'store/pruned': EXIT.notFound,
};

const BY_AREA: Readonly<Record<string, ExitCode>> = {
  cli: EXIT.usage,
  keystore: EXIT.key,
  genesis: EXIT.usage,
  codec: EXIT.usage,
  json: EXIT.usage,
  exploration: EXIT.usage,
  simulation: EXIT.usage,
  machines: EXIT.usage,
  store: EXIT.data,
};

/** The exit code of a failure: by its code, else by its area, else it was refused. */
export const exitCodeOf = (code: string): ExitCode =>
  EXACT[code] ?? BY_AREA[code.slice(0, code.indexOf('/'))] ?? EXIT.failed;
