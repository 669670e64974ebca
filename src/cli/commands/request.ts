import { randomBytes } from 'node:crypto';
import { payloadHash } from '../../codec/preimage.ts';
import { requestActor } from '../../client/names.ts';
import { actorArgument, actorRecord, showCommand } from '../kit/actors.ts';
import { readPayload } from '../kit/content.ts';
import { plan } from '../kit/draft.ts';
import { flag, option, requiredOption } from '../kit/input.ts';
import { listCommand } from '../kit/listing.ts';
import { parseHash, parseInteger } from '../kit/parse.ts';
import type { Session } from '../kit/session.ts';
import { simpleTransactions } from '../kit/simple.ts';
import type { Described, GroupSpec, Input } from '../kit/spec.ts';
import { stop } from '../kit/stop.ts';
import { transaction } from '../kit/transaction.ts';

const REQUEST: Described = ['<request>', 'id of the request'];
const ID = '77ab…';

const payloadHashOf = (input: Input, session: Session): string => {
  const given = option(input, 'payloadHash');
  const file = option(input, 'payload');
  if (given !== undefined && file !== undefined) {
    stop('cli/options-clash', { options: '--payload, --payload-hash' });
  }
  if (given !== undefined) return parseHash(given);
  if (file === undefined)
    return stop('cli/option-missing', { option: '--payload or --payload-hash' });
  return payloadHash(readPayload(file, session.out));
};

/** A number that no other request of this account has. */
const nonceOf = (input: Input): bigint => {
  const given = option(input, 'nonce');
  return given === undefined ? randomBytes(8).readBigUInt64BE() : parseInteger(given);
};

const open = transaction({
  name: 'open',
  summary: 'ask a provider for an inference and put its fee in escrow',
  details:
    'The chain sees the hash of the payload, not the payload: send that to the provider ' +
    'yourself, at its endpoint. Unless told otherwise only an attestation that a full panel ' +
    'could judge fulfils the request.',
  options: [
    ['--provider <provider>', 'address or key name of the provider'],
    ['--profile <hash>', 'the profile to run under'],
    ['--payload <file>', 'what to run: the payload, or its description in a .json file'],
    ['--payload-hash <hex>', 'or its SHA-256'],
    ['--fee <amount>', 'paid when the attestation is final'],
    ['--value <amount>', 'what a wrong answer would cost you, if more than the fee (0)'],
    ['--expires <blocks>', 'blocks until you may have the fee back (the longest allowed)'],
    ['--unenforceable', 'accept an attestation that no full panel could judge'],
    ['--nonce <number>', 'number of the request, which names it (random)'],
  ],
  examples: [
    [
      'aivm request open --provider worker --profile a1f0… --payload prompt.cbor --fee 0.2lux ' +
        '--from bob',
      'prints the id of the request',
    ],
  ],
  plan: async ({ input, session, node, key, parameters }) => {
    const provider = await actorArgument(
      session,
      node,
      'provider',
      requiredOption(input, 'provider'),
    );
    const profileHash = parseHash(requiredOption(input, 'profile'), 'profile');
    const payload = payloadHashOf(input, session);
    const feeNlux = node.amount(requiredOption(input, 'fee'));
    const { context } = await actorRecord(node, `profile:${profileHash}`);
    const account = await node.ask('asking for the height', node.client.account(key.address));
    const blocks = option(input, 'expires');
    const nonce = nonceOf(input);
    const receiver = requestActor({ ...node.chain, requester: key.address, nonce });
    return plan(
      {
        receiver,
        valueNlux: feeNlux,
        message: {
          type: 'open',
          nonce,
          provider: provider.slice('provider:'.length),
          modelId: context.specification.modelId,
          profileHash,
          payloadHash: payload,
          declaredValueNlux: node.amount(option(input, 'value') ?? '0'),
          enforceable: !flag(input, 'unenforceable'),
          expiresAt:
            account.height +
            (blocks === undefined ? parameters.requestExpiryMaximumBlocks : parseInteger(blocks)),
        },
      },
      { request: receiver.slice('request:'.length), payloadHash: payload },
    );
  },
});

export const request: GroupSpec = {
  name: 'request',
  summary: 'ask a provider for an inference, with a fee in escrow',
  commands: [
    open,
    ...simpleTransactions('request', REQUEST, ID, [
      ['refund', 'get the fee of an expired request back'],
    ]),
    showCommand({ kind: 'request', argument: REQUEST, example: ID }),
    listCommand({
      kind: 'request',
      columns: ['state', 'provider', 'fee', 'expires at'],
      cells: ({ state, context }, texts) => [
        state,
        texts.address(context.provider),
        texts.amount(context.feeNlux),
        String(context.expiresAt),
      ],
      examples: [['aivm request list --where state=open', 'those that wait for an attestation']],
    }),
  ],
};
