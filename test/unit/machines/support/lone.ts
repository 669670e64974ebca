import { recoverAddress } from '../../../../src/codec/index.ts';
import { loadSecp256k1 } from '../../../../src/codec/node.ts';
import { verifyDrand } from '../../../../src/machines/beacon/drand.ts';
import { kindOf } from '../../../../src/machines/kit/index.ts';
import type { ActorDefinition, AnyMessage, Call } from '../../../../src/machines/kit/index.ts';
import type { ActorId, ActorKind, Collection, View } from '../../../../src/machines/kit/index.ts';
import type { Effect, Reader, SendEffect } from '../../../../src/machines/kit/index.ts';
import { nobleEngine } from '../../../../src/tee/index.ts';
import { SHORT } from '../../../support/parameters.ts';

const engine = loadSecp256k1();
const NETWORK = { networkId: 12_345, chainId: 'c4'.repeat(32) };

const VERIFIER: Call['verifier'] = {
  recoverAddress: (digest, signature) => {
    const recovered = recoverAddress(engine, digest, signature);
    return recovered.ok ? recovered.value : undefined;
  },
  verifyDrand,
  tee: { engine: nobleEngine, cache: undefined },
};

const entryKey = (collection: Collection<unknown>, owner: ActorId, key: string): string =>
  `${collection.name}/${owner}/${key}`;

/**
 * One actor by its definition alone, without the registry of all kinds: the rules of its messages
 * are kept as the kernel keeps them (who may send, value, what may be read), and so is its balance.
 */
export class Lone<C, M extends AnyMessage> {
  readonly network = NETWORK;
  readonly id: ActorId;
  readonly #definition: ActorDefinition<C, M>;
  state: string;
  context: C;
  balance = 0n;
  height = 100n;
  time = 1_800_000_000n;
  parameters = SHORT;
  readonly views = new Map<ActorId, View<ActorKind>>();
  readonly entries = new Map<string, unknown>();
  /** What the last message made the actor do. */
  effects: readonly Effect[] = [];

  constructor(definition: ActorDefinition<C, M>, id: ActorId) {
    this.#definition = definition;
    this.id = id;
    this.state = definition.compiled.initial;
    this.context = definition.initial;
  }

  get sent(): readonly SendEffect[] {
    return this.effects.filter((effect) => effect.type === 'send');
  }

  /** Value that the last message sent to an actor. */
  paidTo(to: ActorId): bigint {
    return this.sent
      .filter((effect) => effect.to === to)
      .reduce((sum, { value }) => sum + value, 0n);
  }

  /** Names and fields of the events of the last message. */
  get events(): readonly (readonly [string, Readonly<Record<string, string>>])[] {
    return this.effects.flatMap((effect) =>
      effect.type === 'emit' ? [[effect.name, effect.fields] as const] : [],
    );
  }

  entry<V>(collection: Collection<V>, key: string): V | undefined {
    return this.entries.get(entryKey(collection, this.id, key)) as V | undefined;
  }

  #reader(named: readonly ActorId[]): Reader {
    const allow = (id: ActorId): void => {
      if (id !== this.id && !named.includes(id)) throw new Error(`${id} is not in the reads`);
    };
    return {
      actor: (id) => {
        allow(id);
        return this.views.get(id) as never;
      },
      entry: (collection, owner, key) => {
        allow(owner);
        return this.entries.get(entryKey(collection, owner, key)) as never;
      },
    };
  }

  /** Sends a message; gives the code of the refusal, or nothing if the message was applied. */
  send(from: ActorId, message: M, value = 0n): string | undefined {
    const { compiled, rules } = this.#definition;
    const rule = rules[message.type as M['type']];
    if (!rule.from.includes(kindOf(from))) return 'sender-not-entitled';
    if (value > 0n && rule.payable !== true) return 'value-not-payable';
    const { id: self, context, height, time, parameters } = this;
    const named = rule.reads?.(message as never, { self, from, context }) ?? [];
    const place = { self, from, value, balance: this.balance + value, height, time, ...NETWORK };
    const call: Call = { ...place, parameters, read: this.#reader(named), verifier: VERIFIER };
    const result = compiled.transition(this.state, context, {
      type: message.type,
      message,
      call,
    } as never);
    if ('kind' in result) return result.kind === 'guard' ? result.reason.code : result.kind;
    this.state = result.state;
    this.context = result.context;
    this.effects = result.effects;
    this.balance += value - this.sent.reduce((sum, effect) => sum + effect.value, 0n);
    if (this.balance < 0n) throw new Error('the actor spends what it does not have');
    for (const effect of result.effects) {
      if (effect.type !== 'put') continue;
      const key = entryKey(effect.collection, this.id, effect.key);
      if (effect.value === undefined) this.entries.delete(key);
      else this.entries.set(key, effect.value);
    }
    return undefined;
  }
}
