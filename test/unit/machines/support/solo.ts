import { opensslEngine } from '../../../../src/tee/p256/openssl.ts';
import { REGISTRY } from '../../../../src/machines/registry.ts';
import { kindOf } from '../../../../src/machines/kit/index.ts';
import type {
  ActorId,
  ActorKind,
  Call,
  Collection,
  Effect,
  Reader,
  SendEffect,
  View,
} from '../../../../src/machines/kit/index.ts';
import type { Messages } from '../../../../src/machines/messages.ts';
import type { Contexts } from '../../../../src/machines/records.ts';
import { verifyDrand } from '../../../../src/machines/beacon/drand.ts';
import { PARAMETER_PRESETS } from '../../../../src/genesis/presets/index.ts';

const entryKey = (collection: Collection<unknown>, owner: ActorId, key: string): string =>
  `${collection.name}/${owner}/${key}`;

/**
 * One actor on its own, in the hands of its compiled machine: its state, its collections, and what
 * it has sent. What it reads of others is what a test puts into `views`.
 */
export class Solo<K extends ActorKind> {
  readonly id: ActorId<K>;
  state: string;
  context: Contexts[K];
  height = 100n;
  time = 1_800_000_000n;
  parameters = PARAMETER_PRESETS.mainnet;
  readonly chainId = 'c4'.repeat(32);
  readonly views = new Map<string, View<ActorKind>>();
  readonly entries = new Map<string, unknown>();
  /** What the last message made the actor do. */
  effects: readonly Effect[] = [];

  constructor(id: ActorId<K>) {
    this.id = id;
    const { compiled, initial } = REGISTRY[kindOf(id)];
    this.state = compiled.initial;
    this.context = initial as Contexts[K];
  }

  get sent(): readonly SendEffect[] {
    return this.effects.filter((effect) => effect.type === 'send');
  }

  entry<V>(collection: Collection<V>, key: string): V | undefined {
    return this.entries.get(entryKey(collection, this.id, key)) as V | undefined;
  }

  /** Number of entries of a collection. */
  count(collection: Collection<unknown>): number {
    const prefix = `${collection.name}/`;
    return [...this.entries.keys()].filter((key) => key.startsWith(prefix)).length;
  }

  #call(from: ActorId, value: bigint): Call {
    const read: Reader = {
      actor: (id) => this.views.get(id) as never,
      entry: (collection, owner, key) =>
        this.entries.get(entryKey(collection, owner, key)) as never,
    };
    const { id, height, time, chainId, parameters } = this;
    const tee = { engine: opensslEngine, cache: undefined };
    const verifier = { recoverAddress: () => undefined, verifyDrand, tee };
    const place = { self: id, from, value, balance: value, height, time, networkId: 1, chainId };
    return { ...place, parameters, read, verifier };
  }

  /** Sends a message; gives the code of the refusal, or nothing if the message was applied. */
  send(from: ActorId, message: Messages[K], value = 0n): string | undefined {
    const { compiled } = REGISTRY[kindOf(this.id)];
    const event = { type: message.type, message, call: this.#call(from, value) };
    const result = compiled.transition(this.state, this.context, event as never);
    if ('kind' in result) return result.kind === 'guard' ? result.reason.code : result.kind;
    this.state = result.state;
    this.context = result.context as Contexts[K];
    this.effects = result.effects;
    for (const effect of result.effects) {
      if (effect.type !== 'put') continue;
      const key = entryKey(effect.collection, this.id, effect.key);
      if (effect.value === undefined) this.entries.delete(key);
      else this.entries.set(key, effect.value);
    }
    return undefined;
  }
}
