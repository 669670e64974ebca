import { describe, expect, test } from 'vitest';
import type { PreparedTransaction } from '../../../src/actors/transaction.ts';
import { hash, u64be } from '../../../src/codec/index.ts';
import { checkSender, replacementPrice } from '../../../src/hosts/embedded/mempool/admit.ts';
import { SenderQueue } from '../../../src/hosts/embedded/mempool/sender.ts';
import { actorId } from '../../../src/machines/index.ts';

const SENDER = actorId('account', '11'.repeat(20));
const GAS = 10n;

const waiting = (nonce: bigint, price: bigint): PreparedTransaction => ({
  id: hash('aivm/test/1', u64be(nonce), u64be(price)),
  sender: SENDER,
  body: {
    networkId: 1,
    chainId: '00'.repeat(32),
    nonce,
    expiry: 100n,
    gasLimit: GAS,
    gasPriceNlux: price,
    receiver: SENDER,
    valueNlux: 0n,
    message: new Uint8Array(0),
  },
  message: { type: 'transfer' },
  sizeBytes: 100,
});

const queueOf = (...prices: readonly bigint[]): SenderQueue => {
  const queue = new SenderQueue(SENDER, 0n);
  prices.forEach((price, at) => {
    const prepared = waiting(BigInt(at), price);
    queue.insert({ prepared, bytes: new Uint8Array(100), since: 1n });
  });
  return queue;
};

describe('the premium of a replacement', () => {
  test.each([
    [0n, 0n],
    [1n, 2n],
    [9n, 10n],
    [10n, 11n],
    [11n, 13n],
    [100n, 110n],
    [101n, 112n],
  ])('over a price of %d is a tenth, rounded up: %d', (price, least) => {
    expect(replacementPrice(price)).toBe(least);
    const state = { nextNonce: 0n, balanceNlux: 1_000_000n };
    const offered = (at: bigint) => checkSender(waiting(0n, at), queueOf(price), state, 4).ok;
    expect(offered(least)).toBe(true);
    if (least > 0n) expect(offered(least - 1n)).toBe(false);
  });
});

describe('the balance that all that waits is paid from', () => {
  const queue = queueOf(10n, 20n);
  const check = (prepared: PreparedTransaction, balanceNlux: bigint) =>
    checkSender(prepared, queue, { nextNonce: 0n, balanceNlux }, 4);

  test('pays for a replacement instead of what it replaces', () => {
    const needed = GAS * (11n + 20n);
    expect(check(waiting(0n, 11n), needed).ok).toBe(true);
    expect(check(waiting(0n, 11n), needed - 1n)).toMatchObject({
      failure: { code: 'actors/insufficient-balance', details: { needed: String(needed) } },
    });
  });

  test('pays for another beside them', () => {
    const needed = GAS * (10n + 20n + 5n);
    expect(check(waiting(2n, 5n), needed).ok).toBe(true);
    expect(check(waiting(2n, 5n), needed - 1n).ok).toBe(false);
  });
});
