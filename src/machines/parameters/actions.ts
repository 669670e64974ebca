import { emit, stepsOf } from '../kit/index.ts';
import type { ParametersMessage } from './messages.ts';
import type { ParametersContext } from './record.ts';

const step = stepsOf<ParametersContext, ParametersMessage>();

export const steps = {
  /** A new proposal takes the place of one that waits, and its notice starts again. */
  propose: step('propose', (context, { parameters }, { height }) => {
    const enactableAt = height + context.current.noticeBlocks;
    return {
      context: { ...context, pending: { parameters, enactableAt } },
      effects: [emit('proposed', { enactableAt })],
    };
  }),
  enact: step('enact', (context) => ({
    context: {
      ...context,
      current: context.pending?.parameters ?? context.current,
      pending: undefined,
    },
    effects: [emit('enacted', {})],
  })),
};
