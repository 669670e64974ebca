import {
  attestationId,
  bindingDigest,
  inputHash,
  sha256Hex,
  sign,
} from '../../../../src/codec/index.ts';
import { prepareEquivocation, type OtherAnswer } from '../../../../src/client/challenge.ts';
import type { ActorId } from '../../../../src/machines/kit/index.ts';
import { WRONG, ZERO_HASH, type Market } from '../../../support/market.ts';
import { CHAIN } from '../../../support/world.ts';
import { accusedAt } from '../audit/support.ts';

const { networkId, chainId } = CHAIN;

export type Claim = ReturnType<Market['claim']>;

/** What of a signed claim an equivocation shows. */
export const answerOf = (claim: Claim): OtherAnswer => ({
  outputHash: claim.outputHash,
  evidenceRoot: claim.evidenceRoot,
  requestId: claim.requestId,
  timestamp: claim.timestamp,
  teeReportHash: sha256Hex(claim.teeReport),
  signature: claim.signature,
});

/** The claim signed by the key of a name, as on another chain if it says so. */
export const signedBy = (
  market: Market,
  claim: Claim,
  key: string,
  chain: { readonly networkId: number; readonly chainId: string } = { networkId, chainId },
): Claim => {
  const digest = bindingDigest({ ...claim, ...chain, inputHash: inputHash(claim) });
  const id = attestationId({ bindingDigest: digest, teeReport: claim.teeReport });
  return { ...claim, signature: sign(id, market.key(key).privateKey) };
};

/** Another answer that `p0` signed and showed to somebody, off the chain. */
export const otherAnswer = (market: Market, requestId = ZERO_HASH, output = WRONG): OtherAnswer =>
  answerOf(market.claim('p0', output, { requestId }));

/** Receiver and message of the proof by an attestation and another answer. */
export const equivocation = (market: Market, to: ActorId<'attestation'>, other: OtherAnswer) =>
  prepareEquivocation({ networkId, chainId }, accusedAt(market, to), other);

/** Shows the proof, as `challenger` does here. */
export const report = (
  market: Market,
  to: ActorId<'attestation'>,
  other: OtherAnswer,
): ActorId<'challenge'> => {
  const { receiver, message } = equivocation(market, to, other);
  market.do('challenger', receiver, message);
  return receiver;
};
