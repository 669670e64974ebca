import type { ReceiptAnswer } from '../../client/wire/index.ts';
import { buildTransaction } from '../../client/transaction.ts';
import type { ActorId } from '../../machines/kit/address.ts';
import type { Parameters } from '../../machines/parameters/record.ts';
import type { KeyEntry } from '../keystore/keystore.ts';
import type { Plan } from './draft.ts';
import { estimate, type Estimate } from './estimate.ts';
import { flag, option } from './input.ts';
import type { Node } from './node.ts';
import { parseCount, parseInteger } from './parse.ts';
import { withSpinner } from './progress.ts';
import { refusalFailure } from './receipt.ts';
import { printDryRun, printReceipts } from './sent.ts';
import type { Session } from './session.ts';
import type { Described, Input } from './spec.ts';
import { orStop, Stop, stop } from './stop.ts';
import { unlockKey } from './unlock.ts';

/** Options of every command that sends a transaction. */
export const TRANSACTION_OPTIONS: readonly Described[] = [
  ['--from <name>', 'key of the keystore that signs and pays'],
  ['--dry-run', 'say what would happen and what gas it takes; send nothing'],
  ['--gas-limit <gas>', 'gas limit (the estimate and a quarter more)'],
  ['--gas-price <nlux>', 'nLUX for a unit of gas (the minimum of the chain)'],
  ['--expiry <blocks>', 'blocks in which it must be included (120)'],
  ['--wait <seconds>', 'how long to wait for the block (60); 0 does not wait'],
  ['--force', 'send it even if the dry run says that it is refused'],
];

const DEFAULT_EXPIRY_BLOCKS = '120';
const DEFAULT_WAIT_SECONDS = '60';
const MAX_WAIT_SECONDS = 86_400;
const MAX_AMOUNT = (1n << 128n) - 1n;
const MILLISECONDS = 1_000;

/** Everything that a plan is carried out with. */
export interface Sending {
  readonly session: Session;
  readonly node: Node;
  readonly input: Input;
  readonly key: KeyEntry;
  readonly parameters: Parameters;
}

interface Signed {
  readonly bytes: Uint8Array;
  readonly id: string;
}

const priceOf = ({ input, parameters }: Sending): bigint => {
  const given = option(input, 'gasPrice');
  return given === undefined
    ? parameters.gas.minimumPriceNlux
    : parseInteger(given, 0n, MAX_AMOUNT);
};

/** Signs all drafts of a plan with nonces that follow one another. */
const sign = async (
  sending: Sending,
  estimates: readonly Estimate[],
): Promise<readonly Signed[]> => {
  const { node, input, key } = sending;
  const account = await node.ask('asking for the nonce', node.client.account(key.address));
  const { privateKey } = await unlockKey(sending.session, key.name);
  const blocks = parseInteger(option(input, 'expiry') ?? DEFAULT_EXPIRY_BLOCKS, 1n);
  const gasPriceNlux = priceOf(sending);
  return estimates.map(({ draft, gasLimit }, at) => {
    const { valueNlux = 0n } = draft;
    return orStop(
      buildTransaction({
        ...node.chain,
        nonce: account.pendingNonce + BigInt(at),
        expiry: account.height + blocks,
        gasLimit,
        gasPriceNlux,
        receiver: draft.receiver,
        valueNlux,
        message: draft.message,
        privateKey,
      }),
    );
  });
};

/** Hands all in, then waits for all: together they need no more blocks than one alone. */
const submit = async (
  { node, input }: Sending,
  signed: readonly Signed[],
): Promise<readonly ReceiptAnswer[]> => {
  const seconds = parseCount(option(input, 'wait') ?? DEFAULT_WAIT_SECONDS, 0, MAX_WAIT_SECONDS);
  if (seconds === 0) {
    for (const { bytes } of signed) orStop(await node.client.submit(bytes));
    return [];
  }
  const options = { timeoutMilliseconds: seconds * MILLISECONDS };
  const waiting: ReturnType<Node['client']['submitAndWait']>[] = [];
  for (const { bytes } of signed) waiting.push(node.client.submitAndWait(bytes, options));
  return (await Promise.all(waiting)).map(orStop);
};

const refuseNow = (estimates: readonly Estimate[]): void => {
  const refused = estimates.find(({ failure }) => failure !== undefined);
  if (refused?.failure !== undefined) throw new Stop(refused.failure);
};

const sender = ({ key }: Sending): ActorId => `account:${key.address}`;

/** A dry run of each transaction of a plan. */
const estimateAll = async (sending: Sending, plan: Plan): Promise<readonly Estimate[]> => {
  const { node, input, parameters } = sending;
  const gasLimit = option(input, 'gasLimit');
  const limits = {
    gasLimit: gasLimit === undefined ? undefined : parseInteger(gasLimit, 1n),
    blockGasLimit: parameters.gas.blockGasLimit,
  };
  const estimates: Estimate[] = [];
  for (const draft of plan.drafts) {
    estimates.push(await estimate(node, sender(sending), draft, limits));
  }
  return estimates;
};

const carryOut = async (sending: Sending, estimates: readonly Estimate[]) => {
  if (!flag(sending.input, 'force')) refuseNow(estimates);
  const signed = await sign(sending, estimates);
  const label = 'waiting for the block';
  const receipts = await withSpinner(label, () => submit(sending, signed));
  return { signed, receipts };
};

/**
 * Sends what another transaction of the same command needs in a block before its own. Says nothing;
 * what is refused ends the command.
 */
export const sendFirst = async (sending: Sending, plan: Plan): Promise<void> => {
  const { receipts } = await carryOut(sending, await estimateAll(sending, plan));
  if (receipts.length < plan.drafts.length) {
    stop('cli/bad-option', { option: '--wait', expected: 'the seconds that a block may take' });
  }
  for (const { receipt } of receipts) {
    if (receipt.outcome.type === 'refused') throw new Stop(refusalFailure(receipt.outcome.refusal));
  }
};

/**
 * Carries out a plan: a dry run of each transaction for its gas, then, unless that is all that was
 * asked for, signatures, submission, and the receipts. What the dry run refuses is not sent.
 */
export const transact = async (sending: Sending, plan: Plan): Promise<void> => {
  const { node, input, session } = sending;
  const estimates = await estimateAll(sending, plan);
  if (flag(input, 'dryRun')) {
    printDryRun(session, node, plan, estimates, priceOf(sending));
    refuseNow(estimates);
    return;
  }
  const { signed, receipts } = await carryOut(sending, estimates);
  printReceipts(session, node, plan, signed, receipts);
};
