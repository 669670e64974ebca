import { prepareShowing } from '../../client/challenge.ts';
import { hasKnownShape } from '../../machines/comparators/index.ts';
import { actorArgument } from '../kit/actors.ts';
import { readCompared, readPayload } from '../kit/content.ts';
import { plan } from '../kit/draft.ts';
import { argument, requiredOption } from '../kit/input.ts';
import { CHALLENGE, challengeOf } from '../kit/seat.ts';
import { stop } from '../kit/stop.ts';
import { transaction } from '../kit/transaction.ts';
import { ID } from './opening.ts';

export const publish = transaction({
  name: 'publish',
  summary: 'publish the payload, so that others can re-run it',
  details: 'Everybody can read it from then on. If nobody does, all defendants lose stake.',
  arguments: [CHALLENGE],
  options: [['--payload <file>', 'the payload, or its description in a .json file']],
  examples: [[`aivm challenge publish ${ID} --payload prompt.cbor --from alice`, 'for everybody']],
  plan: async ({ input, session, node }) =>
    plan({
      receiver: await actorArgument(session, node, 'challenge', argument(input, 0)),
      message: {
        type: 'publish',
        payload: readPayload(requiredOption(input, 'payload'), session.out),
      },
    }),
});

export const publishOutput = transaction({
  name: 'publish-output',
  summary: 'show the output of a defendant, where it is text',
  details:
    'With logprobs and toploc seats answer on the tokens of the defendant, so the whole output ' +
    'goes on the chain; with tokens only its length and the shape of its tree do. A defendant ' +
    'of which nobody shows it in time loses stake. Anyone who has the output may.',
  arguments: [CHALLENGE],
  options: [['--output <file>', 'the output, or its description in a .json file']],
  examples: [
    [
      `aivm challenge publish-output ${ID} --output answer.json --from worker`,
      'whose output it is follows from its root',
    ],
  ],
  plan: async (planning) => {
    const { input, session } = planning;
    const { id, record } = await challengeOf(planning, input);
    const { comparator, defendants } = record.context;
    if (!hasKnownShape(comparator)) {
      const expected = 'a comparator of tokens: this one compares chunks as they are opened';
      stop('cli/wrong-state', { state: comparator.type, expected });
    }
    const output = readCompared(requiredOption(input, 'output'), comparator, session.out);
    const message = prepareShowing(record.context, output) ?? stop('cli/output-of-other');
    const provider = defendants[message.defendant]?.provider ?? '';
    return plan({ receiver: id, message }, { provider: planning.node.texts.address(provider) });
  },
});

export const seed = transaction({
  name: 'seed',
  summary: 'seat the panel, once its beacon round is on the chain',
  arguments: [CHALLENGE],
  examples: [[`aivm challenge seed ${ID} --from carol`, 'anyone may; the timer does it at last']],
  plan: async ({ input, session, node }) =>
    plan({
      receiver: await actorArgument(session, node, 'challenge', argument(input, 0)),
      message: { type: 'submitSeed' },
    }),
});
