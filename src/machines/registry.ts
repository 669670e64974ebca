import { account } from './account/machine.ts';
import { announcement } from './announcement/machine.ts';
import { attestation } from './attestation/machine.ts';
import { beacon } from './beacon/machine.ts';
import { challenge } from './challenge/machine.ts';
import type { ActorDefinition, ActorKind, AnyMessage } from './kit/index.ts';
import { model } from './model/machine.ts';
import { parameters } from './parameters/machine.ts';
import { auditPool, burn, treasury } from './pool/machine.ts';
import { profile } from './profile/machine.ts';
import { provider } from './provider/machine.ts';
import { request } from './request/machine.ts';
import { trustStore } from './trust-store/machine.ts';

/** The kernel keeps context and messages of a definition together; their types end here. */
const untyped = <C, M extends AnyMessage>(definition: ActorDefinition<C, M>): ActorDefinition =>
  definition as unknown as ActorDefinition;

/** Every kind of actor of the chain. */
export const REGISTRY: Readonly<Record<ActorKind, ActorDefinition>> = {
  account: untyped(account),
  model: untyped(model),
  profile: untyped(profile),
  provider: untyped(provider),
  request: untyped(request),
  attestation: untyped(attestation),
  challenge: untyped(challenge),
  parameters: untyped(parameters),
  beacon: untyped(beacon),
  trustStore: untyped(trustStore),
  auditPool: untyped(auditPool),
  treasury: untyped(treasury),
  burn: untyped(burn),
  announcement: untyped(announcement),
};
