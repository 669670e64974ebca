import { nobleEngine } from '../../../../src/tee/index.ts';
import { encode, hash, toHex, u64be, utf8 } from '../../../../src/codec/index.ts';
import {
  BlockBuilder,
  executeBlock,
  genesisChanges,
  GENESIS_ACTIVITY,
  simulate,
} from '../../../../src/actors/index.ts';
import type {
  BlockOutcome,
  ChainContext,
  GenesisActor,
  PreparedTransaction,
  Receipt,
  TransactionBody,
} from '../../../../src/actors/index.ts';
import { signedSize } from '../../../../src/actors/index.ts';
import { account } from '../../../../src/machines/account/machine.ts';
import { actorId, defineActor, machineOf, PARAMETERS } from '../../../../src/machines/kit/index.ts';
import type { ActorDefinition, ActorId, AnyMessage } from '../../../../src/machines/kit/index.ts';
import { initialParameters } from '../../../../src/machines/parameters/initial.ts';
import { parametersMessage } from '../../../../src/machines/parameters/messages.ts';
import { parametersContext, type Parameters } from '../../../../src/machines/parameters/record.ts';
import { auditPool, burn, treasury } from '../../../../src/machines/pool/machine.ts';
import { MemoryState } from './memory-state.ts';
import { compileProgram, puppet, type Program } from './puppet.ts';

const untyped = (definition: unknown): ActorDefinition => definition as ActorDefinition;

/** Parameters that nobody can change. */
const fixedParameters = (): ActorDefinition => {
  const rules = { propose: { from: [] }, enact: { from: [] } };
  const table = { id: 'parameters', initial: 'enacted', states: { enacted: {} } } as const;
  const machine = machineOf({
    context: initialParameters,
    events: rules,
    guards: {},
    steps: {},
    table,
  });
  const definition = defineActor({
    kind: 'parameters',
    machine,
    guards: {},
    steps: {},
    initial: initialParameters,
    context: parametersContext,
    contextBytes: 4096,
    messages: parametersMessage,
    rules,
  });
  return untyped(definition);
};

/** Real accounts and pools; every other kind is a puppet. */
export const TEST_REGISTRY: ChainContext['registry'] = {
  account: untyped(account),
  model: puppet('model'),
  profile: puppet('profile'),
  provider: puppet('provider'),
  request: puppet('request', 'absent'),
  attestation: puppet('attestation'),
  challenge: puppet('challenge'),
  parameters: fixedParameters(),
  beacon: puppet('beacon'),
  trustStore: puppet('trustStore'),
  auditPool: untyped(auditPool),
  treasury: untyped(treasury),
  burn: untyped(burn),
  announcement: puppet('announcement'),
};

const NO_TEE = { engine: nobleEngine, cache: undefined };

export const TEST_CHAIN: ChainContext = {
  networkId: 12345,
  chainId: hash('aivm/test-chain/1'),
  registry: TEST_REGISTRY,
  verifier: { recoverAddress: () => undefined, verifyDrand: () => false, tee: NO_TEE },
};

export const TEST_PARAMETERS: Parameters = {
  ...initialParameters.current,
  timersPerBlock: 4,
  gas: { blockGasLimit: 10_000_000n, minimumPriceNlux: 2n, timerGasLimit: 10_000_000n },
};

const address = (name: string): string => hash('aivm/test-address/1', utf8(name)).slice(0, 40);

export const accountOf = (name: string): ActorId<'account'> => actorId('account', address(name));
export const providerOf = (name: string): ActorId<'provider'> => actorId('provider', address(name));
export const challengeOf = (name: string): ActorId<'challenge'> =>
  actorId('challenge', hash('aivm/test-address/1', utf8(name)));

export const ALICE = accountOf('alice');
export const BOB = accountOf('bob');
export const ANNA = providerOf('anna');
export const BERT = providerOf('bert');
export const CARL = providerOf('carl');

/** A genesis with these accounts' balances, and the test parameters. */
export const stateOf = (
  balances: Readonly<Record<string, bigint>>,
  more: readonly GenesisActor[] = [],
  parameters: Parameters = TEST_PARAMETERS,
): MemoryState => {
  const accounts = Object.keys(balances).map((id) => ({
    id: id as ActorId,
    state: TEST_REGISTRY[id.slice(0, id.indexOf(':')) as 'account'].compiled.initial,
    balance: balances[id] ?? 0n,
    context: TEST_REGISTRY[id.slice(0, id.indexOf(':')) as 'account'].initial as never,
  }));
  const context = { ...initialParameters, current: parameters };
  const governance = { id: PARAMETERS, state: 'enacted', balance: 0n, context };
  return new MemoryState(genesisChanges(TEST_CHAIN, [...accounts, governance, ...more]));
};

export const RICH = 1_000_000_000n;

/** Alice and Bob, rich. */
export const startState = (): MemoryState => stateOf({ [ALICE]: RICH, [BOB]: RICH });

export interface Sending {
  readonly from?: ActorId<'account'>;
  readonly to: ActorId;
  readonly message: AnyMessage;
  readonly value?: bigint;
  readonly nonce?: bigint;
  readonly gasLimit?: bigint;
  readonly gasPrice?: bigint;
  readonly expiry?: bigint;
}

let serial = 0n;

/** A transaction as `decodeTransaction` would give it, without a signature. */
export const prepared = (sending: Sending): PreparedTransaction => {
  const { from = ALICE, to, message, value = 0n, nonce = 0n } = sending;
  const { gasLimit = 1_000_000n, gasPrice = 2n, expiry = 1_000n } = sending;
  const kind = to.slice(0, to.indexOf(':')) as 'account';
  const body: TransactionBody = {
    networkId: TEST_CHAIN.networkId,
    chainId: TEST_CHAIN.chainId,
    nonce,
    expiry,
    gasLimit,
    gasPriceNlux: gasPrice,
    receiver: to,
    valueNlux: value,
    message: encode(TEST_REGISTRY[kind].messages, message),
  };
  serial += 1n;
  const id = hash('aivm/test-tx/1', u64be(serial));
  return { id, sender: from, body, message, sizeBytes: signedSize(body) };
};

/** `act` with a program; `reads` are what its rule names. */
export const act = (ops: Program, reads: readonly ActorId[] = []): AnyMessage =>
  ({ type: 'act', program: compileProgram(ops), reads }) as AnyMessage;

export interface Executed extends BlockOutcome {
  readonly state: MemoryState;
}

/** Executes a block that must be valid. */
export const run = (
  state: MemoryState,
  transactions: readonly PreparedTransaction[],
  height = 1n,
  parentActivity = GENESIS_ACTIVITY,
): Executed => {
  const header = { height, time: 1_000n + 2n * height };
  const input = { chain: TEST_CHAIN, source: state, header, parentActivity, trace: true };
  const executed = executeBlock({ ...input, transactions });
  if (!executed.ok)
    throw new Error(`${executed.failure.code} ${JSON.stringify(executed.failure.details)}`);
  return { ...executed.value, state: state.apply(executed.value.changes) };
};

/** Executes one transaction and gives its receipt with the state after it. */
export const runOne = (
  state: MemoryState,
  sending: Sending,
  height = 1n,
): { readonly receipt: Receipt; readonly state: MemoryState; readonly outcome: Executed } => {
  const outcome = run(state, [prepared(sending)], height);
  return { receipt: outcome.receipts[0] as Receipt, state: outcome.state, outcome };
};

export { BlockBuilder, simulate, toHex };
