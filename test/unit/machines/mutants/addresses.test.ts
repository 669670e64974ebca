import { describe, expect, test } from 'vitest';
import { blob, decode, encode, fromHex, toHex } from '../../../../src/codec/index.ts';
import {
  ACTOR_KINDS,
  actorId,
  addressBytes,
  anyActor,
} from '../../../../src/machines/kit/address.ts';
import { keyOf, kindOf, parseActorId } from '../../../../src/machines/kit/address.ts';
import type { ActorKind } from '../../../../src/machines/kit/address.ts';

/** The table of PROTOCOL §3: the code on the wire and the bytes of the key. */
const TABLE: readonly (readonly [ActorKind, string, number])[] = [
  ['account', '01', 20],
  ['model', '02', 32],
  ['profile', '03', 32],
  ['provider', '04', 20],
  ['request', '05', 32],
  ['attestation', '06', 32],
  ['challenge', '07', 32],
  ['parameters', '08', 0],
  ['beacon', '09', 0],
  ['trustStore', '0a', 0],
  ['auditPool', '0b', 0],
  ['treasury', '0c', 0],
  ['burn', '0d', 0],
  ['announcement', '0e', 32],
];

test('every kind has the code and the length of key that consensus gives it', () => {
  expect(Object.keys(ACTOR_KINDS)).toEqual(TABLE.map(([kind]) => kind));
  expect(Object.values(ACTOR_KINDS)).toEqual(
    TABLE.map(([, code, keyBytes]) => ({ code: Number.parseInt(code, 16), keyBytes })),
  );
});

describe.each(TABLE)('the address of a kind: %s', (kind, code, keyBytes) => {
  const key = 'a5'.repeat(keyBytes);
  const id = actorId(kind, key);

  test('is a code of one byte and the key', () => {
    expect([id, kindOf(id), keyOf(id)]).toEqual([`${kind}:${key}`, kind, key]);
    expect(toHex(addressBytes(id))).toBe(code + key);
    const bytes = encode(anyActor, id);
    expect(decode(anyActor, bytes, bytes.length)).toEqual({ ok: true, value: id });
    expect(parseActorId(id)).toEqual({ ok: true, value: id });
  });

  test('has a key of exactly its length', () => {
    const wrong = [`${key}00`, key.slice(0, -2), `${key}0`].filter((each) => each !== key);
    for (const each of wrong) {
      expect(() => actorId(kind, each)).toThrow(`key length of ${kind}`);
      expect(parseActorId(`${kind}:${each}`)).toMatchObject({
        failure: { code: 'machines/bad-address', details: { address: `${kind}:${each}` } },
      });
    }
  });
});

/** More than any address has. */
const MANY_BYTES = 64;

/** What these bytes are read as where an address stands. */
const read = (hex: string) => {
  const bytes = encode(blob(MANY_BYTES), fromHex(hex));
  return decode(anyActor, bytes, bytes.length);
};

describe('what is no address', () => {
  test.each([
    ['nothing', ''],
    ['a code before the first', '00'],
    ['a code after the last', '0f'],
    ['an account without a key', '01'],
    ['an account with a key too short', `01${'11'.repeat(19)}`],
    ['an account with a key too long', `01${'11'.repeat(21)}`],
    ['a pool with a key', '0b00'],
  ])('is refused on the wire: %s', (_, hex) => {
    const code = 'machines/bad-address';
    expect(read(hex)).toMatchObject({ ok: false, failure: { code } });
  });

  test('an address has 33 bytes at most', () => {
    expect(read(`07${'11'.repeat(32)}`).ok).toBe(true);
    const longer = read(`07${'11'.repeat(33)}`);
    expect(longer).toMatchObject({ ok: false });
    expect(longer).not.toMatchObject({ failure: { code: 'machines/bad-address' } });
  });

  test.each([
    ['of no kind', 'nobody:'],
    ['of no kind, with a key', `nobody:${'11'.repeat(20)}`],
    ['of a name that every object has', 'constructor:'],
    ['in upper case', `account:${'AA'.repeat(20)}`],
    ['not in hex', `account:${'zz'.repeat(20)}`],
    ['with more behind the key', `account:${'11'.repeat(20)}:22`],
    ['with a second colon', 'burn::'],
    ['of no kind, with more', 'nobody::'],
    ['empty', ''],
  ])('is refused as text: %s', (_, text) => {
    expect(parseActorId(text)).toMatchObject({
      ok: false,
      failure: { code: 'machines/bad-address', details: { address: text } },
    });
  });

  test('a singleton needs no colon', () => {
    expect(parseActorId('burn')).toEqual({ ok: true, value: 'burn:' });
  });
});
