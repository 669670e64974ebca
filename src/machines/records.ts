import type { AccountContext } from './account/record.ts';
import type { AnnouncementContext } from './announcement/record.ts';
import type { AttestationContext } from './attestation/record.ts';
import type { BeaconContext } from './beacon/record.ts';
import type { ChallengeContext } from './challenge/record.ts';
import type { ModelContext } from './model/record.ts';
import type { ParametersContext } from './parameters/record.ts';
import type { PoolContext } from './pool/record.ts';
import type { ProfileContext } from './profile/record.ts';
import type { ProviderContext } from './provider/record.ts';
import type { RequestContext } from './request/record.ts';
import type { TrustStoreContext } from './trust-store/record.ts';

/** The context of each kind of actor. */
export interface Contexts {
  readonly account: AccountContext;
  readonly model: ModelContext;
  readonly profile: ProfileContext;
  readonly provider: ProviderContext;
  readonly request: RequestContext;
  readonly attestation: AttestationContext;
  readonly challenge: ChallengeContext;
  readonly parameters: ParametersContext;
  readonly beacon: BeaconContext;
  readonly trustStore: TrustStoreContext;
  readonly auditPool: PoolContext;
  readonly treasury: PoolContext;
  readonly burn: PoolContext;
  readonly announcement: AnnouncementContext;
}
