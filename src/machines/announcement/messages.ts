import { variants, type Infer } from '../../codec/index.ts';
import type { MessageRules } from '../kit/message.ts';
import type { AnnouncementContext } from './record.ts';

export const announcementMessage = variants({
  announce: [1, {}],
  withdraw: [2, {}],
});
export type AnnouncementMessage = Infer<typeof announcementMessage>;

export const announcementRules: MessageRules<AnnouncementMessage, AnnouncementContext> = {
  announce: { from: ['account'] },
  withdraw: { from: ['account'] },
};
