import { hex, record, u64, type Infer } from '../../codec/index.ts';

/**
 * An announcement counts for an opening so many blocks later at most. Were there no end, a friend
 * of whoever attests something wrong could announce its audit at once, and so be before every
 * challenger that comes, and take the rewards for which they look.
 */
export const ANNOUNCEMENT_BLOCKS = 30n;

/** Nothing in it tells which challenge is meant: that is in its address, under a salt. */
export const announcementContext = record({
  announcer: hex(20),
  /** Height of the block that brought it. */
  height: u64,
});
export type AnnouncementContext = Infer<typeof announcementContext>;

export const initialAnnouncement: AnnouncementContext = {
  announcer: '0'.repeat(40),
  height: 0n,
};
