import { attestationId, attestationSlot, bindingDigest, inputHash } from '../../codec/index.ts';
import { sha256Hex, taskKey } from '../../codec/index.ts';
import type { Call } from '../kit/index.ts';
import type { AttestationMessage } from './messages.ts';

export type Attest = Extract<AttestationMessage, { type: 'attest' }>;

/** All names that follow from what is attested (PROTOCOL §2). */
export interface Identity {
  readonly inputHash: string;
  readonly taskKey: string;
  readonly slot: string;
  readonly bindingDigest: string;
  readonly attestationId: string;
  readonly teeReportHash: string;
}

type Chain = Pick<Call, 'networkId' | 'chainId'>;

/** Pure, and asked for by guard and step alike: remembered as long as the message lives. */
const known = new WeakMap<Attest, Identity>();

/** The hashes of an attestation; also what a provider signs (`attestationId`). */
export const identityOf = (message: Attest, { networkId, chainId }: Chain): Identity => {
  const remembered = known.get(message);
  if (remembered !== undefined) return remembered;
  const { provider, requestId, modelId } = message;
  const input = inputHash(message);
  const task = taskKey({ networkId, chainId, modelId, inputHash: input });
  const binding = bindingDigest({ ...message, networkId, chainId, inputHash: input });
  const identity = {
    inputHash: input,
    taskKey: task,
    slot: attestationSlot({ provider, taskKey: task, requestId }),
    bindingDigest: binding,
    attestationId: attestationId({ bindingDigest: binding, teeReport: message.teeReport }),
    teeReportHash: sha256Hex(message.teeReport),
  };
  known.set(message, identity);
  return identity;
};
