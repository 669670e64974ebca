import type { AnyStateMachine } from 'xstate';
import { assert } from '../../codec/failure.ts';
import type { CallEvent } from './call.ts';
import type { Guard, Reason } from './guard.ts';
import type { AnyMessage } from './message.ts';
import type { Applied, Step } from './step.ts';

/** One way that a message can take from a state. */
export interface Edge<C> {
  readonly target: string;
  readonly guard: { readonly name: string; readonly why: Guard<C>['why'] } | undefined;
  readonly step: { readonly name: string; readonly apply: Step<C>['apply'] } | undefined;
}

/** A refusal by the machine: no edge for this message, or the guard of the last edge tried. */
export type MachineRefusal =
  | { readonly kind: 'not-accepted' }
  | { readonly kind: 'guard'; readonly guard: string; readonly reason: Reason };

export interface Transitioned<C> extends Applied<C> {
  readonly state: string;
}

/** A flat state machine as plain tables. The first edge whose guard holds is taken. */
export interface CompiledMachine<C> {
  readonly initial: string;
  /** In the order of the table; the index is the state's code in records. */
  readonly states: readonly string[];
  readonly edges: ReadonlyMap<string, ReadonlyMap<string, readonly Edge<C>[]>>;
  readonly transition: (
    state: string,
    context: C,
    event: CallEvent<AnyMessage>,
  ) => Transitioned<C> | MachineRefusal;
}

interface Source<C> {
  readonly machine: AnyStateMachine;
  readonly guards: Readonly<Record<string, Guard<C>>>;
  readonly steps: Readonly<Record<string, Step<C>>>;
  readonly rules: Readonly<Record<string, unknown>>;
}

interface EdgeConfig {
  readonly target?: string;
  readonly guard?: string;
  readonly actions?: string;
}

type OnConfig = Readonly<Record<string, string | EdgeConfig | readonly EdgeConfig[]>>;

interface MachineConfig {
  readonly initial?: string;
  readonly on?: OnConfig;
  readonly states?: Readonly<Record<string, { readonly on?: OnConfig }>>;
}

/** `schemas` is what XState's `setup` leaves in the configuration for its own types. */
const MACHINE_KEYS = ['id', 'initial', 'context', 'on', 'states', 'schemas'];
const EDGE_KEYS = ['target', 'guard', 'actions'];

/** Nothing but these keys may stand in a table: whatever else XState knows has no meaning here. */
const checkKeys = (what: string, value: object, known: readonly string[]): void => {
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  assert(unknown.length === 0, `${what}: ${unknown.join(', ')} is not part of a flat machine`);
};

const compileEdge = <C>(
  source: Source<C>,
  where: string,
  event: string,
  from: string,
  config: EdgeConfig,
): Edge<C> => {
  checkKeys(where, config, EDGE_KEYS);
  const target = config.target?.replace(/^\./, '') ?? from;
  const { guard, actions } = config;
  const guardBody = guard === undefined ? undefined : source.guards[guard];
  const stepBody = actions === undefined ? undefined : source.steps[actions];
  assert(guard === undefined || guardBody?.on === event, `${where}: guard ${guard} is for another`);
  assert(actions === undefined || stepBody?.on === event, `${where}: ${actions} is for another`);
  return {
    target,
    guard: guard && guardBody ? { name: guard, why: guardBody.why } : undefined,
    step: actions && stepBody ? { name: actions, apply: stepBody.apply } : undefined,
  };
};

const edgeList = (value: OnConfig[string]): readonly EdgeConfig[] => {
  if (typeof value === 'string') return [{ target: value }];
  return Array.isArray(value) ? (value as readonly EdgeConfig[]) : [value as EdgeConfig];
};

/** The state's own edges come first, those of the root after them, as in XState. */
const compileState = <C>(source: Source<C>, config: MachineConfig, state: string) => {
  const edges = new Map<string, Edge<C>[]>();
  for (const on of [config.states?.[state]?.on ?? {}, config.on ?? {}]) {
    for (const event of Object.keys(on)) {
      const where = `${source.machine.id}.${state}.${event}`;
      assert(Object.hasOwn(source.rules, event), `${where}: no such message`);
      const more = edgeList(on[event] ?? []).map((edge) =>
        compileEdge(source, where, event, state, edge),
      );
      for (const edge of more) {
        assert(config.states?.[edge.target] !== undefined, `${where}: no state ${edge.target}`);
      }
      edges.set(event, [...(edges.get(event) ?? []), ...more]);
    }
  }
  return edges;
};

const NOT_ACCEPTED: MachineRefusal = { kind: 'not-accepted' };

/**
 * Compiles a flat XState v5 machine into tables, once at start: XState's own `transition()` builds
 * an actor per call and costs about a hundred times as much. A property test holds both equal.
 */
export const compile = <C>(source: Source<C>): CompiledMachine<C> => {
  const config = source.machine.config as unknown as MachineConfig;
  checkKeys(source.machine.id, config, MACHINE_KEYS);
  const states = Object.keys(config.states ?? {});
  const edges = new Map(states.map((state) => [state, compileState(source, config, state)]));
  for (const state of states) {
    checkKeys(`${source.machine.id}.${state}`, config.states?.[state] ?? {}, ['on']);
  }
  const transition: CompiledMachine<C>['transition'] = (state, context, event) => {
    const candidates = edges.get(state)?.get(event.type);
    if (candidates === undefined) return NOT_ACCEPTED;
    let refusal: MachineRefusal = NOT_ACCEPTED;
    for (const { target, guard, step } of candidates) {
      const reason = guard?.why(context, event);
      if (guard !== undefined && reason !== undefined) {
        refusal = { kind: 'guard', guard: guard.name, reason };
        continue;
      }
      const applied = step?.apply(context, event) ?? { context, effects: [] };
      return { state: target, ...applied };
    }
    return refusal;
  };
  assert(config.initial !== undefined, `${source.machine.id}: no initial state`);
  return { initial: config.initial, states, edges, transition };
};
