import type { ActorHash } from '../../runtime/index.ts';
import { readJson } from '../kit/files.ts';
import { flag, option } from '../kit/input.ts';
import { withLocal } from '../kit/local.ts';
import { withSpinner } from '../kit/progress.ts';
import type { Session } from '../kit/session.ts';
import type { CommandSpec } from '../kit/spec.ts';
import type { StateHashes } from '../kit/state-hashes.ts';
import { orStop, stop } from '../kit/stop.ts';
import { counted, grid, sheet } from '../kit/table.ts';

interface Saved {
  readonly height: string;
  readonly root: string;
  readonly actors: readonly ActorHash[];
}

const isSaved = (json: unknown): json is Saved => {
  if (typeof json !== 'object' || json === null || !('actors' in json)) return false;
  const { actors } = json;
  return Array.isArray(actors) && 'height' in json && 'root' in json;
};

const readSaved = (file: string): Saved => {
  const json = readJson(file);
  if (isSaved(json)) return json;
  return stop('cli/bad-option', { option: '--compare', expected: 'output of --by-actor --json' });
};

interface Difference {
  readonly actor: string;
  readonly here: string;
  readonly there: string;
}

const differences = (here: readonly ActorHash[], there: readonly ActorHash[]): Difference[] => {
  const ours = new Map(here.map(({ actor, hash }) => [actor, hash]));
  const theirs = new Map(there.map(({ actor, hash }) => [actor, hash]));
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .map((actor) => ({ actor, here: ours.get(actor) ?? '–', there: theirs.get(actor) ?? '–' }))
    .filter((each) => each.here !== each.there);
};

const compare = (session: Session, hashes: StateHashes, file: string): void => {
  const saved = readSaved(file);
  const found = differences(hashes.actors, saved.actors);
  const { height, root } = hashes;
  const facts = { height, root, otherHeight: saved.height, otherRoot: saved.root };
  session.out.answer({ ...facts, differences: found.map((each) => ({ ...each })) }, () => {
    const rows = found.map(({ actor, here, there }) => [actor, here, there]);
    const table = rows.length === 0 ? [] : [grid(['actor', 'here', 'there'], rows)];
    const heights = `height ${height} here, ${saved.height} there`;
    return [...table, `${counted(found.length, 'difference')}; ${heights}`].join('\n');
  });
  if (found.length > 0) stop('cli/check-failed', { differ: String(found.length) });
};

/** Loads what the hashes need, which the state root alone does not. */
const hashesOf = async (session: Session, isLocal: boolean): Promise<StateHashes> => {
  const { localStateHashes, nodeStateHashes } = await import('../kit/state-hashes.ts');
  if (isLocal) return withLocal(session.globals.data, ({ chain }) => localStateHashes(chain));
  const node = await session.node();
  return withSpinner('reading the state', () => nodeStateHashes(node));
};

const rootOf = async (session: Session, isLocal: boolean) => {
  if (isLocal) return withLocal(session.globals.data, ({ chain }) => orStop(chain.tip()));
  const node = await session.node();
  return node.ask('asking', node.client.block());
};

export const stateHash: CommandSpec = {
  name: 'state-hash',
  summary: 'a hash per actor, to find where two nodes differ',
  details:
    'Save the output of one node with --json and compare it with another: the actors that differ ' +
    'are listed, and the exit code is 1. A node is read page by page; for a large state stop it ' +
    'and use --local.',
  options: [
    ['--by-actor', 'a hash for each actor, not only the state root'],
    ['--compare <file>', 'what --by-actor --json printed of another node'],
    ['--local', 'read the data directory of a stopped node instead of asking one'],
  ],
  examples: [
    ['aivm state-hash', 'height and state root'],
    ['aivm state-hash --by-actor --json > a.json', 'to compare elsewhere'],
    ['aivm state-hash --compare a.json --local --data /var/lib/b', 'which actors differ'],
  ],
  run: async (input, session) => {
    const isLocal = flag(input, 'local');
    const file = option(input, 'compare');
    if (file !== undefined) {
      compare(session, await hashesOf(session, isLocal), file);
      return;
    }
    if (!flag(input, 'byActor')) {
      const { height, root } = await rootOf(session, isLocal);
      session.out.answer({ height, root }, () =>
        sheet([
          ['height', String(height)],
          ['state root', root],
        ]),
      );
      return;
    }
    const { height, root, actors } = await hashesOf(session, isLocal);
    session.out.answer({ height, root, actors: actors.map((each) => ({ ...each })) }, () =>
      [
        `height ${height}, state root ${root}`,
        grid(
          ['actor', 'hash'],
          actors.map(({ actor, hash }) => [actor, hash]),
        ),
        counted(actors.length, 'actor'),
      ].join('\n'),
    );
  },
};
