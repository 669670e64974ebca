import type { RecordOf } from '../../actors/index.ts';
import type { ActorId } from '../../machines/kit/index.ts';
import type { Order } from '../../testing/orders.ts';
import type { Ground } from '../ground.ts';
import type { Lexicon } from '../lexicon.ts';
import type { Setting } from '../setting.ts';

/** One thing that somebody may try in a state. */
export interface Move {
  /** What is done, as a person would say it; no two moves of a state have the same. */
  readonly label: string;
  readonly order: Order;
}

/** What moves are made from. */
export interface Scene {
  readonly setting: Setting;
  readonly ground: Ground;
  readonly lexicon: Lexicon;
}

export interface Dispute {
  readonly id: ActorId<'challenge'>;
  readonly record: RecordOf<'challenge'>;
  /** Such as `pair(ada, bob)`. */
  readonly label: string;
}

/** Every challenge of a state, by its label. */
export const disputesOf = ({ ground, lexicon }: Scene): readonly Dispute[] =>
  ground.view
    .all('challenge')
    .map(({ id, record }) => ({ id, record, label: lexicon.challenge(record.context) }));

/** Makes the moves of one name. */
export type MovesOf = (scene: Scene) => readonly Move[];
