import { actorId, emit, keyOf, payAccount, send, stepsOf, type Call } from '../kit/index.ts';
import { NODES_SWEPT } from './limits.ts';
import type { ProfileMessage } from './messages.ts';
import { initialProfile, type ProfileContext } from './record.ts';
import { changeWeight, freeNodes } from './set.ts';

const step = stepsOf<ProfileContext, ProfileMessage>();

/** The provider that sent the message, as a member. */
const memberOf = (owner: string, { from }: Call) => ({ owner, provider: keyOf(from) });

export const steps = {
  register: step('register', (context, { specification }, { from, value, height }) => {
    const { modelId, tee } = specification;
    return {
      context: {
        ...context,
        specification,
        creator: keyOf(from),
        registeredAt: height,
        depositNlux: value,
        measurements: tee.type === 'none' ? [] : tee.measurements,
      },
      effects: [
        send(actorId('model', modelId), { type: 'profileAdded' }),
        emit('registered', { creator: from, modelId, depositNlux: value }),
      ],
    };
  }),
  append: step('appendMeasurement', (context, { measurement }) => {
    const measurements = [...context.measurements, measurement];
    return {
      context: { ...context, measurements },
      effects: [emit('measurementAppended', { count: measurements.length })],
    };
  }),
  retire: step('retire', (context, _, { height }) => ({
    context: { ...context, retiredAt: height },
    effects: [emit('retired', {})],
  })),
  join: step('join', (context, { owner, weightNlux }, call) =>
    changeWeight(
      { ...context, members: context.members + 1 },
      memberOf(owner, call),
      weightNlux,
      call,
    ),
  ),
  setWeight: step('setWeight', (context, { owner, weightNlux }, call) =>
    changeWeight(context, memberOf(owner, call), weightNlux, call),
  ),
  leave: step('leave', (context, { owner }, call) =>
    changeWeight({ ...context, members: context.members - 1 }, memberOf(owner, call), 0n, call),
  ),
  /** Deletes a part of the old nodes; the message has to be sent again for the rest. */
  sweep: step('remove', (context, _, call) => {
    const { head, effects } = freeNodes(context, NODES_SWEPT, call);
    const left = context.retiredTail - head;
    return {
      context: { ...context, retiredHead: head },
      effects: [...effects, emit('swept', { nodesLeft: left })],
    };
  }),
  remove: step('remove', (context, _, call) => {
    const { creator, depositNlux, specification } = context;
    return {
      context: initialProfile,
      effects: [
        ...freeNodes(context, NODES_SWEPT, call).effects,
        send(actorId('model', specification.modelId), { type: 'profileRemoved' }),
        ...payAccount(creator, 'deposit', depositNlux),
        emit('removed', { depositNlux }),
      ],
    };
  }),
};
