import type { BlockAnswer } from '../../client/wire/index.ts';
import { option, optionalArgument } from '../kit/input.ts';
import type { Node } from '../kit/node.ts';
import { parseCount, parseHash, parseInteger } from '../kit/parse.ts';
import { eventText, receiptJson } from '../kit/receipt.ts';
import type { CommandSpec, GroupSpec } from '../kit/spec.ts';
import { counted, grid, sheet, type Row } from '../kit/table.ts';
import { colours } from '../kit/terminal.ts';

const HASH_DIGITS = 64;

/** `latest`, a height, or an id. */
const blockRef = (text: string): bigint | string => {
  if (text === 'latest') return text;
  return text.length >= HASH_DIGITS ? parseHash(text) : parseInteger(text);
};

const headRows = (block: BlockAnswer, { texts }: Node): readonly Row[] => [
  ['height', String(block.height)],
  ['block', block.id],
  ['parent', block.parentId],
  ['time', texts.time(block.time)],
  ['proposer', block.proposer],
  ['transactions root', block.transactionsRoot],
  ['state root', block.root],
  ['activity', block.activity],
];

const show: CommandSpec = {
  name: 'show',
  summary: 'show a block: header, state root, what came of its transactions',
  arguments: [['[block]', 'height, id, or latest (latest)']],
  examples: [
    ['aivm block show', 'the last one'],
    ['aivm block show 120 --json', 'that of height 120, for programs'],
  ],
  run: async (input, session) => {
    const node = await session.node();
    const reference = blockRef(optionalArgument(input, 0) ?? 'latest');
    const block = await node.ask('asking for the block', node.client.block(reference));
    const { begin, receipts } = await node.ask(
      'asking for its receipts',
      node.client.blockReceipts(block.id),
    );
    const transactions = receipts.map(({ id, receipt }) => ({
      id,
      sender: receipt.sender,
      ...(receiptJson(receipt) as object),
    }));
    const timers = begin.timers.map(({ actor }) => actor);
    session.out.answer({ ...block, timers, transactions }, () => {
      const rows = receipts.map(({ id, receipt }) => [
        id,
        node.texts.actor(receipt.sender),
        receipt.outcome.type === 'applied'
          ? colours.green('applied')
          : colours.red(receipt.outcome.refusal.code),
        String(receipt.gasUsed),
      ]);
      const events = begin.events.map((event): Row => ['timer', eventText(event, node.texts)]);
      return [
        sheet([...headRows(block, node), ...events]),
        ...(rows.length === 0 ? [] : [grid(['transaction', 'sender', 'outcome', 'gas'], rows)]),
        counted(rows.length, 'transaction'),
      ].join('\n');
    });
  },
};

const MAX_BLOCKS = 100;
const DEFAULT_BLOCKS = '20';

const list: CommandSpec = {
  name: 'list',
  summary: 'list blocks from a height on; the last ones unless told',
  options: [
    ['--after <height>', 'height to begin with'],
    ['--limit <count>', `how many, 1 to ${MAX_BLOCKS} (${DEFAULT_BLOCKS})`],
  ],
  examples: [
    ['aivm block list', 'the last twenty'],
    ['aivm block list --after 100 --limit 50', 'from height 100 on'],
  ],
  run: async (input, session) => {
    const node = await session.node();
    const limit = parseCount(option(input, 'limit') ?? DEFAULT_BLOCKS, 1, MAX_BLOCKS);
    const given = option(input, 'after');
    const { height } = await node.ask('asking', node.client.health());
    const last = height - BigInt(limit) + 1n;
    const from = given === undefined ? (last > 0n ? last : 0n) : parseInteger(given);
    const page = await node.ask('asking for blocks', node.client.blocks({ from, limit }));
    session.out.answer({ items: page.items, next: page.next ?? null }, () => {
      const rows = page.items.map((block) => [
        String(block.height),
        block.id,
        node.texts.time(block.time),
        String(block.transactions),
      ]);
      const more = page.next === undefined ? [] : [`more: --after ${page.next}`];
      const table =
        rows.length === 0 ? [] : [grid(['height', 'block', 'time', 'txs'], rows, [0, 3])];
      return [...table, counted(rows.length, 'block'), ...more].join('\n');
    });
  },
};

export const block: GroupSpec = {
  name: 'block',
  summary: 'look at blocks',
  commands: [show, list],
};
