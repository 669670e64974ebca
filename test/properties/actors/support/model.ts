import { addressHex, type ActorId } from '../../../../src/machines/kit/index.ts';
import { opsOf, PUPPET_CONTEXT_BYTES, type Program } from '../../../unit/actors/support/puppet.ts';

/*
 * A naive model of the kernel over puppets and accounts. It shares nothing with it: no journal (the
 * whole state is copied for a transaction), no caches, no gas.
 */

export interface ModelActor {
  state: string;
  balance: bigint;
  wakeAt: bigint | undefined;
  nonce: bigint;
  counter: number;
  filler: number;
  plan: Uint8Array;
  entries: Map<number, number>;
}

export type ModelState = Map<ActorId, ModelActor>;

interface Letter {
  readonly from: ActorId;
  readonly to: ActorId;
  readonly value: bigint;
  readonly type: string;
  readonly program: Uint8Array;
}

export interface ModelResult {
  readonly refused: string | undefined;
  readonly delivered: number;
  readonly events: number;
}

const NOTHING = new Uint8Array(0);

const kindOf = (id: ActorId): string => id.split(':')[0] ?? '';
const isAccount = (id: ActorId): boolean => kindOf(id) === 'account';

export const actorIn = (state: ModelState, id: ActorId): ModelActor => {
  const known = state.get(id);
  if (known !== undefined) return known;
  const fresh: ModelActor = {
    state: kindOf(id) === 'request' ? 'absent' : 'open',
    balance: 0n,
    wakeAt: undefined,
    nonce: 0n,
    counter: 0,
    filler: 0,
    plan: NOTHING,
    entries: new Map(),
  };
  state.set(id, fresh);
  return fresh;
};

const headOf = (length: number): number => (length < 24 ? 1 : length < 256 ? 2 : 3);

const contextBytes = ({ counter, filler, plan }: ModelActor): number =>
  1 + headOf(counter) + headOf(filler) + filler + headOf(plan.length) + plan.length;

/** Performs a program; gives the letters it sends and the events it emits. */
const perform = (self: ActorId, actor: ModelActor, ops: Program) => {
  const letters: Letter[] = [];
  let events = 0;
  actor.counter += 1;
  const pay = (wanted: bigint): bigint => {
    const paid = wanted < actor.balance ? wanted : actor.balance;
    actor.balance -= paid;
    return paid;
  };
  for (const op of ops) {
    if (op.type === 'send') {
      const { to, program } = op;
      letters.push({ from: self, to, value: pay(op.value), type: 'act', program });
    } else if (op.type === 'transfer') {
      letters.push({
        from: self,
        to: op.to,
        value: pay(op.value),
        type: 'credit',
        program: NOTHING,
      });
    } else if (op.type === 'free') {
      letters.push({ from: self, to: op.to, value: pay(op.value), type: 'free', program: NOTHING });
    } else if (op.type === 'restricted') {
      letters.push({ from: self, to: op.to, value: 0n, type: 'restricted', program: NOTHING });
    } else if (op.type === 'wake') actor.wakeAt = op.height;
    else if (op.type === 'cancel') actor.wakeAt = undefined;
    else if (op.type === 'emit') events += op.times;
    else if (op.type === 'put') actor.entries.set(op.key, op.value);
    else if (op.type === 'drop') actor.entries.delete(op.key);
    else if (op.type === 'store') actor.filler = op.bytes;
    else if (op.type === 'plan') actor.plan = op.program;
  }
  return { letters, events };
};

const receive = (state: ModelState, letter: Letter) => {
  const { from, to, value, type, program } = letter;
  const actor = actorIn(state, to);
  const none = { refused: undefined, letters: [] as Letter[], events: 0 };
  if (type === 'restricted') return { ...none, refused: 'sender-not-entitled' };
  if (value > 0n && (type === 'free' || type === 'leave')) {
    return { ...none, refused: 'value-not-payable' };
  }
  if (type === 'transfer' && value === 0n) return { ...none, refused: 'value-missing' };
  actor.balance += value;
  if (isAccount(to)) return { ...none, events: 1 };
  if (type === 'wake') return { ...none, ...perform(to, actor, opsOf(actor.plan)) };
  if (type === 'free') return none;
  if (type === 'leave') {
    const letters = [
      { from: to, to: from, value: actor.balance, type: 'credit', program: NOTHING },
    ];
    const { entries } = actor;
    state.delete(to);
    Object.assign(actorIn(state, to), { entries });
    return { ...none, letters };
  }
  const ops = opsOf(program);
  if (ops.some((op) => op.type === 'refuse')) return { ...none, refused: 'value-missing' };
  actor.state = 'open';
  const performed = perform(to, actor, ops);
  const isTooLarge = contextBytes(actor) > PUPPET_CONTEXT_BYTES;
  return { refused: isTooLarge ? 'context-too-large' : undefined, ...performed };
};

const cascade = (state: ModelState, first: Letter): ModelResult => {
  const queue = [first];
  let delivered = 0;
  let events = 0;
  while (queue.length > 0) {
    const letter = queue.shift() as Letter;
    delivered += 1;
    const result = receive(state, letter);
    if (result.refused !== undefined) return { refused: result.refused, delivered, events: 0 };
    events += result.events;
    queue.push(...result.letters);
  }
  return { refused: undefined, delivered, events };
};

/** One transaction; the fee is the kernel's word, since the model knows no gas. */
export const modelTransaction = (
  state: ModelState,
  letter: Letter,
  fee: bigint,
): { readonly state: ModelState; readonly result: ModelResult } => {
  const charged = structuredClone(state);
  const sender = actorIn(charged, letter.from);
  sender.nonce += 1n;
  sender.balance -= fee;
  const next = structuredClone(charged);
  actorIn(next, letter.from).balance -= letter.value;
  const result = cascade(next, letter);
  return { state: result.refused === undefined ? next : charged, result };
};

const byteOrder = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1;

/** The timers at the beginning of a block. */
export const modelTimers = (
  state: ModelState,
  height: bigint,
  limit: number,
): readonly ActorId[] => {
  const due = [...state]
    .filter(([, { wakeAt }]) => wakeAt !== undefined && wakeAt <= height)
    .map(([id, { wakeAt }]) => {
      const order = (wakeAt ?? 0n).toString(16).padStart(16, '0') + addressHex(id);
      return [order, { id, wakeAt }] as const;
    })
    .sort(byteOrder);
  const woken: ActorId[] = [];
  for (const [, { id, wakeAt }] of due) {
    if (woken.length === limit) break;
    const actor = actorIn(state, id);
    if (actor.wakeAt !== wakeAt) continue;
    actor.wakeAt = undefined;
    cascade(state, { from: id, to: id, value: 0n, type: 'wake', program: NOTHING });
    woken.push(id);
  }
  return woken;
};
