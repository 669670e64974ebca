import type { Schema } from '../codec/index.ts';
import type { ActorKind } from '../machines/kit/address.ts';
import { accountContext } from '../machines/account/record.ts';
import { announcementContext } from '../machines/announcement/record.ts';
import { attestationContext } from '../machines/attestation/record.ts';
import { beaconContext } from '../machines/beacon/record.ts';
import { challengeContext } from '../machines/challenge/record.ts';
import { modelContext } from '../machines/model/record.ts';
import { parametersContext } from '../machines/parameters/record.ts';
import { poolContext } from '../machines/pool/record.ts';
import { profileContext } from '../machines/profile/record.ts';
import { providerContext } from '../machines/provider/record.ts';
import type { Contexts } from '../machines/records.ts';
import { requestContext } from '../machines/request/record.ts';
import { trustStoreContext } from '../machines/trust-store/record.ts';

/** The schema of the context of each kind of actor; see `MESSAGES`. */
export const CONTEXTS: { readonly [K in ActorKind]: Schema<Contexts[K]> } = {
  account: accountContext,
  model: modelContext,
  profile: profileContext,
  provider: providerContext,
  request: requestContext,
  attestation: attestationContext,
  challenge: challengeContext,
  parameters: parametersContext,
  beacon: beaconContext,
  trustStore: trustStoreContext,
  auditPool: poolContext,
  treasury: poolContext,
  burn: poolContext,
  announcement: announcementContext,
};
