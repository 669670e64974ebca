import type { AccountMessage } from './account/messages.ts';
import type { AnnouncementMessage } from './announcement/messages.ts';
import type { AttestationMessage } from './attestation/messages.ts';
import type { BeaconMessage } from './beacon/messages.ts';
import type { ChallengeMessage } from './challenge/messages.ts';
import type { ModelMessage } from './model/messages.ts';
import type { ParametersMessage } from './parameters/messages.ts';
import type { AuditPoolMessage, PoolMessage } from './pool/messages.ts';
import type { ProfileMessage } from './profile/messages.ts';
import type { ProviderMessage } from './provider/messages.ts';
import type { RequestMessage } from './request/messages.ts';
import type { TrustStoreMessage } from './trust-store/messages.ts';

/** The messages of each kind of actor. */
export interface Messages {
  readonly account: AccountMessage;
  readonly model: ModelMessage;
  readonly profile: ProfileMessage;
  readonly provider: ProviderMessage;
  readonly request: RequestMessage;
  readonly attestation: AttestationMessage;
  readonly challenge: ChallengeMessage;
  readonly parameters: ParametersMessage;
  readonly beacon: BeaconMessage;
  readonly trustStore: TrustStoreMessage;
  readonly auditPool: AuditPoolMessage;
  readonly treasury: PoolMessage;
  readonly burn: PoolMessage;
  readonly announcement: AnnouncementMessage;
}
