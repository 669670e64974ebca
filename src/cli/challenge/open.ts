import { bondFor, prepareAudit, prepareChallenge } from '../../client/challenge.ts';
import { argument } from '../kit/input.ts';
import { transaction } from '../kit/transaction.ts';
import { ANNOUNCED } from './announce.ts';
import { CHUNK, namedChunks } from './named.ts';
import { ANNOUNCE, ATTESTATION, challengedOf, openingPlan } from './opening.ts';
import { rerunFeeOf, YES } from './opening.ts';

export const open = transaction({
  name: 'open',
  summary: 'challenge two attestations of one claim with different outputs',
  details:
    'Providers that the beacon draws re-run the inference, and whose output is wrong is slashed. ' +
    'The bond is computed and sent along; it comes back, less re-runs that nothing else pays. ' +
    'A challenge makes the prompt public: the payload is published on the chain, for ever.',
  arguments: [
    ['<first>', 'slot of one attestation'],
    ['<second>', 'slot of the other one'],
  ],
  options: [CHUNK, ANNOUNCE, ANNOUNCED, YES],
  examples: [
    ['aivm challenge open c4e1… 90dd… --from carol', 'warns, asks, and prints the id'],
    ['aivm challenge open c4e1… 90dd… --from carol --yes --json', 'for scripts'],
    [
      'aivm challenge open c4e1… 90dd… --chunk 0 7 --announce --from carol',
      'names two chunks, and announces the challenge a block before',
    ],
  ],
  plan: async (planning) => {
    const { input, node, parameters } = planning;
    const first = await challengedOf(planning, argument(input, 0));
    const second = await challengedOf(planning, argument(input, 1));
    const bondNlux = bondFor(parameters.dispute, await rerunFeeOf(planning, first));
    const { receiver: id, message } = prepareChallenge(
      node.chain,
      first,
      second,
      namedChunks(input),
    );
    const draft = { receiver: id, message, valueNlux: bondNlux };
    return openingPlan(planning, { id, draft, bondNlux });
  },
});

export const audit = transaction({
  name: 'audit',
  summary: 'challenge one attestation that you say is wrong',
  details:
    'The bond is twice that of a pair. If the attestation turns out to be valid, half of what ' +
    'the re-runs leave of the bond is burned and half goes to its provider. ' +
    'A challenge makes the prompt public: the payload is published on the chain, for ever.',
  arguments: [ATTESTATION],
  options: [CHUNK, ANNOUNCE, ANNOUNCED, YES],
  examples: [
    ['aivm challenge audit c4e1… --from carol', 'warns, asks, and prints the id'],
    ['aivm challenge audit c4e1… --chunk 3 --from carol --yes --json', 'for scripts'],
  ],
  plan: async (planning) => {
    const { input, node, parameters } = planning;
    const accused = await challengedOf(planning, argument(input, 0));
    const rerunFeeNlux = await rerunFeeOf(planning, accused);
    const bondNlux = bondFor(parameters.dispute, rerunFeeNlux, 'audit');
    const { receiver: id, message } = prepareAudit(node.chain, accused, namedChunks(input));
    const draft = { receiver: id, message, valueNlux: bondNlux };
    return openingPlan(planning, { id, draft, bondNlux });
  },
});
