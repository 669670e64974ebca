import { sign, type Keypair } from '../../../../src/codec/index.ts';
import { keypairFromSeed } from '../../../../src/codec/index.ts';
import { identityOf } from '../../../../src/machines/attestation/identity.ts';
import { attestation } from '../../../../src/machines/attestation/machine.ts';
import type { AttestationMessage } from '../../../../src/machines/attestation/messages.ts';
import type { AttestationContext } from '../../../../src/machines/attestation/record.ts';
import { actorId } from '../../../../src/machines/kit/index.ts';
import { initialModel } from '../../../../src/machines/model/record.ts';
import { initialProfile } from '../../../../src/machines/profile/record.ts';
import { initialProvider, NEVER } from '../../../../src/machines/provider/record.ts';
import type { ProviderContext } from '../../../../src/machines/provider/record.ts';
import { initialRequest } from '../../../../src/machines/request/record.ts';
import { LUX } from '../../../support/parameters.ts';
import { Lone } from '../support/lone.ts';

export const RERUN_FEE = LUX / 10n;
/** 500 bp of the audit ladder 3 → 7 at that fee: half of one rerun. */
export const DEPOSIT = LUX / 20n;

export const REQUESTER = '11'.repeat(20);
export const OWNER = '0e'.repeat(20);
export const accountOf = (byte: string) => actorId('account', byte.repeat(20));
export const requester = actorId('account', REQUESTER);
export const owner = actorId('account', OWNER);
export const challenge = actorId('challenge', 'c1'.repeat(32));
export const requestId = '9e'.repeat(32);
export const request = actorId('request', requestId);

const KEY: Keypair = keypairFromSeed('the provider');
export const provider = actorId('provider', KEY.address);
const modelId = '3d'.repeat(32);
const profileHash = '9f'.repeat(32);
const payloadHash = 'ad'.repeat(32);

type LoneAttestation = Lone<AttestationContext, AttestationMessage>;

export const setProvider = (
  lone: LoneAttestation,
  state: string,
  change: Partial<ProviderContext> = {},
): void => {
  const context: ProviderContext = {
    ...initialProvider,
    owner: OWNER,
    keys: [{ address: KEY.address, from: 0n, until: NEVER }],
    served: [{ profileHash, joinedAt: 0n, leavesAt: 0n, declinedAt: 0n }],
    freeNlux: 100n * LUX,
    ...change,
  };
  lone.views.set(provider, { state, balance: 0n, context });
};

/** The provider equivocated at this height. */
export const tombstone = (lone: LoneAttestation, tombstonedAt: bigint): void =>
  setProvider(lone, 'tombstoned', { tombstonedAt, served: [], freeNlux: 0n });

const settle = (lone: LoneAttestation): void => {
  setProvider(lone, 'active');
  lone.views.set(actorId('model', modelId), {
    state: 'active',
    balance: 0n,
    context: initialModel,
  });
  const specification = { ...initialProfile.specification, modelId, rerunFeeNlux: RERUN_FEE };
  lone.views.set(actorId('profile', profileHash), {
    state: 'active',
    balance: 0n,
    context: { ...initialProfile, specification },
  });
};

/** An attestation made at height 100, for a request that paid `feeNlux` or (0) for nobody. */
export const attested = (feeNlux = 0n): LoneAttestation => {
  const probe = new Lone(attestation, actorId('attestation', '00'.repeat(32)));
  const claim = {
    type: 'attest',
    provider: KEY.address,
    modelId,
    profileHash,
    payloadHash,
    outputHash: '0f'.repeat(32),
    evidenceRoot: 'ee'.repeat(32),
    requestId: feeNlux > 0n ? requestId : '00'.repeat(32),
    timestamp: probe.time,
    teeReport: new Uint8Array(),
    signature: '',
  } as const;
  const { slot, attestationId } = identityOf(claim, probe.network);
  const lone = new Lone(attestation, actorId('attestation', slot));
  settle(lone);
  const asked = { requester: REQUESTER, provider: KEY.address, profileHash, payloadHash };
  lone.views.set(request, {
    state: 'open',
    balance: feeNlux,
    context: { ...initialRequest, ...asked, feeNlux, expiresAt: 1_000n },
  });
  const message = { ...claim, signature: sign(attestationId, KEY.privateKey) };
  const refusal = lone.send(accountOf('77'), message);
  if (refusal !== undefined) throw new Error(`attest refused: ${refusal}`);
  if (feeNlux > 0n) lone.send(request, { type: 'escrow' }, feeNlux);
  return lone;
};
