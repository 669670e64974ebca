import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PreparedTransaction } from '../../../src/actors/transaction.ts';
import { hash, u64be, utf8, varying } from '../../../src/codec/index.ts';
import { Mempool, type MempoolLimits } from '../../../src/hosts/embedded/mempool/mempool.ts';
import type { PoolTransaction } from '../../../src/hosts/embedded/mempool/transaction.ts';
import { actorId, type ActorId } from '../../../src/machines/index.ts';

const LIMITS: MempoolLimits = { transactions: 4, bytes: 10_000, perSender: 3, ageBlocks: 10n };
const ALL = { transactions: 1_000, gas: 1_000_000_000n };
const FUNDS = 1_000_000n;
const HEIGHT = 5n;

const sender = (name: string): ActorId<'account'> =>
  actorId('account', hash('aivm/test/1', varying(utf8(name))).slice(0, 40));

interface Spec {
  readonly from: string;
  readonly nonce: bigint;
  readonly price?: bigint;
  readonly bytes?: number;
  readonly expiry?: bigint;
  readonly gasLimit?: bigint;
}

const transaction = (spec: Spec): PoolTransaction => {
  const { from, nonce, price = 1n, bytes = 100, expiry = 100n, gasLimit = 10n } = spec;
  const id = hash('aivm/test/1', varying(utf8(from)), u64be(nonce), u64be(price), u64be(expiry));
  const prepared: PreparedTransaction = {
    id,
    sender: sender(from),
    body: {
      networkId: 1,
      chainId: '00'.repeat(32),
      nonce,
      expiry,
      gasLimit,
      gasPriceNlux: price,
      receiver: sender('x'),
      valueNlux: 0n,
      message: new Uint8Array(0),
    },
    message: { type: 'transfer' },
    sizeBytes: bytes,
  };
  return { prepared, bytes: new Uint8Array(bytes) };
};

const fill = (pool: Mempool, ...specs: readonly Spec[]) =>
  specs.map((spec) => {
    const state = { nextNonce: 0n, balanceNlux: FUNDS };
    const added = pool.add(transaction(spec), state, HEIGHT);
    return added.ok ? added.value.map(({ failure }) => failure.code) : added.failure.code;
  });

const selected = (pool: Mempool): readonly string[] =>
  pool.select(ALL).map(({ prepared }) => prepared.id);
const ids = (...specs: readonly Spec[]): readonly string[] =>
  specs.map((spec) => transaction(spec).prepared.id);

describe('what waits', () => {
  test('is offered by price, and by nonce within a sender', () => {
    const pool = new Mempool(LIMITS);
    const [a0, a1, b0] = [
      { from: 'a', nonce: 0n, price: 2n },
      { from: 'a', nonce: 1n, price: 9n },
      { from: 'b', nonce: 0n, price: 5n },
    ];
    fill(pool, a1, b0, a0);
    expect(selected(pool)).toEqual(ids(b0, a0, a1));
  });

  test('behind a gap of nonces is kept and not offered', () => {
    const pool = new Mempool(LIMITS);
    const [first, third] = [
      { from: 'a', nonce: 0n },
      { from: 'a', nonce: 2n },
    ];
    fill(pool, first, third);
    expect(selected(pool)).toEqual(ids(first));
    expect(pool.count).toBe(2);
    fill(pool, { from: 'a', nonce: 1n });
    expect(selected(pool)).toHaveLength(3);
  });

  test('is offered as far as the gas of a block could go', () => {
    const pool = new Mempool(LIMITS);
    fill(pool, { from: 'a', nonce: 0n }, { from: 'a', nonce: 1n });
    // Intrinsic gas of 100 bytes is 330 (machines/kit/gas.ts): 50 + 100 + 20 + 60 + 100.
    expect(pool.select({ transactions: 10, gas: 330n })).toHaveLength(1);
    expect(pool.select({ transactions: 10, gas: 329n })).toHaveLength(0);
    expect(pool.select({ transactions: 1, gas: 10_000n })).toHaveLength(1);
  });

  test('of one price is ordered by id, whatever came first', () => {
    const specs = ['a', 'b', 'c', 'd'].map((from) => ({ from, nonce: 0n }));
    const forward = new Mempool(LIMITS);
    const backward = new Mempool(LIMITS);
    fill(forward, ...specs);
    fill(backward, ...specs.toReversed());
    expect(selected(forward)).toEqual(selected(backward));
    expect(selected(forward)).toEqual(ids(...specs).toSorted());
  });
});

describe('a transaction is refused', () => {
  test.each<[string, readonly Spec[], string]>([
    [
      'twice',
      [
        { from: 'a', nonce: 0n },
        { from: 'a', nonce: 0n },
      ],
      'hosts/duplicate-transaction',
    ],
    ['as far ahead as may not wait', [{ from: 'a', nonce: 3n }], 'hosts/nonce-too-far'],
    [
      'for a nonce that waits, without a tenth more',
      [
        { from: 'a', nonce: 0n, price: 10n },
        { from: 'a', nonce: 0n, price: 10n, expiry: 99n },
      ],
      'hosts/replacement-underpriced',
    ],
    [
      'if the fees of all that waits exceed the balance',
      [
        { from: 'a', nonce: 0n, gasLimit: FUNDS - 5n },
        { from: 'a', nonce: 1n, gasLimit: 6n },
      ],
      'actors/insufficient-balance',
    ],
    [
      'if it is larger than all room',
      [{ from: 'a', nonce: 0n, bytes: 10_001 }],
      'hosts/mempool-full',
    ],
  ])('%s', (_, specs, code) => {
    const pool = new Mempool(LIMITS);
    expect(fill(pool, ...specs).at(-1)).toBe(code);
    expect(pool.count).toBe(specs.length - 1);
  });

  test('below the nonce of its account', () => {
    const pool = new Mempool(LIMITS);
    const state = { nextNonce: 4n, balanceNlux: FUNDS };
    const added = pool.add(transaction({ from: 'a', nonce: 3n }), state, HEIGHT);
    expect(added).toMatchObject({
      failure: { code: 'actors/nonce-too-low', details: { expected: '4', found: '3' } },
    });
    expect(pool.count).toBe(0);
  });
});

describe('a replacement', () => {
  test('for a tenth more takes the place of the other', () => {
    const pool = new Mempool(LIMITS);
    const [before, after] = [
      { from: 'a', nonce: 0n, price: 10n },
      { from: 'a', nonce: 0n, price: 11n },
    ];
    expect(fill(pool, before, after)).toEqual([[], ['hosts/replaced']]);
    expect(selected(pool)).toEqual(ids(after));
    expect(pool.bytes).toBe(100);
  });

  test('of a full mempool needs no other room', () => {
    const pool = new Mempool({ ...LIMITS, transactions: 1 });
    const [before, after] = [
      { from: 'a', nonce: 0n, price: 1n },
      { from: 'a', nonce: 0n, price: 2n },
    ];
    expect(fill(pool, before, after)).toEqual([[], ['hosts/replaced']]);
  });

  test('that does not fit leaves everything as it was', () => {
    const pool = new Mempool({ ...LIMITS, bytes: 250 });
    const kept = [
      { from: 'a', nonce: 0n, price: 1n },
      { from: 'b', nonce: 0n, price: 50n },
    ];
    fill(pool, ...kept);
    const larger = { from: 'a', nonce: 0n, price: 2n, bytes: 200 };
    expect(fill(pool, larger)).toEqual(['hosts/mempool-full']);
    expect(selected(pool)).toEqual(ids(...kept.toReversed()));
    expect(pool.bytes).toBe(200);
  });
});

describe('a full mempool', () => {
  const cheap = ['a', 'b', 'c', 'd'].map((from, i) => ({ from, nonce: 0n, price: BigInt(i + 1) }));

  test('gives up the cheapest for a better price, and nothing for the same', () => {
    const pool = new Mempool(LIMITS);
    fill(pool, ...cheap);
    expect(fill(pool, { from: 'e', nonce: 0n, price: 1n })).toEqual(['hosts/mempool-full']);
    const better = { from: 'e', nonce: 0n, price: 2n };
    expect(fill(pool, better)).toEqual([['hosts/evicted']]);
    expect(pool.get(transaction(cheap[0] as Spec).prepared.id)).toBeUndefined();
    expect(pool.count).toBe(4);
  });

  test('gives up the last of a sender only, so that no nonce is stranded', () => {
    const pool = new Mempool(LIMITS);
    const [first, second] = [
      { from: 'a', nonce: 0n, price: 1n },
      { from: 'a', nonce: 1n, price: 9n },
    ];
    fill(
      pool,
      first,
      second,
      { from: 'b', nonce: 0n, price: 5n },
      { from: 'c', nonce: 0n, price: 7n },
    );
    expect(fill(pool, { from: 'd', nonce: 0n, price: 6n })).toEqual([['hosts/evicted']]);
    expect(pool.get(ids(first)[0] as string)).toBeDefined();
    expect(pool.get(ids({ from: 'b', nonce: 0n, price: 5n })[0] as string)).toBeUndefined();
  });

  test('never gives up what the new one has to come after', () => {
    const pool = new Mempool({ ...LIMITS, transactions: 1 });
    fill(pool, { from: 'a', nonce: 0n, price: 1n });
    expect(fill(pool, { from: 'a', nonce: 1n, price: 9n })).toEqual(['hosts/mempool-full']);
    expect(pool.count).toBe(1);
  });

  test('frees as many bytes as are needed, or none', () => {
    const pool = new Mempool({ ...LIMITS, bytes: 400 });
    fill(pool, ...cheap);
    const large = { from: 'e', nonce: 0n, price: 3n, bytes: 300 };
    expect(fill(pool, large)).toEqual(['hosts/mempool-full']);
    expect(pool.bytes).toBe(400);
    expect(fill(pool, { ...large, price: 4n })).toEqual([
      ['hosts/evicted', 'hosts/evicted', 'hosts/evicted'],
    ]);
    expect(pool.bytes).toBe(400);
  });
});

describe('after a block', () => {
  test('what it took leaves, with what its nonce has overtaken', () => {
    const pool = new Mempool(LIMITS);
    const specs = [0n, 1n, 2n].map((nonce) => ({ from: 'a', nonce }));
    fill(pool, ...specs);
    expect(pool.settle(6n, [{ sender: sender('a'), nonce: 1n }])).toEqual([]);
    expect(selected(pool)).toEqual(ids(specs[2] as Spec));
    expect(pool.nextNonce(sender('a'), { nextNonce: 2n, balanceNlux: 0n })).toBe(3n);
  });

  test('what can no longer be carried is told and gone', () => {
    const pool = new Mempool(LIMITS);
    fill(pool, { from: 'a', nonce: 0n, expiry: 6n }, { from: 'b', nonce: 0n, expiry: 7n });
    const gone = pool.settle(6n, []);
    expect(gone.map(({ failure }) => failure.code)).toEqual(['hosts/expired']);
    expect(pool.count).toBe(1);
  });

  test('what waited too long is told and gone', () => {
    const pool = new Mempool(LIMITS);
    fill(pool, { from: 'a', nonce: 1n });
    expect(pool.settle(HEIGHT + 9n, [])).toEqual([]);
    const gone = pool.settle(HEIGHT + 10n, []);
    expect(gone.map(({ failure }) => failure.code)).toEqual(['hosts/waited-too-long']);
    expect(pool.count).toBe(0);
  });
});

const specOf = fc.record({
  from: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  nonce: fc.bigInt({ min: 0n, max: 3n }),
  price: fc.bigInt({ min: 1n, max: 6n }),
  bytes: fc.integer({ min: 50, max: 400 }),
});
const step = fc.oneof(
  { weight: 8, arbitrary: specOf.map((spec) => ({ type: 'add' as const, spec })) },
  { weight: 1, arbitrary: fc.constant({ type: 'settle' as const }) },
);

test('limits, nonces and accounting hold after any history', () => {
  const limits = { transactions: 6, bytes: 1_200, perSender: 3, ageBlocks: 4n };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const pool = new Mempool(limits);
      const nonces = new Map<string, bigint>();
      const held = new Map<string, number>();
      let height = 0n;
      for (const each of steps) {
        if (each.type === 'settle') {
          height += 1n;
          const included = pool
            .select({ transactions: 2, gas: 1_000_000n })
            .map(({ prepared }) => ({ sender: prepared.sender, nonce: prepared.body.nonce }));
          for (const { sender: who, nonce } of included) nonces.set(who, nonce + 1n);
          pool.settle(height, included);
        } else {
          const offered = transaction(each.spec);
          const { id, sender: who } = offered.prepared;
          const nextNonce = nonces.get(who) ?? 0n;
          const before = pool.count;
          const added = pool.add(offered, { nextNonce, balanceNlux: FUNDS }, height);
          if (added.ok) {
            held.set(id, offered.bytes.length);
            expect(pool.count).toBe(before + 1 - added.value.length);
          } else {
            expect(pool.count).toBe(before);
          }
        }
        const waiting = [...held].filter(([id]) => pool.get(id) !== undefined);
        expect(pool.count).toBe(waiting.length);
        expect(pool.bytes).toBe(waiting.reduce((sum, [, bytes]) => sum + bytes, 0));
        expect(pool.count).toBeLessThanOrEqual(limits.transactions);
        expect(pool.bytes).toBeLessThanOrEqual(limits.bytes);
        const next = new Map(nonces);
        for (const { prepared } of pool.select(ALL)) {
          expect(prepared.body.nonce).toBe(next.get(prepared.sender) ?? 0n);
          next.set(prepared.sender, prepared.body.nonce + 1n);
        }
      }
    }),
    { seed: 11, numRuns: 300 },
  );
});
