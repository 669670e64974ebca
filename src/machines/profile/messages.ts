import { amount, hex, variants, type Infer } from '../../codec/index.ts';
import { actorId } from '../kit/address.ts';
import type { MessageRules } from '../kit/message.ts';
import { measurement } from '../tee/measurement.ts';
import { profileSpecification, type ProfileContext } from './record.ts';

export const profileMessage = variants({
  register: [1, { specification: profileSpecification }],
  appendMeasurement: [2, { measurement }],
  retire: [3, {}],
  remove: [4, {}],
  /** A provider enters, changes its weight or (`setWeight` 0) keeps its place without a draw. */
  join: [5, { owner: hex(20), weightNlux: amount }],
  setWeight: [6, { owner: hex(20), weightNlux: amount }],
  leave: [7, { owner: hex(20) }],
});
export type ProfileMessage = Infer<typeof profileMessage>;

export const profileRules: MessageRules<ProfileMessage, ProfileContext> = {
  register: {
    from: ['account'],
    payable: true,
    reads: ({ specification }) => [actorId('model', specification.modelId)],
  },
  appendMeasurement: { from: ['account'] },
  retire: { from: ['account'] },
  remove: { from: ['account'] },
  join: { from: ['provider'] },
  setWeight: { from: ['provider'] },
  leave: { from: ['provider'] },
};
