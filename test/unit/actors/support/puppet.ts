import {
  amount,
  blob,
  bool,
  decode,
  embedded,
  encode,
  list,
  record,
} from '../../../../src/codec/index.ts';
import { u16, u32, u64, u8, variants, type Infer } from '../../../../src/codec/index.ts';
import {
  collection,
  defineActor,
  guardsOf,
  machineOf,
  stepsOf,
} from '../../../../src/machines/kit/index.ts';
import {
  ACTOR_KINDS,
  anyActor,
  because,
  emit,
  put,
  refundGas,
  wakeAt,
} from '../../../../src/machines/kit/index.ts';
import type {
  ActorDefinition,
  ActorId,
  AnyMessage,
  ActorKind,
  Call,
  Effect,
} from '../../../../src/machines/kit/index.ts';

/** A machine that does what its messages tell it: tests of the kernel write cascades with it. */
export const MAX_PROGRAM_BYTES = 8192;
export const PUPPET_CONTEXT_BYTES = 600;
export const MAX_OPS = 20;

const op = variants({
  send: [1, { to: anyActor, value: amount, program: blob(MAX_PROGRAM_BYTES) }],
  transfer: [2, { to: anyActor, value: amount }],
  restricted: [3, { to: anyActor }],
  free: [4, { to: anyActor, value: amount }],
  wake: [5, { height: u64 }],
  cancel: [6, {}],
  emit: [7, { times: u16 }],
  put: [8, { key: u8, value: u32 }],
  drop: [9, { key: u8 }],
  /** Makes the context so long. */
  store: [10, { bytes: u16 }],
  /** The program of the timer. */
  plan: [11, { program: blob(MAX_PROGRAM_BYTES) }],
  refuse: [12, {}],
  /** Sends so many empty messages to itself. */
  flood: [13, { times: u16 }],
  /** Reads another actor without the rule having named it. */
  peek: [14, { actor: anyActor }],
  peekEntry: [15, { actor: anyActor, key: u8 }],
  /** Gives away what it does not have. */
  overspend: [16, {}],
  refund: [17, {}],
});
export type Op = Infer<typeof op>;
export type Program = readonly Op[];

const program = record({ ops: list(embedded(op), MAX_OPS) });

export const compileProgram = (ops: Program): Uint8Array => encode(program, { ops });

export const opsOf = (bytes: Uint8Array): Program => {
  if (bytes.length === 0) return [];
  const decoded = decode(program, bytes, MAX_PROGRAM_BYTES);
  return decoded.ok ? decoded.value.ops : [];
};

export const puppetContext = record({
  counter: u32,
  filler: blob(2000),
  plan: blob(MAX_PROGRAM_BYTES),
});
export type PuppetContext = Infer<typeof puppetContext>;

export const initialPuppet: PuppetContext = {
  counter: 0,
  filler: new Uint8Array(0),
  plan: new Uint8Array(0),
};

export const puppetMessage = variants({
  act: [1, { program: blob(MAX_PROGRAM_BYTES), reads: list(anyActor, 4) }],
  /** Like `act`, and not payable. */
  free: [2, {}],
  /** Nobody may send it. */
  restricted: [3, {}],
  wake: [4, {}],
  shut: [5, {}],
  costly: [6, { gas: u32 }],
  leave: [7, { clean: bool }],
});
export type PuppetMessage = Infer<typeof puppetMessage>;

const KINDS = Object.keys(ACTOR_KINDS) as ActorKind[];

/** Entries that puppets of this kind keep. */
export const puppetEntries = (kind: ActorKind) =>
  collection({ kind, name: 'entries', code: 1, keyBytes: 1, value: record({ value: u32 }) });

/** A message to any puppet or account; the kernel encodes it by the receiver's own schema. */
const sendAny = (to: ActorId, message: object, value = 0n): Effect => ({
  type: 'send',
  to,
  value,
  message: message as AnyMessage,
});

const CREDIT = { type: 'credit', purpose: 'refund' };

const byteHex = (value: number): string => value.toString(16).padStart(2, '0');

const perform = (kind: ActorKind, ops: Program, context: PuppetContext, call: Call) => {
  let next = { ...context, counter: context.counter + 1 };
  const entries = puppetEntries(kind);
  const effects: Effect[] = [];
  let left = call.balance;
  /** As much of an amount as there is. */
  const pay = (wanted: bigint): bigint => {
    const paid = wanted < left ? wanted : left;
    left -= paid;
    return paid;
  };
  for (const each of ops) {
    switch (each.type) {
      case 'send': {
        const message = { type: 'act', program: each.program, reads: [] };
        effects.push(sendAny(each.to, message, pay(each.value)));
        break;
      }
      case 'transfer':
        effects.push(sendAny(each.to, CREDIT, pay(each.value)));
        break;
      case 'restricted':
        effects.push(sendAny(each.to, { type: 'restricted' }));
        break;
      case 'free':
        effects.push(sendAny(each.to, { type: 'free' }, pay(each.value)));
        break;
      case 'wake':
        effects.push(wakeAt(each.height));
        break;
      case 'refund':
        effects.push(refundGas);
        break;
      case 'cancel':
        effects.push(wakeAt(undefined));
        break;
      case 'emit':
        for (let i = 0; i < each.times; i++) effects.push(emit('note', { counter: next.counter }));
        break;
      case 'put':
        effects.push(put(entries, byteHex(each.key), { value: each.value }));
        break;
      case 'drop':
        effects.push(put(entries, byteHex(each.key), undefined));
        break;
      case 'store':
        next = { ...next, filler: new Uint8Array(each.bytes) };
        break;
      case 'plan':
        next = { ...next, plan: each.program };
        break;
      case 'flood':
        for (let i = 0; i < each.times; i++) effects.push(sendAny(call.self, { type: 'free' }));
        break;
      case 'peek':
        call.read.actor(each.actor);
        break;
      case 'peekEntry':
        call.read.entry(entries, each.actor, byteHex(each.key));
        break;
      case 'overspend':
        effects.push(sendAny(call.self, { type: 'free' }, call.balance + 1n));
        break;
      case 'refuse':
        break;
    }
  }
  return { context: next, effects };
};

/** A puppet of any kind: `open` from the start, or `absent` until its first message. */
export const puppet = (kind: ActorKind, initial: 'open' | 'absent' = 'open'): ActorDefinition => {
  const guard = guardsOf<PuppetContext, PuppetMessage>();
  const step = stepsOf<PuppetContext, PuppetMessage>();
  const rules = {
    act: { from: KINDS, payable: true, reads: ({ reads }: { reads: readonly never[] }) => reads },
    free: { from: KINDS },
    restricted: { from: [] },
    wake: { from: [] },
    shut: { from: KINDS },
    costly: { from: KINDS, gas: ({ gas }: { gas: number }) => gas },
    leave: { from: KINDS },
  };
  const guards = {
    mayAct: guard('act', (_, message) =>
      opsOf(message.program).some(({ type }) => type === 'refuse')
        ? because('value-missing', { by: 'script' })
        : undefined,
    ),
  };
  const steps = {
    act: step('act', (context, message, call) =>
      perform(kind, opsOf(message.program), context, call),
    ),
    wake: step('wake', (context, _, call) => perform(kind, opsOf(context.plan), context, call)),
    leave: step('leave', (context, { clean }, call) => ({
      context: clean ? initialPuppet : context,
      effects: clean ? [wakeAt(undefined), sendAny(call.from, CREDIT, call.balance)] : [],
    })),
  };
  const alive = {
    act: { guard: 'mayAct', actions: 'act', target: 'open' },
    free: {},
    costly: {},
    restricted: {},
    shut: { target: 'shut' },
    leave: { target: initial, actions: 'leave' },
  } as const;
  const machine = machineOf({
    context: initialPuppet,
    events: rules,
    guards,
    steps,
    table: {
      id: kind,
      initial,
      on: { wake: { actions: 'wake' } },
      states: { absent: { on: alive }, open: { on: alive }, shut: {} },
    } as never,
  });
  return defineActor({
    kind,
    machine,
    guards,
    steps,
    initial: initialPuppet,
    context: puppetContext,
    contextBytes: PUPPET_CONTEXT_BYTES,
    messages: puppetMessage,
    rules,
  } as never) as unknown as ActorDefinition;
};
