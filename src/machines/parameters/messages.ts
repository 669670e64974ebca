import { variants, type Infer } from '../../codec/index.ts';
import type { MessageRules } from '../kit/message.ts';
import { parameters, type ParametersContext } from './record.ts';

export const parametersMessage = variants({
  propose: [1, { parameters }],
  enact: [2, {}],
});
export type ParametersMessage = Infer<typeof parametersMessage>;

export const parametersRules: MessageRules<ParametersMessage, ParametersContext> = {
  propose: { from: ['account'] },
  enact: { from: ['account'] },
};
