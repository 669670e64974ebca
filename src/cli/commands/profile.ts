import { profileHashOf } from '../../client/names.ts';
import { comparator, type Comparator } from '../../machines/comparators/record.ts';
import { DECODINGS, profileSpecification } from '../../machines/profile/record.ts';
import type { ProfileSpecification } from '../../machines/profile/record.ts';
import { measurement, type ProfileMeasurement } from '../../machines/tee/measurement.ts';
import { fromJson, type Json } from '../../codec/json/index.ts';
import { actorArgument, showCommand } from '../kit/actors.ts';
import { plan } from '../kit/draft.ts';
import { readJson } from '../kit/files.ts';
import { argument, choice, flag, option, optionList, requiredOption } from '../kit/input.ts';
import { listCommand } from '../kit/listing.ts';
import type { Node } from '../kit/node.ts';
import { parseHash, parseInteger } from '../kit/parse.ts';
import { simpleTransactions } from '../kit/simple.ts';
import type { Described, GroupSpec, Input } from '../kit/spec.ts';
import { orStop } from '../kit/stop.ts';
import { transaction } from '../kit/transaction.ts';

const PROFILE: Described = ['<profile>', 'hash of the profile'];
const ID = 'a1f0…';

/** `exact`, or a comparator with its thresholds in a file. */
const comparatorOf = (input: Input): Comparator => {
  const given = option(input, 'comparator') ?? 'exact';
  if (given === 'exact') return { type: 'exact' };
  return orStop(fromJson(comparator, readJson(given) as Json));
};

/** A measurement in a file: its registers in hex by name, null where one is not looked at. */
const measurementIn = (file: string): ProfileMeasurement =>
  orStop(fromJson(measurement, readJson(file) as Json));

const fromOptions = (input: Input, node: Node): ProfileSpecification => {
  const measurements = optionList(input, 'teeMeasurement').map(measurementIn);
  const isRequired = flag(input, 'teeRequired') || measurements.length > 0;
  const enclaveKeySeconds = parseInteger(option(input, 'enclaveKeySeconds') ?? '0');
  return {
    modelId: parseHash(requiredOption(input, 'model'), 'model'),
    comparator: comparatorOf(input),
    precision: {
      engine: option(input, 'engine') ?? '',
      dtype: option(input, 'dtype') ?? '',
      settings: option(input, 'settings') ?? '',
      decoding: choice(input, 'decoding', DECODINGS) ?? 'none',
    },
    tee: isRequired
      ? { type: 'required', measurements, policy: undefined, enclaveKeySeconds }
      : { type: 'none' },
    rerunFeeNlux: node.amount(requiredOption(input, 'rerunFee')),
  };
};

const specificationOf = (input: Input, node: Node): ProfileSpecification => {
  const file = option(input, 'file');
  if (file === undefined) return fromOptions(input, node);
  return orStop(fromJson(profileSpecification, readJson(file) as Json));
};

const register = transaction({
  name: 'register',
  summary: 'register how a model is run and compared',
  details:
    'A profile is immutable and named by its hash. Two runs are comparable if engine, dtype and ' +
    'settings are the same: with the comparator exact they must give the same bytes.',
  options: [
    ['--model <id>', 'the model'],
    ['--engine <text>', 'software and its version, such as onnxruntime 1.20'],
    ['--dtype <text>', 'number format, such as f32'],
    ['--settings <text>', 'what else makes runs comparable, such as batch 1'],
    ['--decoding <kind>', 'none (the default: no tokens are chosen), greedy or sampled'],
    ['--comparator <file>', 'comparator and thresholds as JSON (exact)'],
    ['--rerun-fee <amount>', 'what a re-run for a panel is paid'],
    ['--tee-required', 'attestations must bring a TEE report'],
    ['--tee-measurement <file...>', 'accepted measurements as JSON; implies --tee-required'],
    ['--enclave-key-seconds <seconds>', 'longest life of an enclave key (0: reports only)'],
    ['--file <file>', 'all of it as JSON instead, in the form of profile show --json'],
  ],
  examples: [
    [
      'aivm profile register --model 6d3c… --engine "tfjs 4.22" --dtype f32 ' +
        '--rerun-fee 0.1lux --from alice',
      'registers it; a deposit is returned when it is removed',
    ],
    [
      'aivm profile register --model 6d3c… --engine "tfjs 4.22" --dtype f32 ' +
        '--comparator cosine.json --rerun-fee 0.1lux --from alice',
      'outputs that are near each other by thresholds that were calibrated',
    ],
    ['aivm profile register --file profile.json --from alice', 'the specification from a file'],
  ],
  plan: ({ input, node, parameters }) => {
    const specification = specificationOf(input, node);
    const profile = profileHashOf(specification);
    return plan(
      {
        receiver: `profile:${profile}`,
        valueNlux: parameters.profileDepositNlux,
        message: { type: 'register', specification },
      },
      { profile, model: specification.modelId },
    );
  },
});

const append = transaction({
  name: 'append',
  summary: 'accept one more TEE measurement',
  arguments: [PROFILE, ['<file>', 'the measurement as JSON']],
  examples: [
    [`aivm profile append ${ID} enclave.json --from alice`, 'for a new build of the enclave'],
  ],
  plan: async ({ input, session, node }) =>
    plan({
      receiver: await actorArgument(session, node, 'profile', argument(input, 0)),
      message: { type: 'appendMeasurement', measurement: measurementIn(argument(input, 1)) },
    }),
});

export const profile: GroupSpec = {
  name: 'profile',
  summary: 'how a model is run and compared',
  commands: [
    register,
    append,
    ...simpleTransactions('profile', PROFILE, ID, [
      ['retire', 'take no new attestations under it'],
      ['remove', 'remove a retired profile that nobody serves, and get the deposit back'],
    ]),
    showCommand({ kind: 'profile', argument: PROFILE, example: ID }),
    listCommand({
      kind: 'profile',
      columns: ['state', 'comparator', 'engine', 'dtype', 'rerun fee', 'providers'],
      cells: ({ state, context: { specification, live } }, texts) => [
        state,
        specification.comparator.type,
        specification.precision.engine,
        specification.precision.dtype,
        texts.amount(specification.rerunFeeNlux),
        String(live.owners),
      ],
    }),
  ],
};
