import type { Schema } from '../codec/index.ts';
import type { ActorKind } from '../machines/kit/address.ts';
import { accountMessage } from '../machines/account/messages.ts';
import { announcementMessage } from '../machines/announcement/messages.ts';
import { attestationMessage } from '../machines/attestation/messages.ts';
import { beaconMessage } from '../machines/beacon/messages.ts';
import { challengeMessage } from '../machines/challenge/messages.ts';
import type { Messages } from '../machines/messages.ts';
import { modelMessage } from '../machines/model/messages.ts';
import { parametersMessage } from '../machines/parameters/messages.ts';
import { auditPoolMessage, poolMessage } from '../machines/pool/messages.ts';
import { profileMessage } from '../machines/profile/messages.ts';
import { providerMessage } from '../machines/provider/messages.ts';
import { requestMessage } from '../machines/request/messages.ts';
import { trustStoreMessage } from '../machines/trust-store/messages.ts';

/**
 * The schema of the messages of each kind of actor; those of the machines, without the machines, so
 * that a client does not load them.
 */
export const MESSAGES: { readonly [K in ActorKind]: Schema<Messages[K]> } = {
  account: accountMessage,
  model: modelMessage,
  profile: profileMessage,
  provider: providerMessage,
  request: requestMessage,
  attestation: attestationMessage,
  challenge: challengeMessage,
  parameters: parametersMessage,
  beacon: beaconMessage,
  trustStore: trustStoreMessage,
  auditPool: auditPoolMessage,
  treasury: poolMessage,
  burn: poolMessage,
  announcement: announcementMessage,
};
