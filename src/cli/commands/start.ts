import { existsSync } from 'node:fs';
import type { RunningNode, StartOptions } from '../../hosts/index.ts';
import { flag, option } from '../kit/input.ts';
import { genesisFile, readGenesis } from '../kit/local.ts';
import { parseCount } from '../kit/parse.ts';
import type { Session } from '../kit/session.ts';
import type { CommandSpec, Input } from '../kit/spec.ts';
import { orStop, stop } from '../kit/stop.ts';
import { version } from '../kit/version.ts';

const MAX_PORT = 65_535;
const MAX_INTERVAL_MILLISECONDS = 86_400_000;
const MAX_HISTORY = 1_000_000_000;
const ADDRESS = /^(?:\[([0-9a-fA-F:]+)\]|([^:]*)):([0-9]+)$/;

/** `HOST:PORT`, `[IPv6]:PORT`, or a port alone. */
const listenOf = (text: string): NonNullable<StartOptions['http']> => {
  if (/^[0-9]+$/.test(text)) return { port: parseCount(text, 0, MAX_PORT) };
  const [, v6, host, port] = ADDRESS.exec(text) ?? [];
  const name = v6 ?? host;
  if (name === undefined || name === '' || port === undefined) {
    return stop('cli/bad-option', { option: '--listen', expected: 'HOST:PORT' });
  }
  return { host: name, port: parseCount(port, 0, MAX_PORT) };
};

const productionOf = (input: Input): StartOptions['production'] => {
  const interval = option(input, 'interval');
  if (!flag(input, 'onDemand')) {
    if (interval === undefined) return undefined;
    const milliseconds = parseCount(interval, 1, MAX_INTERVAL_MILLISECONDS);
    return { type: 'interval', milliseconds };
  }
  if (interval !== undefined) stop('cli/options-clash', { options: '--interval, --on-demand' });
  return { type: 'on-transaction' };
};

const operatorOf = async (input: Input, session: Session): Promise<string | undefined> => {
  const name = option(input, 'operator');
  if (name === undefined) return undefined;
  const { unlockKey } = await import('../kit/unlock.ts');
  return (await unlockKey(session, name)).privateKey;
};

/** Resolves when the process is told to end; a second time it ends at once. */
const untilSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => resolve(signal));
    }
  });

const announce = (session: Session, running: RunningNode, data: string): void => {
  const { url, node, warnings } = running;
  const { height, blockId, root } = orStop(node.chain.tip());
  for (const warning of warnings) session.out.warn(warning);
  if (!session.out.isJson) {
    process.stdout.write(`listening at ${url}, data in ${data}, at height ${height}\n`);
    return;
  }
  const { networkId } = node.config.genesis;
  session.out.line({ event: 'listening', url, data, networkId, height, blockId, root });
};

export const start: CommandSpec = {
  name: 'start',
  summary: 'run a node on a data directory',
  details:
    'Makes blocks, answers the HTTP API, and logs a line for every block with transactions. ' +
    'Ctrl-C or SIGTERM finishes the block in hand and closes the database; after a kill the ' +
    'chain goes on with the last block that was acknowledged.',
  options: [
    ['--listen <host:port>', 'where the API listens (127.0.0.1:9640)'],
    ['--interval <ms>', 'a block every so often (the block time of the chain)'],
    ['--on-demand', 'a block whenever a transaction waits, and only then'],
    ['--operator <name>', 'key that submits rounds of a dev beacon (that of the local preset)'],
    ['--history <heights>', 'heights that stay readable and provable (1024)'],
  ],
  examples: [
    ['aivm start', 'a block every second with the local preset'],
    ['aivm start --listen 127.0.0.1:9700 --on-demand', 'another port, blocks on demand'],
    ['aivm start --data /var/lib/aivm --json', 'a line of JSON for every block'],
  ],
  run: async (input, session) => {
    const { data } = session.globals;
    const http = { ...listenOf(option(input, 'listen') ?? '9640'), version: version() };
    const production = productionOf(input);
    const history = option(input, 'history');
    if (!existsSync(genesisFile(data))) stop('cli/data-missing', { data });
    const genesis = await readGenesis(genesisFile(data));
    const operatorKey = await operatorOf(input, session);
    const { startNode } = await import('../../hosts/index.ts');
    const historyHeights = history === undefined ? undefined : parseCount(history, 1, MAX_HISTORY);
    const { BlockLog } = await import('../kit/block-log.ts');
    const log = new BlockLog(session.out);
    const ended = untilSignal();
    const running = orStop(
      await startNode({
        genesis,
        dataDir: data,
        production,
        operatorKey,
        historyHeights,
        http,
        log: (entry) => log.entry(entry),
      }),
    );
    announce(session, running, data);
    const unsubscribe = orStop(
      running.node.chain.subscribe((notice) => log.block(running, notice)),
    );
    const signal = await ended;
    unsubscribe();
    log.end(signal);
    await running.stop();
  },
};
