import { expect, test } from 'vitest';
import {
  type CodecErrorCode,
  HRP,
  type Result,
  bool,
  codecErrors,
  decode,
  decodeCb58,
  decodePayload,
  encodePayload,
  fromHex,
  hex,
  keypairFromSeed,
  list,
  literalEnum,
  mapped,
  nobleSecp256k1,
  ok,
  parseAddress,
  parseHex,
  parseNodeId,
  record,
  recoverAddress,
  sign,
  text,
  u8,
  variants,
} from '../../../src/codec/index.ts';
import { expectCode } from './support.ts';

const digest = 'ab'.repeat(32);
const signature = sign(digest, keypairFromSeed('errors.test').privateKey);
const withParts = (r: string, s: string, v: string): Result<unknown> =>
  recoverAddress(nobleSecp256k1, digest, `${r}${s}${v}`);
const [r, s] = [signature.slice(0, 64), signature.slice(64, 128)] as const;
const address = 'A-local18jma8ppw3nhx5r4ap8clazz0dps7rv5u00z96u';
const lossy = mapped(
  u8,
  () => ok(0),
  (value: number) => value,
);
const sampling = { temperature: 0, topP: 1_000_001, topK: 0, repetitionPenalty: 0 };
const badTensor = { name: '', dtype: 'u8', shape: [2], data: new Uint8Array(1) } as const;

/** Bad input for every code of the catalogue; the type makes the table complete. */
const provoke: Record<CodecErrorCode, () => Result<unknown>> = {
  'codec/too-large': () => decode(u8, fromHex('1818'), 1),
  'codec/truncated': () => decode(u8, fromHex('18'), 9),
  'codec/trailing-bytes': () => decode(u8, fromHex('0000'), 9),
  'codec/non-minimal': () => decode(u8, fromHex('1800'), 9),
  'codec/indefinite-length': () => decode(list(u8, 1), fromHex('9fff'), 9),
  'codec/malformed': () => decode(u8, fromHex('1f'), 9),
  'codec/forbidden-type': () => decode(u8, fromHex('f6'), 9),
  'codec/wrong-type': () => decode(u8, fromHex('f4'), 9),
  'codec/wrong-field-count': () => decode(record({ a: u8 }), fromHex('80'), 9),
  'codec/integer-range': () => decode(u8, fromHex('190100'), 9),
  'codec/wrong-length': () => decode(hex(2), fromHex('40'), 9),
  'codec/too-long': () => decode(list(bool, 0), fromHex('81f4'), 9),
  'codec/unknown-literal': () => decode(literalEnum(['a']), fromHex('01'), 9),
  'codec/unknown-variant': () => decode(variants({ a: [0, {}] }), fromHex('8101'), 9),
  'codec/not-utf8': () => decode(text(4), fromHex('61ff'), 9),
  'codec/not-canonical': () => decode(lossy, fromHex('01'), 9),
  'codec/hex-format': () => parseHex('x', 1),
  'codec/hex-length': () => parseHex('ab', 2),
  'codec/cb58-length': () => decodeCb58(''),
  'codec/cb58-alphabet': () => decodeCb58('0'),
  'codec/cb58-checksum': () => decodeCb58('45PJLM'),
  'codec/node-id-prefix': () => parseNodeId('45PJLL'),
  'codec/address-alias': () => parseAddress('B-local1', HRP.local),
  'codec/address-network': () => parseAddress(address, HRP.testnet),
  'codec/address-case': () => parseAddress(address.replace('l', 'L'), HRP.local),
  'codec/address-checksum': () => parseAddress(`${address}q`, HRP.local),
  'codec/address-length': () => parseAddress(`A-local1${'q'.repeat(99)}`, HRP.local),
  'codec/signature-length': () => withParts(r, s, ''),
  'codec/signature-v': () => withParts(r, s, '02'),
  'codec/signature-r-range': () => withParts('0'.repeat(64), s, '00'),
  'codec/signature-s-range': () => withParts(r, '0'.repeat(64), '00'),
  'codec/signature-high-s': () => withParts(r, `f${'0'.repeat(63)}`, '00'),
  'codec/signature-not-recoverable': () => withParts('5'.padStart(64, '0'), s, '00'),
  'codec/tensor-shape': () =>
    decodePayload(
      encodePayload({ type: 'tensors', tensors: [badTensor], seed: 0n, outputLimit: 0 }),
    ),
  'codec/sampling-range': () =>
    decodePayload(encodePayload({ type: 'text', tokens: [], seed: 0n, sampling, outputLimit: 0 })),
};

test.each(Object.entries(provoke))('%s', (code, action) => {
  expectCode(action(), code as CodecErrorCode);
});

test('every message is a sentence', () => {
  for (const [code, message] of Object.entries(codecErrors)) {
    expect(code).toMatch(/^codec\/[a-z0-9-]+$/);
    expect(message).toMatch(/^[A-Z].*\.$/);
  }
});
