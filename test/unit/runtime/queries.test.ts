import { describe, expect, it } from 'vitest';
import {
  COLLECTIONS,
  decodeProof,
  encodeProof,
  stateKey,
  verifyQuery,
} from '../../../src/runtime/index.ts';
import type { QueryAnswer } from '../../../src/runtime/index.ts';
import * as machines from '../../../src/machines/index.ts';
import {
  account,
  accountId,
  ACCOUNTS,
  advance,
  code,
  GENESIS,
  open,
  tipOf,
  transfer,
  value,
} from './chain.ts';

const NOBODY = `account:${'ee'.repeat(20)}`;

const prove = (aivm: ReturnType<typeof open>, actor: string, height?: bigint): QueryAnswer =>
  value(aivm.query({ actor, prove: true, height }));

const claimOf = ({ proof, root, key, value: bytes }: QueryAnswer) => ({
  proof: proof ?? new Uint8Array(0),
  root,
  key,
  value: bytes,
});

describe('a query with proof', () => {
  const aivm = open();
  advance(aivm, [transfer({ from: 0, nonce: 0n, to: 1 })]);

  it.each(ACCOUNTS.map((_, index) => accountId(index)))('shows what %s holds', (actor) => {
    const answer = prove(aivm, actor);
    expect(answer.root).toBe(tipOf(aivm).root);
    expect(answer.value).toBeDefined();
    expect(verifyQuery(claimOf(answer))).toEqual({ ok: true, value: undefined });
  });

  it('shows that nothing is there', () => {
    const answer = prove(aivm, NOBODY);
    expect(answer.value).toBeUndefined();
    expect(verifyQuery(claimOf(answer)).ok).toBe(true);
  });

  it('is worth nothing for another value, key or root, nor for the opposite', () => {
    const [present, absent] = [claimOf(prove(aivm, accountId(1))), claimOf(prove(aivm, NOBODY))];
    const other = Uint8Array.from(present.value ?? []);
    other[10] = (other[10] ?? 0) ^ 1;
    expect(code(verifyQuery({ ...present, value: other }))).toBe('proof/value-mismatch');
    expect(code(verifyQuery({ ...present, key: absent.key }))).toBe('proof/key-mismatch');
    expect(code(verifyQuery({ ...present, root: 'ab'.repeat(32) }))).toBe('proof/root-mismatch');
    expect(code(verifyQuery({ ...present, value: undefined }))).toBe(
      'runtime/proof-of-other-claim',
    );
    expect(code(verifyQuery({ ...absent, value: other }))).toBe('runtime/proof-of-other-claim');
    expect(verifyQuery({ ...absent, key: present.key }).ok).toBe(false);
    expect(code(verifyQuery({ ...present, key: 'no key' }))).toBe('runtime/bad-key');
  });

  it('does not survive the change of any one bit', () => {
    for (const claim of [claimOf(prove(aivm, accountId(1))), claimOf(prove(aivm, NOBODY))]) {
      for (let bit = 0; bit < 8 * claim.proof.length; bit++) {
        const proof = claim.proof.slice();
        proof[bit >> 3] = (proof[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(verifyQuery({ ...claim, proof }).ok, `bit ${bit}`).toBe(false);
      }
    }
  });

  it('is canonical protobuf', () => {
    for (const actor of [accountId(1), NOBODY]) {
      const { proof = new Uint8Array(0) } = prove(aivm, actor);
      expect(encodeProof(value(decodeProof(proof)))).toEqual(proof);
    }
  });
});

describe('a query at a height', () => {
  it('gives what was there then, provable under the root of then', () => {
    const aivm = open({ historyHeights: 5 });
    const seen = [prove(aivm, accountId(1))];
    for (let nonce = 0n; nonce < 10n; nonce += 1n) {
      advance(aivm, [transfer({ from: 0, nonce, to: 1 })]);
      seen.push(prove(aivm, accountId(1)));
    }
    for (const then of seen.slice(5)) {
      const now = prove(aivm, accountId(1), then.height);
      expect(now.value).toEqual(then.value);
      expect(now.root).toBe(then.root);
      expect(verifyQuery(claimOf(now)).ok).toBe(true);
    }
    expect(code(aivm.query({ actor: accountId(1), height: 4n }))).toBe('store/pruned');
    expect(code(aivm.query({ actor: accountId(1), height: 11n }))).toBe('store/unknown-height');
    expect(code(aivm.query({ actor: accountId(1), height: -1n }))).toBe('runtime/bad-option');
  });
});

describe('what is asked for', () => {
  const aivm = open();

  it('is decoded for actors and entries, and found by its raw key as well', () => {
    const { decoded, value: bytes } = value(aivm.query({ actor: accountId(0) }));
    expect(decoded).toEqual({
      state: 'open',
      balance: GENESIS.allocations[0]?.amountNlux,
      wakeAt: undefined,
      context: { nonce: 0n },
    });
    const { key } = value(stateKey({ actor: accountId(0) }));
    expect(value(aivm.query({ key })).value).toEqual(bytes);
    const entry = { owner: 'beacon:', collection: 'rounds', key: '00'.repeat(8) };
    expect(value(aivm.query({ entry })).value).toBeUndefined();
  });

  it.each([
    ['an actor of no kind', { actor: `mayor:${'00'.repeat(20)}` }, 'runtime/bad-actor'],
    ['a key too short', { actor: 'account:00' }, 'runtime/bad-actor'],
    ['upper case', { actor: `account:${'AB'.repeat(20)}` }, 'runtime/bad-actor'],
    ['no raw key', { key: '' }, 'runtime/bad-key'],
    ['half a byte', { key: '000' }, 'runtime/bad-key'],
    ['a key of no length', { key: '00'.repeat(129) }, 'runtime/bad-key'],
    [
      'a collection that is none',
      { entry: { owner: 'beacon:', collection: 'payers', key: '' } },
      'runtime/unknown-collection',
    ],
    [
      'an entry key of another length',
      { entry: { owner: 'beacon:', collection: 'rounds', key: '00' } },
      'runtime/bad-key',
    ],
  ])('is refused when it is %s', (_, subject, expected) => {
    expect(code(aivm.query(subject))).toBe(expected);
  });

  it('knows every collection of the machines', () => {
    const isCollection = (thing: unknown): boolean =>
      typeof thing === 'object' && thing !== null && 'keyBytes' in thing && 'name' in thing;
    const names = (things: readonly unknown[]): readonly string[] =>
      things.map((thing) => (thing as { readonly name: string }).name).toSorted();
    expect(names(COLLECTIONS)).toEqual(names(Object.values(machines).filter(isCollection)));
  });
});

describe('a listing', () => {
  const aivm = open();

  it('gives all actors of a kind once, page by page, in the order of their keys', () => {
    const all = value(aivm.list({ kind: 'account', limit: 1000 })).items.map(({ id }) => id);
    expect(all).toEqual(GENESIS.allocations.map(({ address }) => `account:${address}`));
    const paged: string[] = [];
    let from: string | undefined = '';
    while (from !== undefined) {
      const page: {
        readonly items: readonly { readonly id: string }[];
        readonly next: string | undefined;
      } = value(aivm.list({ kind: 'account', limit: 7, from }));
      paged.push(...page.items.map(({ id }) => id));
      from = page.next;
    }
    expect(paged).toEqual(all);
  });

  it.each([
    ['of no kind', { kind: 'mayor' }, 'runtime/bad-option'],
    ['of too many', { kind: 'account', limit: 1001 }, 'runtime/bad-option'],
    ['of none', { kind: 'account', limit: 0 }, 'runtime/bad-option'],
    ['from a key that is none', { kind: 'account', from: 'x' }, 'runtime/bad-key'],
    ['from a key too long', { kind: 'account', from: '00'.repeat(21) }, 'runtime/bad-key'],
    ['of nothing', {}, 'runtime/bad-actor'],
    ['of no collection', { owner: 'beacon:' }, 'runtime/unknown-collection'],
  ])('%s is refused', (_, request, expected) => {
    expect(code(aivm.list(request))).toBe(expected);
  });

  it('gives the entries of a collection', () => {
    expect(value(aivm.list({ owner: 'beacon:', collection: 'rounds' })).items).toEqual([]);
  });
});

describe('hashes by actor', () => {
  it('differ exactly where two chains differ, page by page', () => {
    const [one, two] = [open(), open()];
    advance(one, [transfer({ from: 0, nonce: 0n, to: 1 })]);
    advance(two, [transfer({ from: 0, nonce: 0n, to: 2 })]);
    const hashesOf = (aivm: typeof one) => {
      const found = new Map<string, string>();
      let from: string | undefined;
      do {
        const page = value(aivm.stateHashByActor({ from, limit: 4 }));
        for (const { actor, hash } of page.items) found.set(actor, hash);
        from = page.next;
      } while (from !== undefined);
      return found;
    };
    const [first, second] = [hashesOf(one), hashesOf(two)];
    expect(first.size).toBe(second.size);
    const different = [...first].filter(([actor, hash]) => second.get(actor) !== hash);
    expect(different.map(([actor]) => actor).toSorted()).toEqual(
      [accountId(1), accountId(2)].toSorted(),
    );
    expect(account(1).address).not.toBe(account(2).address);
  });
});
