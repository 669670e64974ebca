import { emit, keyOf, payAccount, stepsOf } from '../kit/index.ts';
import type { ModelMessage } from './messages.ts';
import { initialModel, type ModelContext } from './record.ts';

const step = stepsOf<ModelContext, ModelMessage>();

export const steps = {
  register: step('register', (_, message, { from, value, height }) => {
    const { type: _type, ...fields } = message;
    return {
      context: {
        ...fields,
        owner: keyOf(from),
        registeredAt: height,
        profileCount: 0,
        offeredTo: undefined,
        depositNlux: value,
      },
      effects: [emit('registered', { owner: from, name: message.name, depositNlux: value })],
    };
  }),
  update: step('update', (context, { type: _type, ...metadata }) => ({
    context: { ...context, ...metadata },
    effects: [emit('updated', { name: metadata.name, version: metadata.version })],
  })),
  transfer: step('transfer', (context, { owner }, { from }) => ({
    context: { ...context, offeredTo: owner },
    effects: [emit('offered', { from, to: `account:${owner}` })],
  })),
  accept: step('accept', (context, _, { from }) => ({
    context: { ...context, owner: keyOf(from), offeredTo: undefined },
    effects: [emit('transferred', { from: `account:${context.owner}`, to: from })],
  })),
  deprecate: step('deprecate', (context) => ({
    context,
    effects: [emit('deprecated', {})],
  })),
  remove: step('remove', ({ owner, depositNlux }) => ({
    context: initialModel,
    effects: [...payAccount(owner, 'deposit', depositNlux), emit('removed', { depositNlux })],
  })),
  addProfile: step('profileAdded', (context) => ({
    context: { ...context, profileCount: context.profileCount + 1 },
    effects: [],
  })),
  removeProfile: step('profileRemoved', (context) => ({
    context: { ...context, profileCount: context.profileCount - 1 },
    effects: [],
  })),
};
