import { appealDepositFor } from '../../client/challenge.ts';
import { nextPanelSize } from '../../machines/challenge/ladder.ts';
import { flag } from '../kit/input.ts';
import { confirm } from '../kit/prompt.ts';
import { CHALLENGE, challengeOf } from '../kit/seat.ts';
import { stop } from '../kit/stop.ts';
import { transaction } from '../kit/transaction.ts';
import { CHUNK, namedChunks } from './named.ts';
import { ID } from './opening.ts';

export const appeal = transaction({
  name: 'appeal',
  summary: 'ask for the next panel, against what the last one decided',
  details:
    'Anyone may, once for each panel. The deposit is computed and sent along: it comes back if ' +
    'the next panel changes a verdict or cannot sit, and pays for its re-runs if not.',
  arguments: [CHALLENGE],
  options: [CHUNK, ['--yes', 'you know what you may lose']],
  examples: [
    [`aivm challenge appeal ${ID} --from alice`, 'says the deposit, and asks'],
    [`aivm challenge appeal ${ID} --chunk 12 --from alice --yes --json`, 'names a chunk'],
  ],
  plan: async (planning) => {
    const { input, session, node } = planning;
    const { id, record } = await challengeOf(planning, input);
    const { state, context } = record;
    if (state !== 'decided') stop('cli/wrong-state', { state, expected: 'decided' });
    const depositNlux = appealDepositFor(context);
    const deposit = node.texts.amount(depositNlux);
    const size = nextPanelSize(context);
    session.out.note(`a panel of ${size} judges anew; you lose ${deposit} if nothing changes`);
    if (!flag(input, 'dryRun')) await confirm(`Appeal with ${deposit}?`, flag(input, 'yes'));
    const message = { type: 'appeal', named: namedChunks(input) } as const;
    return {
      drafts: [{ receiver: id, message, valueNlux: depositNlux }],
      rows: [
        ['deposit', deposit],
        ['next panel', `${size} seats`],
      ],
      facts: { depositNlux, nextPanelSeats: size },
    };
  },
});
