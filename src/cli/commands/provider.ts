import { proveProviderKey } from '../../client/provider.ts';
import type { ProviderMessage } from '../../machines/provider/messages.ts';
import { actorArgument, actorRecord, showCommand } from '../kit/actors.ts';
import { plan } from '../kit/draft.ts';
import { argument, option, requiredOption } from '../kit/input.ts';
import { listCommand } from '../kit/listing.ts';
import { findKey } from '../kit/names.ts';
import { parseHash, parseInteger } from '../kit/parse.ts';
import { simpleTransactions } from '../kit/simple.ts';
import type { CommandSpec, Described, GroupSpec } from '../kit/spec.ts';
import { orStop, stop } from '../kit/stop.ts';
import { transaction } from '../kit/transaction.ts';
import { unlockKey } from '../kit/unlock.ts';

const PROVIDER: Described = ['<provider>', 'address of the provider, or the name of its key'];
const PROFILE: Described = ['<profile>', 'hash of the profile'];
const ID = 'worker';

const register = transaction({
  name: 'register',
  summary: 'register a provider under its own key, with its first stake',
  details:
    'The key of --key signs attestations and names the provider; the account of --from owns it, ' +
    'pays the stake and gets it back. Keep them apart: the owner can stay off the machine.',
  options: [
    ['--key <name>', 'key that will sign attestations (that of --from)'],
    ['--stake <amount>', 'first stake (the minimum of the chain)'],
    ['--endpoint <url>', 'where consumers reach it'],
  ],
  examples: [
    [
      'aivm provider register --key worker --stake "100 LUX" ' +
        '--endpoint https://gpu.example --from alice',
      'worker signs, alice owns',
    ],
    ['aivm provider register --from alice', 'one key for both, with the minimum stake'],
  ],
  plan: async ({ input, session, node, key, parameters }) => {
    const signing = await findKey(session, node, option(input, 'key') ?? key.name);
    const { privateKey: providerKey } = await unlockKey(session, signing.name);
    const owner = key.address;
    const proof = orStop(proveProviderKey({ ...node.chain, owner, providerKey }));
    const stake = option(input, 'stake');
    return plan(
      {
        receiver: `provider:${signing.address}`,
        valueNlux: stake === undefined ? parameters.minimumStakeNlux : node.amount(stake),
        message: { type: 'register', proof, endpoint: option(input, 'endpoint') ?? '' },
      },
      { provider: node.texts.address(signing.address) },
    );
  },
});

/** Blocks for what is under way with the old key, such as attestations that wait. */
const ROTATION_BLOCKS = 20n;

const rotateKey = transaction({
  name: 'rotate-key',
  summary: 'sign attestations with another key from a height on',
  details:
    'The provider keeps its address, which is that of its first key. The new key proves that it ' +
    'is yours, so it must be in the keystore. The old key signs up to that height, and the ' +
    'provider answers for what it has signed until the evidence age is over.',
  arguments: [PROVIDER],
  options: [
    ['--key <name>', 'the new key'],
    ['--start <height>', `first height at which it signs (${ROTATION_BLOCKS} blocks from now)`],
  ],
  examples: [
    [`aivm provider rotate-key ${ID} --key worker-2 --from alice`, 'the owner sends it'],
    [
      `aivm provider rotate-key ${ID} --key worker-2 --start 5000 --from alice`,
      'at most one challenge window ahead',
    ],
  ],
  plan: async ({ input, session, node }) => {
    const receiver = await actorArgument(session, node, 'provider', argument(input, 0));
    const { record, height } = await node.ask(
      `asking for ${receiver}`,
      node.client.actor(receiver),
    );
    const { owner } = (record ?? stop('cli/not-found', { what: receiver })).context;
    const key = await findKey(session, node, requiredOption(input, 'key'));
    const { privateKey: providerKey } = await unlockKey(session, key.name);
    const proof = orStop(proveProviderKey({ ...node.chain, owner, providerKey }));
    const start = option(input, 'start');
    const from = start === undefined ? height + ROTATION_BLOCKS : parseInteger(start, 1n);
    return plan(
      { receiver, message: { type: 'rotateKey', key: key.address, proof, from } },
      { key: node.texts.address(key.address), from: String(from) },
    );
  },
});

const stake = transaction({
  name: 'stake',
  summary: 'add stake',
  arguments: [PROVIDER, ['<amount>', 'such as "50 LUX"']],
  examples: [[`aivm provider stake ${ID} "50 LUX" --from alice`, 'more stake carries more fees']],
  plan: async ({ input, session, node }) =>
    plan({
      receiver: await actorArgument(session, node, 'provider', argument(input, 0)),
      valueNlux: node.amount(argument(input, 1)),
      message: { type: 'stake' },
    }),
});

const unstake = transaction({
  name: 'unstake',
  summary: 'begin to take stake back; it stays liable while it is unbonding',
  arguments: [PROVIDER, ['<amount>', 'such as "50 LUX"']],
  examples: [[`aivm provider unstake ${ID} "50 LUX" --from alice`, 'withdraw it when it matured']],
  plan: async ({ input, session, node }) =>
    plan({
      receiver: await actorArgument(session, node, 'provider', argument(input, 0)),
      message: { type: 'unstake', amountNlux: node.amount(argument(input, 1)) },
    }),
});

const serve = transaction({
  name: 'serve',
  summary: 'serve a profile: attest under it and re-run for its panels',
  arguments: [PROVIDER, PROFILE],
  examples: [[`aivm provider serve ${ID} a1f0… --from alice`, 'eligible from the next epoch on']],
  plan: async ({ input, session, node }) => {
    const receiver = await actorArgument(session, node, 'provider', argument(input, 0));
    const profileHash = parseHash(argument(input, 1), 'profile');
    const { context } = await actorRecord(node, `profile:${profileHash}`);
    const { modelId } = context.specification;
    return plan({ receiver, message: { type: 'serve', profileHash, modelId } });
  },
});

/** Messages about one profile of a provider that name nothing else. */
const about = (
  type: Extract<ProviderMessage['type'], 'leave' | 'depart'>,
  summary: string,
): CommandSpec =>
  transaction({
    name: type,
    summary,
    arguments: [PROVIDER, PROFILE],
    examples: [[`aivm provider ${type} ${ID} a1f0… --from alice`, summary]],
    plan: async ({ input, session, node }) =>
      plan({
        receiver: await actorArgument(session, node, 'provider', argument(input, 0)),
        message: { type, profileHash: parseHash(argument(input, 1), 'profile') },
      }),
  });

const endpoint = transaction({
  name: 'endpoint',
  summary: 'say where consumers reach the provider',
  arguments: [PROVIDER, ['<url>', 'at most 256 bytes']],
  examples: [[`aivm provider endpoint ${ID} https://gpu2.example --from alice`, 'it has moved']],
  plan: async ({ input, session, node }) =>
    plan({
      receiver: await actorArgument(session, node, 'provider', argument(input, 0)),
      message: { type: 'setEndpoint', endpoint: argument(input, 1) },
    }),
});

export const provider: GroupSpec = {
  name: 'provider',
  summary: 'stake, serve profiles, be found',
  commands: [
    register,
    stake,
    unstake,
    ...simpleTransactions('provider', PROVIDER, ID, [
      ['withdraw', 'take out stake that has finished unbonding'],
      ['unjail', 'leave jail when the sentence is over'],
    ]),
    rotateKey,
    serve,
    about('leave', 'give notice of no longer serving a profile'),
    about('depart', 'end a service whose notice is over'),
    endpoint,
    showCommand({ kind: 'provider', argument: PROVIDER, example: ID }),
    listCommand({
      kind: 'provider',
      columns: ['state', 'free stake', 'locked', 'profiles', 'endpoint'],
      cells: ({ state, context }, texts) => [
        state,
        texts.amount(context.freeNlux),
        texts.amount(context.lockedNlux),
        String(context.served.length),
        context.endpoint,
      ],
      examples: [['aivm provider list --where state=active', 'those that may attest now']],
    }),
  ],
};
