import { modelId } from '../../codec/index.ts';
import { because, fromOwner, guardsOf, keyOf, type AnyMessage } from '../kit/index.ts';
import type { Check } from '../kit/index.ts';
import type { ModelMessage } from './messages.ts';
import type { ModelContext } from './record.ts';

type Register = Extract<ModelMessage, { type: 'register' }>;

const guard = guardsOf<ModelContext, ModelMessage>();

/** `modelID = H("aivm/model/1", weightHash, teeRequired u8)` (PROTOCOL §2). */
const isNamedByWeights: Check<ModelContext, Register> = (_, message, { self }) => {
  const expected = modelId(message);
  return keyOf(self) === expected
    ? undefined
    : because('wrong-model-id', { expected: `model:${expected}` });
};

const bringsDeposit: Check<ModelContext, Register> = (_, __, { value, parameters }) =>
  value === parameters.modelDepositNlux
    ? undefined
    : because('wrong-deposit', { expectedNlux: parameters.modelDepositNlux, valueNlux: value });

const isOffered: Check<ModelContext, AnyMessage> = ({ offeredTo }, _, { from }) =>
  offeredTo === keyOf(from) ? undefined : because('not-offered');

/** Retired profiles count: a challenge may still read them. */
const withoutProfiles: Check<ModelContext, AnyMessage> = ({ profileCount }) =>
  profileCount === 0 ? undefined : because('model-has-profiles', { profileCount });

export const guards = {
  mayRegister: guard('register', isNamedByWeights, bringsDeposit),
  mayUpdate: guard('update', fromOwner),
  mayTransfer: guard('transfer', fromOwner),
  mayAccept: guard('accept', isOffered),
  mayDeprecate: guard('deprecate', fromOwner),
  mayRemove: guard('remove', fromOwner, withoutProfiles),
};
