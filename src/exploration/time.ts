import type { World } from './world.ts';

/** A way in which time passes. */
export interface Passing {
  readonly label: string;
  /** Until the next block; at the pace of the chain where absent. */
  readonly seconds: bigint | undefined;
}

/** Time alone: what happens if nobody does anything. */
export const BLOCK: Passing = { label: 'a block passes', seconds: undefined };

/** The next block comes in time, or after one of the pauses of the world. */
export const passing = ({ pauses }: Pick<World, 'pauses'>): readonly Passing[] => [
  BLOCK,
  ...pauses.map((seconds) => ({
    label: `the chain stands still for ${seconds} s`,
    seconds: BigInt(seconds),
  })),
];
