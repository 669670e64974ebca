import { emit, send, type Apply } from '../kit/index.ts';
import type { ProviderMessage } from './messages.ts';
import type { ProviderContext } from './record.ts';
import { goodbyes } from './service.ts';
import { takeWhole } from './stake.ts';

type Tombstone = Extract<ProviderMessage, { type: 'tombstone' }>;

/**
 * The end of a provider that signed two answers to one claim (PROTOCOL §6). All that is free and
 * all liable unbonding go to the challenge at once; what other challenges have locked is owed, and
 * burned as they release it. It leaves every profile without notice: whatever of it is pending is
 * void, so nothing waits for it. Another proof later takes what the first did not reach.
 */
export const tombstone: Apply<ProviderContext, Tombstone> = (context, { height }, call) => {
  const { context: bare, takenNlux } = takeWhole(context, height);
  const tombstonedAt = context.tombstonedAt === 0n ? call.height : context.tombstonedAt;
  return {
    context: { ...bare, tombstonedAt, weightNlux: 0n, served: [] },
    effects: [
      send(call.from as `challenge:${string}`, { type: 'tombstoned' }, takenNlux),
      ...goodbyes(context),
      emit('tombstoned', { amountNlux: takenNlux, by: call.from, height }),
    ],
  };
};
