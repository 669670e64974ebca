import { because, guardsOf, keyOf, type AnyMessage, type Check } from '../kit/index.ts';
import type { Parameters, ParametersContext } from './record.ts';
import type { ParametersMessage } from './messages.ts';
import { checkRelations, checkSuccession } from './relations.ts';

type Propose = Extract<ParametersMessage, { type: 'propose' }>;

const guard = guardsOf<ParametersContext, ParametersMessage>();

/** Genesis names the authority, or none: then nobody ever changes the parameters. */
const fromAuthority: Check<ParametersContext, AnyMessage> = ({ authority }, _, { from }) => {
  if (authority === undefined) return because('no-authority');
  return keyOf(from) === authority
    ? undefined
    : because('not-authority', { authority: `account:${authority}` });
};

const relationsHold = (current: Parameters, next: Parameters) => {
  const [broken] = [...checkRelations(next), ...checkSuccession(current, next)];
  return broken === undefined ? undefined : because('parameter-relation', { ...broken });
};

const proposesSound: Check<ParametersContext, Propose> = ({ current }, { parameters }) =>
  relationsHold(current, parameters);

const noticeOver: Check<ParametersContext, AnyMessage> = ({ pending }, _, { height }) => {
  if (pending === undefined) return because('nothing-proposed');
  return height >= pending.enactableAt
    ? undefined
    : because('enact-too-early', { at: pending.enactableAt });
};

/** Again: the rules of a later version of this program may ask for more. */
const staysSound: Check<ParametersContext, AnyMessage> = ({ current, pending }) =>
  pending === undefined ? undefined : relationsHold(current, pending.parameters);

export const guards = {
  mayPropose: guard('propose', fromAuthority, proposesSound),
  mayEnact: guard('enact', noticeOver, staysSound),
};
