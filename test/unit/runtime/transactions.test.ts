import { describe, expect, it } from 'vitest';
import { encode, keypairFromSeed, MAX_AMOUNT, txId } from '../../../src/codec/index.ts';
import { accountMessage } from '../../../src/machines/index.ts';
import {
  accountId,
  advance,
  balance,
  code,
  extend,
  GENESIS,
  open,
  tipOf,
  transfer,
  value,
} from './chain.ts';

const MESSAGE = encode(accountMessage, { type: 'transfer' });
const good = transfer({ from: 0, nonce: 0n, to: 1 });

describe('checkTx', () => {
  it('names the sender and the id of what the next block may include', () => {
    const { sender, id, body } = value(open().checkTx(good));
    expect(sender).toBe(accountId(0));
    expect(id).toBe(txId(good));
    expect(body.receiver).toBe(accountId(1));
  });

  const flipped = (at: number): Uint8Array => {
    const bytes = good.slice();
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };

  it.each([
    ['nothing', new Uint8Array(0), 'codec/truncated'],
    ['half of it', good.subarray(0, 80), 'codec/truncated'],
    ['more than it', Uint8Array.of(...good, 0), 'codec/trailing-bytes'],
    ['too much', new Uint8Array(300_000), 'codec/too-large'],
    ['a wrong v', flipped(good.length - 1), 'codec/signature-v'],
    [
      'another network',
      transfer({ from: 0, nonce: 0n, to: 1, networkId: 9 }),
      'actors/wrong-network',
    ],
    ['a nonce ahead', transfer({ from: 0, nonce: 1n, to: 1 }), 'actors/nonce-skipped'],
    [
      'an expiry of the past',
      transfer({ from: 0, nonce: 0n, to: 1, expiry: 0n }),
      'actors/expired',
    ],
    [
      'little gas',
      transfer({ from: 0, nonce: 0n, to: 1, gasLimit: 1n }),
      'actors/gas-limit-too-low',
    ],
    [
      'more than there is',
      transfer({ from: 0, nonce: 0n, to: 1, amount: MAX_AMOUNT }),
      'actors/insufficient-balance',
    ],
  ])('refuses %s', (_, bytes, expected) => {
    const aivm = open();
    if (expected === 'codec/signature-v') bytes[bytes.length - 1] = 2;
    expect(code(aivm.checkTx(bytes))).toBe(expected);
  });

  it('follows the committed tip, not what is pending', () => {
    const aivm = open();
    const { blockId } = extend(aivm, [good]);
    expect(aivm.checkTx(good).ok).toBe(true);
    value(aivm.commit(blockId));
    expect(code(aivm.checkTx(good))).toBe('actors/nonce-too-low');
    expect(aivm.decodeTx(good).ok).toBe(true);
  });
});

describe('a dry run', () => {
  const body = { receiver: accountId(1), message: MESSAGE, valueNlux: 7n };

  it('tells what would happen, and gas that suffices for it', () => {
    const aivm = open();
    const { receipt, gasEstimate } = value(aivm.dryRun({ sender: accountId(0), body }));
    expect(receipt.outcome.type).toBe('applied');
    expect(gasEstimate).toBeGreaterThan(receipt.gasUsed);
    const signed = transfer({ from: 0, nonce: 0n, to: 1, amount: 7n, gasLimit: gasEstimate });
    const { receipts } = advance(aivm, [signed]);
    expect(receipts[0]?.receipt.outcome.type).toBe('applied');
    expect(receipts[0]?.receipt.gasUsed).toBeLessThanOrEqual(gasEstimate);
    expect(balance(aivm, 1) - balance(aivm, 2)).toBe(7n);
  });

  it('tells a refusal as a block would', () => {
    const { receipt } = value(
      open().dryRun({ sender: accountId(0), body: { ...body, valueNlux: 0n } }),
    );
    expect(receipt.outcome).toMatchObject({ type: 'refused', refusal: { code: 'value-missing' } });
  });

  it.each([
    ['a sender that is no account', { sender: 'burn:' }, 'runtime/bad-actor'],
    ['a sender of no form', { sender: keypairFromSeed('x').address }, 'runtime/bad-actor'],
    ['no receiver', { body: { ...body, receiver: 'nobody' as never } }, 'runtime/bad-actor'],
    ['a negative value', { body: { ...body, valueNlux: -1n } }, 'runtime/bad-option'],
    ['a value of 2^128', { body: { ...body, valueNlux: 1n << 128n } }, 'runtime/bad-option'],
    ['gas beyond u64', { body: { ...body, gasLimit: 1n << 64n } }, 'runtime/bad-option'],
    ['a price of 2^128', { body: { ...body, gasPriceNlux: 1n << 128n } }, 'runtime/bad-option'],
    ['a time before time', { time: -1n }, 'runtime/bad-option'],
    ['no message', { body: { ...body, message: new Uint8Array(0) } }, 'actors/malformed-message'],
    [
      'a huge message',
      { body: { ...body, message: new Uint8Array(270_001) } },
      'runtime/bad-option',
    ],
    [
      'more than there is',
      { body: { ...body, valueNlux: MAX_AMOUNT } },
      'actors/insufficient-balance',
    ],
  ])('refuses %s', (_, wrong, expected) => {
    expect(code(open().dryRun({ sender: accountId(0), body, ...wrong }))).toBe(expected);
  });
});

describe('an account with nothing', () => {
  it('may receive, and then has what it was sent', () => {
    const aivm = open();
    const { address } = keypairFromSeed('new');
    expect(value(aivm.query({ actor: `account:${address}` })).value).toBeUndefined();
    advance(aivm, [transfer({ from: 0, nonce: 0n, to: address, amount: 3n })]);
    const { decoded } = value(aivm.query({ actor: `account:${address}` }));
    expect(decoded).toMatchObject({ balance: 3n, context: { nonce: 0n } });
    expect(tipOf(aivm).time).toBe(GENESIS.time);
  });
});
