import { bondFor, prepareChallenge } from '../../client/challenge.ts';
import { actorArgument, actorRecord, showCommand } from '../kit/actors.ts';
import { readPayload } from '../kit/content.ts';
import { plan } from '../kit/draft.ts';
import { argument, flag, requiredOption } from '../kit/input.ts';
import { listCommand } from '../kit/listing.ts';
import { parseHash } from '../kit/parse.ts';
import { confirm } from '../kit/prompt.ts';
import { CHALLENGE } from '../kit/seat.ts';
import type { GroupSpec } from '../kit/spec.ts';
import { transaction } from '../kit/transaction.ts';
import { commit, openChunks, reveal } from './rerun.ts';

const ID = 'e05b…';

const PUBLIC =
  'A challenge makes the prompt public: somebody publishes the payload of these attestations on\n' +
  '        the chain, for everybody and for ever.';

const open = transaction({
  name: 'open',
  summary: 'challenge two attestations of one claim with different outputs',
  details:
    'A third provider re-runs the inference and the minority is slashed. The bond is computed ' +
    'and sent along; it comes back, less the re-run, unless the slash pays for that. ' +
    'A challenge makes the prompt public: the payload is published on the chain, for ever.',
  arguments: [
    ['<first>', 'slot of one attestation'],
    ['<second>', 'slot of the other one'],
  ],
  options: [['--yes', 'you know that the prompt becomes public']],
  examples: [
    ['aivm challenge open c4e1… 90dd… --from carol', 'warns, asks, and prints the id'],
    ['aivm challenge open c4e1… 90dd… --from carol --yes --json', 'for scripts'],
  ],
  plan: async ({ input, session, node, parameters }) => {
    const slots = [0, 1].map((at) => parseHash(argument(input, at), 'attestation'));
    const [first = '', second = ''] = slots;
    const one = await actorRecord(node, `attestation:${first}`);
    const other = await actorRecord(node, `attestation:${second}`);
    const profile = await actorRecord(node, `profile:${one.context.profileHash}`);
    const { rerunFeeNlux } = profile.context.specification;
    const prepared = prepareChallenge(
      node.chain,
      { slot: first, context: one.context },
      { slot: second, context: other.context },
    );
    const bondNlux = bondFor(parameters.dispute, rerunFeeNlux);
    session.out.warn(PUBLIC);
    if (!flag(input, 'dryRun')) await confirm('Open the challenge?', flag(input, 'yes'));
    return {
      drafts: [{ ...prepared, valueNlux: bondNlux }],
      names: { challenge: prepared.receiver.slice('challenge:'.length) },
      rows: [['bond', node.texts.amount(bondNlux)]],
      facts: { bondNlux },
    };
  },
});

const publish = transaction({
  name: 'publish',
  summary: 'publish the payload, so that others can re-run it',
  details: 'Everybody can read it from then on. If nobody does, both defendants lose stake.',
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

const seed = transaction({
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

export const challenge: GroupSpec = {
  name: 'challenge',
  summary: 'dispute two attestations, and re-run for a panel',
  commands: [
    open,
    publish,
    seed,
    commit,
    reveal,
    openChunks,
    showCommand({ kind: 'challenge', argument: CHALLENGE, example: ID }),
    listCommand({
      kind: 'challenge',
      columns: ['state', 'deadline', 'bond', 'seats'],
      cells: ({ state, context }, texts) => [
        state,
        String(context.deadline),
        texts.amount(context.bondNlux),
        String(context.seats.length),
      ],
      examples: [['aivm challenge list --where state=commit', 'those that wait for re-runs']],
    }),
  ],
};
