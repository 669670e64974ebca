import { opensslEngine } from '../../../src/tee/p256/openssl.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shape } from '../../../src/codec/index.ts';
import { ACTOR_KINDS, actorId, kindOf } from '../../../src/machines/kit/index.ts';
import type { ActorId, ActorKind, AnyMessage, Call } from '../../../src/machines/kit/index.ts';
import type { Collection } from '../../../src/machines/kit/index.ts';
import { setNodes } from '../../../src/machines/profile/record.ts';
import { REGISTRY } from '../../../src/machines/registry.ts';
import { MAINNET } from '../../../src/genesis/presets/mainnet.ts';
import { LUX, SHORT } from '../../support/parameters.ts';
import { CHAIN } from '../../support/world.ts';
import { valuesOf } from './support/small-values.ts';
import { compareEngines } from './support/xstate.ts';

const KINDS = Object.keys(ACTOR_KINDS) as ActorKind[];

const messagesOf = (shape: Shape): readonly string[] =>
  shape.kind === 'variants' ? shape.variants.map(({ name }) => name) : [];

/** A value that only depends on the seed and what it is for, so that both engines see the same. */
const sampled = <T>(schema: Parameters<typeof valuesOf<T>>[0], seed: number): T | undefined =>
  fc.sample(valuesOf(schema), { numRuns: 1, seed })[0];

/** A call in a world that answers every read: at random, but twice the same. */
const callOf = (kind: ActorKind, from: ActorId, seed: number): Call => ({
  self: actorId(kind, 'a5'.repeat(ACTOR_KINDS[kind].keyBytes)) as ActorId,
  from,
  value: [0n, 1n, 100n * LUX][seed % 3] ?? 0n,
  balance: 1000n * LUX,
  height: [1n, 8n, 1_000_000n][seed % 3] ?? 1n,
  time: 1000n,
  networkId: CHAIN.networkId,
  chainId: CHAIN.chainId,
  parameters: SHORT,
  read: {
    actor: (id) => {
      const definition = REGISTRY[kindOf(id)];
      const at = seed + kindOf(id).length;
      const { states } = definition.compiled;
      const state = states[at % states.length] ?? '';
      if (at % 5 === 0) return undefined;
      return { state, balance: 5n, context: sampled(definition.context, at) as never };
    },
    entry: <V>(collection: Collection<V>) => {
      // A tree of leaves only: garbage of branches may go round in circles.
      if (collection.code === setNodes.code && collection.kind === 'profile') return LEAF as V;
      return seed % 4 === 0 ? undefined : sampled(collection.value, seed);
    },
  },
  verifier: {
    recoverAddress: () => ['00', '11', 'a5'][seed % 3]?.repeat(20),
    verifyDrand: () => seed % 2 === 0,
    tee: { engine: opensslEngine, cache: undefined },
  },
});

const LEAF = { type: 'leaf', owner: '11'.repeat(20), provider: 'a5'.repeat(20), weightNlux: 7n };

/** What chance does not make, and some guard asks for. */
const RARE: Partial<Readonly<Record<ActorKind, { message: object; context: unknown }>>> = {
  parameters: {
    message: { type: 'propose', parameters: MAINNET },
    context: {
      current: MAINNET,
      authority: 'a5'.repeat(20),
      pending: { parameters: MAINNET, enactableAt: 8n },
    },
  },
};

const anyContext = (kind: ActorKind): fc.Arbitrary<unknown> => {
  const usual = valuesOf(REGISTRY[kind].context);
  const rare = RARE[kind];
  return rare === undefined ? usual : fc.oneof(usual, fc.constant(rare.context));
};

const anyMessage = (kind: ActorKind): fc.Arbitrary<AnyMessage> => {
  const usual = valuesOf(REGISTRY[kind].messages);
  const rare = RARE[kind];
  return rare === undefined ? usual : fc.oneof(usual, fc.constant(rare.message as AnyMessage));
};

const sendersOf = (kind: ActorKind): readonly ActorId[] =>
  KINDS.flatMap((from) =>
    ['00', 'a5'].map((byte) => actorId(from, byte.repeat(ACTOR_KINDS[from].keyBytes)) as ActorId),
  ).concat(actorId(kind, 'a5'.repeat(ACTOR_KINDS[kind].keyBytes)) as ActorId);

const RUNS_PER_MACHINE = 1500;

describe('the compiled reducer equals XState', () => {
  it.each(KINDS)('%s: any message in any state with any context', (kind) => {
    const definition = REGISTRY[kind];
    const outcomes = { applied: 0, refused: 0, thrown: 0 };
    const arbitrary = fc.record({
      state: fc.constantFrom(...definition.compiled.states),
      context: anyContext(kind),
      message: anyMessage(kind),
      from: fc.constantFrom(...sendersOf(kind)),
      seed: fc.nat({ max: 10_000 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ state, context, message, from, seed }) => {
        const event = { type: message.type, message, call: callOf(kind, from, seed) };
        outcomes[compareEngines(definition, state, context, event)] += 1;
      }),
      { numRuns: RUNS_PER_MACHINE, seed: 5 },
    );
    expect(outcomes.applied).toBeGreaterThan(0);
    expect(outcomes.thrown).toBeLessThan(RUNS_PER_MACHINE / 2);
  });

  it('knows all messages of every machine', () => {
    for (const kind of KINDS) {
      const { messages, rules } = REGISTRY[kind];
      expect(messagesOf(messages.shape).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(
        Object.keys(rules).toSorted((a, b) => (a < b ? -1 : 1)),
      );
    }
  });
});
