import type { AttestationContext, Verdict } from '../../machines/attestation/record.ts';
import type { ActorId } from '../../machines/kit/index.ts';
import type { Player } from './agents.ts';
import type { Answer } from './answers.ts';

/** What people were asked. */
export interface Claim {
  readonly payload: Uint8Array;
  readonly payloadHash: string;
  /** Attestations of it that are on chain. */
  readonly held: Held[];
}

/** An attestation in a run: what the chain has of it, and what only its author knows. */
export interface Held {
  readonly id: ActorId<'attestation'>;
  readonly slot: string;
  readonly attestationId: string;
  readonly author: Player;
  readonly claim: Claim;
  /** Nothing of one that was copied: its author has nothing to show. */
  readonly answer: Answer | undefined;
  readonly context: AttestationContext;
  /** Did its author run the model? */
  readonly isTrue: boolean;
  /** Is a challenge of it on chain, or on its way? */
  isChallenged: boolean;
  verdict: Verdict;
  /** nLUX: what its author got and gave, but for the fee that is still in escrow. */
  readonly money: { fee: bigint; upheld: bigint; slashed: bigint; gas: bigint; compute: bigint };
}

/** What a wrong answer has brought its author: all of it, unless it was found out. */
export const gainOf = (held: Held, gainNlux: bigint, survives: boolean): bigint => {
  if (held.isTrue) return 0n;
  const isCaught = held.verdict === 'faulty' || held.verdict === 'unsubstantiated';
  return isCaught && !survives ? 0n : gainNlux;
};

/** What an attestation came to for its author, in nLUX (ECONOMICS 1). */
export const profitOf = (held: Held, gainNlux: bigint, survives: boolean): bigint => {
  const { fee, upheld, slashed, gas, compute } = held.money;
  return fee + upheld - slashed - gas - compute + gainOf(held, gainNlux, survives);
};
