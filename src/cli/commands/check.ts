import { withLocal } from '../kit/local.ts';
import { formatAmount } from '../kit/amount.ts';
import { withSpinner } from '../kit/progress.ts';
import type { CommandSpec } from '../kit/spec.ts';
import { orStop } from '../kit/stop.ts';
import { sheet } from '../kit/table.ts';
import { colours } from '../kit/terminal.ts';

export const check: CommandSpec = {
  name: 'check',
  summary: 'rebuild the root of a database from its records',
  details:
    'Reads everything: the checksum of each record, the tree against the records, the root built\n' +
    'anew from the records alone, the chain of blocks, and that all balances add up to the supply.\n' +
    'Writes nothing. Exit code 1 if anything is wrong.',
  examples: [
    ['aivm check', 'the database in ~/.aivm/data'],
    ['aivm check --data /var/lib/aivm --json', 'another one, for programs'],
  ],
  run: async (_, session) => {
    const { data } = session.globals;
    const { report, decimals } = await withLocal(data, ({ chain, genesis }) =>
      withSpinner('reading the database', async () => {
        // One turn of the loop for the spinner's timer; the check itself is one long step.
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        return { report: orStop(chain.check()), decimals: genesis.luxDecimals };
      }),
    );
    const { height, root, entries, nodes, records, supplyNlux } = report;
    session.out.answer({ ok: true, height, root, entries, nodes, records, supplyNlux }, () =>
      sheet([
        ['database', colours.green('sound')],
        ['height', String(height)],
        ['root, built anew', root],
        ['records in the state', String(entries)],
        ['nodes of the tree', String(nodes)],
        ['records read', Object.entries(records).map(([table, n]) => `${table} ${n}`).join(', ')],
        ['supply, counted', formatAmount(supplyNlux, decimals)],
      ]),
    );
  },
};
