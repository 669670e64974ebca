import { bool, hex, variants, type Infer } from '../../codec/index.ts';
import type { MessageRules } from '../kit/message.ts';
import { modelMetadata, type ModelContext } from './record.ts';

export const modelMessage = variants({
  register: [1, { weightHash: hex(32), teeRequired: bool, ...modelMetadata }],
  update: [2, modelMetadata],
  /** An offer: nobody becomes the owner, and is kept from panels as one, without consent. */
  transfer: [3, { owner: hex(20) }],
  deprecate: [4, {}],
  remove: [5, {}],
  accept: [8, {}],
  profileAdded: [6, {}],
  profileRemoved: [7, {}],
});
export type ModelMessage = Infer<typeof modelMessage>;

export const modelRules: MessageRules<ModelMessage, ModelContext> = {
  register: { from: ['account'], payable: true },
  update: { from: ['account'] },
  transfer: { from: ['account'] },
  accept: { from: ['account'] },
  deprecate: { from: ['account'] },
  remove: { from: ['account'] },
  profileAdded: { from: ['profile'] },
  profileRemoved: { from: ['profile'] },
};
