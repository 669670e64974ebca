import type { ActorHash } from '../../runtime/index.ts';
import type { EmbeddedAivm } from '../../runtime/index.ts';
import { flag, option } from '../kit/input.ts';
import { readJson } from '../kit/files.ts';
import { withLocal } from '../kit/local.ts';
import type { CommandSpec } from '../kit/spec.ts';
import { orStop, stop } from '../kit/stop.ts';
import { counted, grid, sheet } from '../kit/table.ts';

const PAGE = 10_000;

const allHashes = (chain: EmbeddedAivm): readonly ActorHash[] => {
  const hashes: ActorHash[] = [];
  let from: string | undefined;
  do {
    const page = orStop(chain.stateHashByActor({ from, limit: PAGE }));
    hashes.push(...page.items);
    from = page.next;
  } while (from !== undefined);
  return hashes;
};

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

export const stateHash: CommandSpec = {
  name: 'state-hash',
  summary: 'a hash per actor, to find where two nodes differ',
  details:
    'Reads the data directory, also beside a running node. Save the output of one node with --json ' +
    'and compare it on the other: the actors that differ are listed, and the exit code is 1.',
  options: [
    ['--by-actor', 'a hash for each actor, not only the state root'],
    ['--compare <file>', 'what --by-actor --json printed on another node'],
  ],
  examples: [
    ['aivm state-hash', 'height and state root'],
    ['aivm state-hash --by-actor --json > a.json', 'to compare elsewhere'],
    ['aivm state-hash --compare a.json --data /var/lib/b', 'which actors differ'],
  ],
  run: (input, session) =>
    withLocal(session.globals.data, ({ chain }) => {
      const { height, root } = orStop(chain.tip());
      const file = option(input, 'compare');
      if (file !== undefined) {
        const saved = readSaved(file);
        const found = differences(allHashes(chain), saved.actors);
        const facts = { height, root, otherHeight: saved.height, otherRoot: saved.root };
        session.out.answer({ ...facts, differences: found.map((each) => ({ ...each })) }, () => {
          const rows = found.map(({ actor, here, there }) => [actor, here, there]);
          const table = rows.length === 0 ? [] : [grid(['actor', 'here', 'there'], rows)];
          const heights = `height ${height} here, ${saved.height} there`;
          return [...table, `${counted(found.length, 'actor')} differ; ${heights}`].join('\n');
        });
        if (found.length > 0) stop('cli/check-failed', { differ: String(found.length) });
        return;
      }
      const actors = flag(input, 'byActor') ? allHashes(chain) : undefined;
      const json = actors?.map((each) => ({ ...each }));
      session.out.answer({ height, root, ...(json === undefined ? {} : { actors: json }) }, () =>
        [
          sheet([
            ['height', String(height)],
            ['state root', root],
          ]),
          ...(actors === undefined
            ? []
            : [
                grid(
                  ['actor', 'hash'],
                  actors.map(({ actor, hash }) => [actor, hash]),
                ),
                counted(actors.length, 'actor'),
              ]),
        ].join('\n'),
      );
    }),
};
