import { actorArgument } from '../kit/actors.ts';
import { plan } from '../kit/draft.ts';
import { argument } from '../kit/input.ts';
import { listCommand } from '../kit/listing.ts';
import type { CommandSpec, GroupSpec } from '../kit/spec.ts';
import { sheet } from '../kit/table.ts';
import { transaction } from '../kit/transaction.ts';

const show: CommandSpec = {
  name: 'show',
  summary: 'show an account: its balance and next nonce',
  details: 'An account that never had anything has balance 0; it need not be opened.',
  arguments: [['<account>', 'an address, or the name of a key']],
  examples: [
    ['aivm account show alice', 'the balance of the key alice'],
    ['aivm account show alice --json', 'the same for programs, amounts in nLUX'],
  ],
  run: async (input, session) => {
    const node = await session.node();
    const id = await actorArgument(session, node, 'account', argument(input, 0));
    const account = await node.ask('asking', node.client.account(id.slice('account:'.length)));
    const { texts } = node;
    session.out.answer({ ...account, bech32: texts.address(account.address) }, () =>
      sheet([
        ['account', texts.address(account.address)],
        ['balance', texts.amount(account.balanceNlux)],
        ['nonce', String(account.nonce)],
        ['next nonce, waiting ones counted', String(account.pendingNonce)],
        ['at height', String(account.height)],
      ]),
    );
  },
};

const transfer = transaction({
  name: 'transfer',
  summary: 'send LUX to another account',
  arguments: [
    ['<to>', 'address or key name of the receiver'],
    ['<amount>', '"100 LUX", 0.5lux, or nLUX'],
  ],
  examples: [
    ['aivm account transfer bob "2.5 LUX" --from alice', 'sends it and waits for the receipt'],
    ['aivm account transfer bob 1lux --from alice --dry-run', 'says what it would cost'],
  ],
  plan: async ({ input, session, node }) =>
    plan({
      receiver: await actorArgument(session, node, 'account', argument(input, 0)),
      valueNlux: node.amount(argument(input, 1)),
      message: { type: 'transfer' },
    }),
});

export const account: GroupSpec = {
  name: 'account',
  summary: 'balances and transfers',
  commands: [
    show,
    transfer,
    listCommand({
      kind: 'account',
      columns: ['balance', 'nonce'],
      cells: ({ balanceNlux, context }, texts) => [
        texts.amount(balanceNlux),
        String(context.nonce),
      ],
    }),
  ],
};
