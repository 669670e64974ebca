import { modelActor } from '../../client/names.ts';
import type { ModelMessage } from '../../machines/model/messages.ts';
import { actorArgument, actorRecord, showCommand } from '../kit/actors.ts';
import { plan } from '../kit/draft.ts';
import { argument, flag, option, optionList, requiredOption } from '../kit/input.ts';
import { listCommand } from '../kit/listing.ts';
import { resolveAddress } from '../kit/names.ts';
import { parseHash, parseInteger } from '../kit/parse.ts';
import { simpleTransactions } from '../kit/simple.ts';
import type { Described, GroupSpec, Input } from '../kit/spec.ts';
import { stop } from '../kit/stop.ts';
import { transaction } from '../kit/transaction.ts';
import { hashFiles } from './hash.ts';

const MODEL: Described = ['<model>', 'id of the model'];
const ID = '6d3c…';

const METADATA: readonly Described[] = [
  ['--name <text>', 'name for people'],
  ['--model-version <number>', 'version, counted up'],
  ['--architecture <text>', 'such as transformer'],
  ['--params <number>', 'number of parameters'],
  ['--license <spdx>', 'licence of the weights, such as Apache-2.0'],
];

type Metadata = Omit<Extract<ModelMessage, { type: 'update' }>, 'type'>;

/** What is given, else what stands there already. */
const metadataOf = (input: Input, present?: Metadata): Metadata => {
  const text = (name: string, known: string | undefined): string =>
    option(input, name) ?? known ?? requiredOption(input, name);
  const count = (name: string, known: bigint | undefined): bigint =>
    parseInteger(text(name, known === undefined ? undefined : String(known)));
  return {
    name: text('name', present?.name),
    version: count('modelVersion', present?.version ?? 1n),
    architecture: text('architecture', present?.architecture ?? ''),
    paramCount: count('params', present?.paramCount ?? 0n),
    license: text('license', present?.license ?? ''),
  };
};

const weightHashOf = async (input: Input): Promise<string> => {
  const files = optionList(input, 'weights');
  const given = option(input, 'weightHash');
  if (files.length > 0 && given !== undefined) {
    stop('cli/options-clash', { options: '--weights, --weight-hash' });
  }
  if (given !== undefined) return parseHash(given);
  if (files.length === 0) stop('cli/option-missing', { option: '--weights or --weight-hash' });
  return (await hashFiles(files)).sha256;
};

const register = transaction({
  name: 'register',
  summary: 'register a model by the hash of its weights',
  details:
    'The id of a model follows from its weights: whoever holds them can compute it. Registering ' +
    'takes a deposit, which comes back when the model is removed.',
  options: [
    ['--weights <files...>', 'the weights, in the order of the manifest'],
    ['--weight-hash <hex>', 'or their SHA-256, as aivm hash prints it'],
    ['--tee-required', 'profiles of it must require a TEE report'],
    ...METADATA,
  ],
  examples: [
    [
      'aivm model register --weights model.safetensors --name tiny --license MIT --from alice',
      'hashes the file, then registers it',
    ],
    ['aivm model register --weight-hash 9f86… --name tiny --from alice --dry-run', 'what it costs'],
  ],
  plan: async ({ input, parameters }) => {
    const teeRequired = flag(input, 'teeRequired');
    const metadata = metadataOf(input);
    const weightHash = await weightHashOf(input);
    const receiver = modelActor({ weightHash, teeRequired });
    const message = { type: 'register', weightHash, teeRequired, ...metadata } as const;
    const names = { model: receiver.slice('model:'.length), weightHash };
    return plan({ receiver, valueNlux: parameters.modelDepositNlux, message }, names);
  },
});

const update = transaction({
  name: 'update',
  summary: 'change what people read of a model; what is not given stays',
  arguments: [MODEL],
  options: METADATA,
  examples: [[`aivm model update ${ID} --model-version 2 --from alice`, 'only the version']],
  plan: async ({ input, session, node }) => {
    const receiver = await actorArgument(session, node, 'model', argument(input, 0));
    const { context } = await actorRecord(node, receiver);
    return plan({ receiver, message: { type: 'update', ...metadataOf(input, context) } });
  },
});

const transfer = transaction({
  name: 'transfer',
  summary: 'offer a model to another owner',
  arguments: [MODEL, ['<owner>', 'address or key name of the new owner']],
  examples: [
    [`aivm model transfer ${ID} bob --from alice`, 'bob owns it, and its deposit, once he accepts'],
  ],
  plan: async ({ input, session, node }) =>
    plan({
      receiver: await actorArgument(session, node, 'model', argument(input, 0)),
      message: { type: 'transfer', owner: await resolveAddress(session, node, argument(input, 1)) },
    }),
});

export const model: GroupSpec = {
  name: 'model',
  summary: 'register models by the hash of their weights',
  commands: [
    register,
    update,
    transfer,
    ...simpleTransactions('model', MODEL, ID, [
      ['accept', 'take a model that its owner has offered you'],
      ['deprecate', 'tell people to use another model; nothing else changes'],
      ['remove', 'remove a deprecated model without profiles, and get the deposit back'],
    ]),
    showCommand({ kind: 'model', argument: MODEL, example: ID }),
    listCommand({
      kind: 'model',
      columns: ['state', 'name', 'version', 'license'],
      cells: ({ state, context }) => [
        state,
        context.name,
        String(context.version),
        context.license,
      ],
    }),
  ],
};
