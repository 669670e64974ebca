import { assert } from '../codec/failure.ts';
import { kindOf, type ActorId, type ActorKind, type Collection } from '../machines/kit/index.ts';
import type { Reader, View } from '../machines/kit/index.ts';
import type { WorkingState } from './working.ts';

const NONE: readonly ActorId[] = [];

/**
 * What one transition may see of other actors: those that the rule of its message names, and the
 * collections of these and its own (PROTOCOL §3). Nothing is written before a transition has ended,
 * so what it sees is the state before its message. Anything else is an error of the program.
 */
export class TransitionReader implements Reader {
  readonly #state: WorkingState;
  #self: ActorId | undefined;
  #named = NONE;
  #entries = 0;

  constructor(state: WorkingState) {
    this.#state = state;
  }

  /** Allows what one transition may read. */
  open(self: ActorId, named: readonly ActorId[]): void {
    this.#self = self;
    this.#named = named;
    this.#entries = 0;
  }

  /** Ends it; gives the number of collection entries that were read. */
  close(): number {
    this.#self = undefined;
    this.#named = NONE;
    return this.#entries;
  }

  readonly actor = <K extends ActorKind>(id: ActorId<K>): View<K> | undefined => {
    assert(this.#named.includes(id), `${id} is read, and the rule of the message does not name it`);
    const cell = this.#state.actor(id);
    return this.#state.exists(cell) ? (cell.value as View<K>) : undefined;
  };

  readonly entry = <V>(collection: Collection<V>, owner: ActorId, key: string): V | undefined => {
    const isAllowed = owner === this.#self || this.#named.includes(owner);
    assert(isAllowed, `an entry of ${owner} is read, and the rule of the message does not name it`);
    assert(collection.kind === kindOf(owner), `${owner} has no collection ${collection.name}`);
    this.#entries += 1;
    const cell = this.#state.entry(collection as Collection<unknown>, owner, key);
    return cell.value as V | undefined;
  };
}
