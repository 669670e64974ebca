import type { ActorId, ActorKind } from '../../machines/kit/address.ts';
import type { Messages } from '../../machines/messages.ts';
import type { Printable } from './output.ts';
import type { Row } from './table.ts';

/** A message to an actor of one kind. */
interface DraftOf<K extends ActorKind> {
  readonly receiver: ActorId<K>;
  readonly message: Messages[K];
  /** nLUX that goes along; none unless told. */
  readonly valueNlux?: bigint;
}

/** A transaction before it is estimated, priced and signed. */
export type Draft = { readonly [K in ActorKind]: DraftOf<K> }[ActorKind];

/** What a command wants to send, and what it has to say of it besides the receipt. */
export interface Plan {
  /** One, or several in this order, which do not build on one another. */
  readonly drafts: readonly Draft[];
  /** Names that follow from the plan, such as the id of what is registered. */
  readonly names?: Readonly<Record<string, string>>;
  readonly rows?: readonly Row[];
  readonly facts?: Readonly<Record<string, Printable>>;
}

export const plan = (draft: Draft, names: Readonly<Record<string, string>> = {}): Plan => ({
  drafts: [draft],
  names,
});
