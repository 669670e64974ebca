import { withLocal } from '../kit/local.ts';
import { formatAmount } from '../kit/amount.ts';
import type { CommandSpec } from '../kit/spec.ts';
import { orStop } from '../kit/stop.ts';
import { sheet } from '../kit/table.ts';
import { colours } from '../kit/terminal.ts';

/** What the runtime states for its check. */
const MICROSECONDS_PER_ENTRY = 30;

export const check: CommandSpec = {
  name: 'check',
  summary: 'rebuild the root of a database from its records',
  details:
    'Reads everything: the checksum of each record, the tree against the records, the root built ' +
    'anew from the records alone, the chain of blocks, and that all balances add up to the ' +
    'supply. Writes nothing. Exit code 1 if anything is wrong.',
  examples: [
    ['aivm check', 'the database in ~/.aivm/data'],
    ['aivm check --data /var/lib/aivm --json', 'another one, for programs'],
  ],
  run: async (_, session) => {
    const { data } = session.globals;
    const { report, decimals } = await withLocal(data, ({ chain, genesis }) => {
      const { entries } = orStop(chain.status()).store;
      const seconds = Math.ceil((entries * MICROSECONDS_PER_ENTRY) / 1_000_000);
      // The check is one long step in which nothing moves: say beforehand how long it takes.
      if (seconds > 1) session.out.note(`reading ${entries} records, about ${seconds} s`);
      return { report: orStop(chain.check()), decimals: genesis.luxDecimals };
    });
    const { height, root, entries, nodes, records, supplyNlux } = report;
    session.out.answer({ ok: true, height, root, entries, nodes, records, supplyNlux }, () =>
      sheet([
        ['database', colours.green('sound')],
        ['height', String(height)],
        ['root, built anew', root],
        ['records in the state', String(entries)],
        ['nodes of the tree', String(nodes)],
        [
          'records read',
          Object.entries(records)
            .map(([table, n]) => `${table} ${n}`)
            .join('\n'),
        ],
        ['supply, counted', formatAmount(supplyNlux, decimals)],
      ]),
    );
  },
};
