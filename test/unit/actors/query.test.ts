import { describe, expect, it } from 'vitest';
import {
  actorKey,
  decodeActorRecord,
  entryKey,
  genesisChanges,
} from '../../../src/actors/index.ts';
import { listActors, listEntries, MAX_LIST_RECORDS, readActor } from '../../../src/actors/index.ts';
import { actorOfKey, supplyOf, timerKey, timerOfKey } from '../../../src/actors/index.ts';
import { fromHex } from '../../../src/codec/index.ts';
import { ACTOR_KINDS, addressHex, actorId, PARAMETERS } from '../../../src/machines/kit/index.ts';
import type { ActorId, ActorKind } from '../../../src/machines/kit/index.ts';
import { accountOf, act, ALICE, ANNA, BOB, challengeOf, RICH, runOne } from './support/chain.ts';
import { startState, stateOf, TEST_CHAIN } from './support/chain.ts';
import { MemoryState } from './support/memory-state.ts';
import { initialPuppet, puppetEntries } from './support/puppet.ts';

describe('keys of the state tree', () => {
  it('are those of the documented layout', () => {
    const entries = puppetEntries('provider');
    expect(actorKey(PARAMETERS)).toBe('0008');
    expect(actorKey(ANNA)).toBe(`0004${ANNA.slice(9)}`);
    expect(entryKey(entries, ANNA, 'ab')).toBe(`0104${ANNA.slice(9)}01ab`);
    expect(timerKey(258n, ANNA)).toBe(`02000000000000010204${ANNA.slice(9)}`);
  });

  it('tell their actor, of any kind', () => {
    for (const kind of Object.keys(ACTOR_KINDS) as ActorKind[]) {
      const id = actorId(kind, 'ab'.repeat(ACTOR_KINDS[kind].keyBytes)) as ActorId;
      expect(actorOfKey(fromHex(actorKey(id)))).toBe(id);
      const height = 2n ** 64n - 1n;
      expect(timerOfKey(fromHex(timerKey(height, id)))).toEqual({ height, id });
    }
  });

  it('refuse an entry whose key has another length', () => {
    expect(() => entryKey(puppetEntries('provider'), ANNA, 'abcd')).toThrow(/key length/);
  });

  it('of a damaged store stop the host', () => {
    expect(() => actorOfKey(Uint8Array.of(0, 99))).toThrow(/no kind/);
    expect(() => actorOfKey(Uint8Array.of(0, 1, 2))).toThrow(/key length/);
  });
});

describe('queries', () => {
  const names = Array.from({ length: 7 }, (_, i) => accountOf(`q${i}`));
  const byAddress = (a: ActorId, b: ActorId) => (addressHex(a) < addressHex(b) ? -1 : 1);
  const sorted = [...names].sort(byAddress);
  const state = stateOf(Object.fromEntries(names.map((id, i) => [id, BigInt(i + 1)])));

  it('read an actor, or nothing where none is', () => {
    expect(readActor(TEST_CHAIN, state, names[2] as typeof ALICE)).toEqual({
      state: 'open',
      balance: 3n,
      wakeAt: undefined,
      context: { nonce: 0n },
    });
    expect(readActor(TEST_CHAIN, state, ALICE)).toBeUndefined();
  });

  it('list actors of one kind by pages, in the order of their keys', () => {
    const first = listActors(TEST_CHAIN, state, 'account', '', 3);
    expect(first.items.map(({ id }) => id)).toEqual(sorted.slice(0, 3));
    expect(first.next).toBe(sorted[3]?.slice(8));
    const second = listActors(TEST_CHAIN, state, 'account', first.next ?? '', 100);
    expect(second.items.map(({ id }) => id)).toEqual(sorted.slice(3));
    expect(second.next).toBeUndefined();
    expect(listActors(TEST_CHAIN, state, 'parameters', '', 5).items).toHaveLength(1);
    expect(listActors(TEST_CHAIN, state, 'burn', '', 5).items).toEqual([]);
    expect(listActors(TEST_CHAIN, state, 'account', '', 0).items).toEqual([]);
  });

  it('never list more than the limit of the kernel', () => {
    const many = Array.from({ length: MAX_LIST_RECORDS + 1 }, (_, i) => [accountOf(`m${i}`), 1n]);
    const page = listActors(TEST_CHAIN, stateOf(Object.fromEntries(many)), 'account', '', 1e9);
    expect(page.items).toHaveLength(MAX_LIST_RECORDS);
    expect(page.next).toBeDefined();
  });

  it('list the entries of one collection of one actor', () => {
    const ops = [5, 1, 200].map((key) => ({ type: 'put', key, value: key }) as const);
    const after = runOne(startState(), { to: ANNA, message: act(ops) });
    const entries = puppetEntries('provider');
    const page = listEntries(after.state, entries, ANNA, '', 2);
    expect(page.items).toEqual([
      { key: '01', value: { value: 1 } },
      { key: '05', value: { value: 5 } },
    ]);
    expect(listEntries(after.state, entries, ANNA, page.next ?? '', 2).items).toEqual([
      { key: 'c8', value: { value: 200 } },
    ]);
  });

  it('sum all balances', () => {
    expect(supplyOf(TEST_CHAIN, state)).toBe(28n);
    expect(supplyOf(TEST_CHAIN, new MemoryState())).toBe(0n);
  });

  it('decode a record that a proof brings, and stop at a damaged one', () => {
    const bytes = state.get(fromHex(actorKey(names[0] as ActorId))) ?? new Uint8Array(0);
    expect(decodeActorRecord(TEST_CHAIN, names[0] as typeof ALICE, bytes).balance).toBe(1n);
    const damaged = bytes.subarray(0, -1);
    expect(() => decodeActorRecord(TEST_CHAIN, ALICE, damaged)).toThrow(/cannot be read/);
  });
});

describe('genesisChanges', () => {
  it('writes records, entries and timers, and leaves out what never was', () => {
    const entries = puppetEntries('challenge');
    const id = challengeOf('one');
    const empty = { id: BOB, state: 'open', balance: 0n, context: { nonce: 0n } } as const;
    const context = initialPuppet as never;
    const changes = genesisChanges(
      TEST_CHAIN,
      [empty, { id, state: 'shut', balance: 0n, context, wakeAt: 9n }],
      [{ collection: entries as never, owner: id, key: '01', value: { value: 4 } }],
    );
    expect([...changes.keys()]).toEqual([
      actorKey(id),
      timerKey(9n, id),
      entryKey(entries, id, '01'),
    ]);
  });

  it('stops where an actor is named twice', () => {
    const one = { id: BOB, state: 'open', balance: RICH, context: { nonce: 0n } } as const;
    expect(() => genesisChanges(TEST_CHAIN, [one, one])).toThrow(/twice/);
  });
});
