import type { BlockEvents } from '../../client/wire/index.ts';
import { option } from '../kit/input.ts';
import type { Node } from '../kit/node.ts';
import { parseInteger } from '../kit/parse.ts';
import { eventJson, eventText } from '../kit/receipt.ts';
import type { CommandSpec, Input } from '../kit/spec.ts';
import { orStop } from '../kit/stop.ts';
import { colours } from '../kit/terminal.ts';

type Located = BlockEvents['events'][number];

/** Which events to show: those of an actor or kind, those of a name. */
const filterOf = (input: Input): ((event: Located) => boolean) => {
  const actor = option(input, 'actor');
  const name = option(input, 'name');
  return ({ event }) =>
    (actor === undefined || event.actor === actor || event.actor.startsWith(`${actor}:`)) &&
    (name === undefined || event.name === name);
};

const blockText = (block: BlockEvents, events: readonly Located[], node: Node): string => {
  const head = `${colours.bold(`#${block.height}`)} ${colours.dim(node.texts.time(block.time))}`;
  const refused = block.transactions.filter(({ applied }) => !applied);
  return [
    head,
    ...events.map(({ event }) => `  ${eventText(event, node.texts)}`),
    ...refused.map(({ id }) => `  ${colours.red('refused')}  ${id}`),
  ].join('\n');
};

export const watch: CommandSpec = {
  name: 'watch',
  summary: 'follow what happens, block by block',
  details: 'Goes on where it was if the connection breaks. Blocks without events are not shown.',
  options: [
    ['--after <height>', 'begin with the block behind this height, without a gap'],
    ['--actor <actor>', 'only events of this actor (kind:hex) or kind'],
    ['--name <event>', 'only events of this name'],
    ['--blocks <count>', 'end after so many blocks'],
  ],
  examples: [
    ['aivm watch', 'everything from the next block on, until Ctrl-C'],
    ['aivm watch --actor attestation --json', 'attestations only, one line of JSON a block'],
    ['aivm watch --after 0 --blocks 100', 'what happened in the first hundred blocks'],
  ],
  run: async (input, session) => {
    const isWanted = filterOf(input);
    const after = option(input, 'after');
    const count = option(input, 'blocks');
    const from = after === undefined ? undefined : parseInteger(after) + 1n;
    const most = count === undefined ? undefined : parseInteger(count, 1n);
    const node = await session.node();
    const aborted = new AbortController();
    process.once('SIGINT', () => aborted.abort());
    process.once('SIGTERM', () => aborted.abort());
    session.out.note('following; Ctrl-C ends');
    let seen = 0n;
    // Leaving the loop ends the stream; what is buffered behind the last block is not shown.
    for await (const answer of node.client.events({ from, signal: aborted.signal })) {
      const block = orStop(answer);
      const events = block.events.filter(isWanted);
      const { height, blockId, time, root, transactions } = block;
      if (session.out.isJson) {
        const told = events.map(({ transaction, event }) => ({
          transaction: transaction ?? null,
          ...(eventJson(event) as object),
        }));
        session.out.line({ height, blockId, time, root, transactions, events: told });
      } else if (events.length > 0) {
        process.stdout.write(`${blockText(block, events, node)}\n`);
      }
      seen += 1n;
      if (seen === most) break;
    }
  },
};
