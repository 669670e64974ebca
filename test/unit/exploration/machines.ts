// Machines of the chain with a fault each.
import type { Machines } from '../../../src/exploration/index.ts';
import type { ActorKind } from '../../../src/machines/kit/index.ts';
import { REGISTRY } from '../../../src/machines/registry.ts';

type Transition = Machines[ActorKind]['compiled']['transition'];

/** The chain's machines with one that decides otherwise. */
const machinesWith = (kind: ActorKind, change: (decide: Transition) => Transition): Machines => {
  const definition = REGISTRY[kind];
  const { compiled } = definition;
  const transition = change(compiled.transition);
  return { ...REGISTRY, [kind]: { ...definition, compiled: { ...compiled, transition } } };
};

/** A provider that goes on as if its lock were released, and keeps it. */
export const keepsLocks = machinesWith('provider', (decide) => (state, context, event) => {
  const decided = decide(state, context, event);
  if (event.type !== 'unlock' || 'kind' in decided) return decided;
  const { lockedNlux } = context as { readonly lockedNlux: bigint };
  const after = decided.context as { readonly freeNlux: bigint };
  const freeNlux = after.freeNlux - lockedNlux;
  return { ...decided, context: { ...after, freeNlux, lockedNlux } };
});

/** A challenge that forgets its timer when a panel has been drawn. */
export const losesTimer = machinesWith('challenge', (decide) => (state, context, event) => {
  const decided = decide(state, context, event);
  if ('kind' in decided || decided.state !== 'commit') return decided;
  return { ...decided, effects: decided.effects.filter(({ type }) => type !== 'wake') };
});

/** A challenge that asks for the slash of a faulty defendant twice over. */
export const slashesTwice = machinesWith('challenge', (decide) => (state, context, event) => {
  const decided = decide(state, context, event);
  if ('kind' in decided || decided.state !== 'final') return decided;
  const effects = decided.effects.map((effect) => {
    if (effect.type !== 'send' || effect.message.type !== 'slash') return effect;
    const { amountNlux } = effect.message as unknown as { readonly amountNlux: bigint };
    return { ...effect, message: { ...effect.message, amountNlux: 2n * amountNlux } };
  });
  return { ...decided, effects };
});

/** A challenge of which time makes nothing: its window begins again and again. */
export const neverEnds = machinesWith('challenge', (decide) => (state, context, event) => {
  if (event.type !== 'wake' || state !== 'awaitSeed') return decide(state, context, event);
  const deadline = event.call.height + 1n;
  const waiting = { ...(context as object), deadline };
  return { state, context: waiting, effects: [{ type: 'wake', height: deadline }] };
});
