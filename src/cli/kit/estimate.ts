import type { DryRunAnswer } from '../../client/wire/index.ts';
import type { Failure } from '../../codec/failure.ts';
import { kindOf, type ActorId } from '../../machines/kit/address.ts';
import type { Draft } from './draft.ts';
import type { Node } from './node.ts';
import { refusalFailure } from './receipt.ts';
import { orStop } from './stop.ts';

/** What a transaction would do now. */
export interface Estimate {
  readonly draft: Draft;
  readonly receipt: DryRunAnswer['receipt'];
  /** Gas limit to sign. */
  readonly gasLimit: bigint;
  /** Why it would be refused. */
  readonly failure: Failure | undefined;
}

export interface GasLimits {
  /** What the person asks for. */
  readonly gasLimit: bigint | undefined;
  readonly blockGasLimit: bigint;
}

/**
 * A quarter more than the dry run used, and never less than this: other transactions may come
 * first, and the path through a small collection then grows by some records. Only gas that is used
 * is paid.
 */
const LEAST_MARGIN_GAS = 5_000n;

const marginOf = (gasUsed: bigint): bigint => {
  const quarter = (gasUsed + 3n) / 4n;
  return quarter > LEAST_MARGIN_GAS ? quarter : LEAST_MARGIN_GAS;
};

const limitOf = (gasUsed: bigint, { gasLimit, blockGasLimit }: GasLimits): bigint => {
  if (gasLimit !== undefined) return gasLimit;
  const wanted = gasUsed + marginOf(gasUsed);
  return wanted < blockGasLimit ? wanted : blockGasLimit;
};

/** Asks the node what a transaction would do in the next block. */
export const estimate = async (
  node: Node,
  sender: ActorId,
  draft: Draft,
  limits: GasLimits,
): Promise<Estimate> => {
  const { receipt } = orStop(
    await node.client.dryRun(kindOf(draft.receiver), {
      sender,
      receiver: draft.receiver,
      valueNlux: draft.valueNlux,
      gasLimit: limits.gasLimit,
      gasPriceNlux: undefined,
      message: draft.message,
    }),
  );
  const { outcome, gasUsed } = receipt;
  const failure = outcome.type === 'refused' ? refusalFailure(outcome.refusal) : undefined;
  return { draft, receipt, gasLimit: limitOf(gasUsed, limits), failure };
};
