import { bech32, bech32m } from '@scure/base';
import { describe, expect, test } from 'vitest';
import {
  AssertionError,
  type CodecErrorCode,
  HRP,
  NETWORK_IDS,
  decodeCb58,
  encodeCb58,
  formatAddress,
  formatNodeId,
  fromHex,
  hrpOf,
  parseAddress,
  parseHex,
  parseNodeId,
  toHex,
} from '../../../src/codec/index.ts';
import { expectCode } from './support.ts';

/** The address of the pre-funded key of Avalanche's and Lux's local networks. */
const ADDRESS = '3cb7d3842e8cee6a0ebd09f1fe884f6861e1b29c';
const TEXT = 'A-local18jma8ppw3nhx5r4ap8clazz0dps7rv5u00z96u';
/** Bytes 1 … 32 and their CB58 form. */
const COUNTING = Uint8Array.from({ length: 32 }, (_, i) => i + 1);
const COUNTING_CB58 = 'SkB92YpWm4Q2ijQHH34cqbKkCZWszsiQgHVjtNeFF2HdvDQU';

describe('CB58', () => {
  test('the bytes 1 to 32', () => {
    expect(encodeCb58(COUNTING)).toBe(COUNTING_CB58);
    expect(decodeCb58(COUNTING_CB58)).toEqual({ ok: true, value: COUNTING });
  });

  test("vectors of avalanchego's own tests and genesis", () => {
    // utils/formatting: empty input and one zero byte.
    expect(encodeCb58(new Uint8Array(0))).toBe('45PJLL');
    expect(encodeCb58(Uint8Array.of(0))).toBe('1c7hwa');
    const key = '56289e99c94b6912bfc12adc093c9b51124f0dc54ac7a766b2bc5ccf558d8027';
    expect(encodeCb58(fromHex(key))).toBe('ewoqjP7PxY4yr3iLTpLisriqt94hdyDFNgchSxGGztUrTXtNN');
  });

  test.each([
    ['nothing', '', 'codec/cb58-length'],
    ['no room for a checksum', '11', 'codec/cb58-length'],
    ['very long', '1'.repeat(129), 'codec/cb58-length'],
    ['a zero', `0${COUNTING_CB58.slice(1)}`, 'codec/cb58-alphabet'],
    ['a space', ` ${COUNTING_CB58}`, 'codec/cb58-alphabet'],
    ['one character changed', COUNTING_CB58.replace('Y', 'Z'), 'codec/cb58-checksum'],
    ['one character lost', COUNTING_CB58.slice(1), 'codec/cb58-checksum'],
  ] as const)('%s is refused', (_, text, code) => {
    expectCode(decodeCb58(text), code);
  });
});

describe('node ids', () => {
  const nodeId = 'NodeID-7Xhw2mDxuDS44j42TCB6U5579esbSt3Lg';

  test("a node of Avalanche's local network there and back", () => {
    const parsed = parseNodeId(nodeId);
    expect(parsed.ok && parsed.value).toHaveLength(40);
    expect(parsed.ok && formatNodeId(parsed.value)).toBe(nodeId);
  });

  test('other ids are refused', () => {
    expectCode(parseNodeId(nodeId.slice(7)), 'codec/node-id-prefix');
    expectCode(parseNodeId(`NodeID-${COUNTING_CB58}`), 'codec/cb58-length');
    expectCode(parseNodeId(`${nodeId.slice(0, -1)}h`), 'codec/cb58-checksum');
  });
});

describe('addresses', () => {
  test("the funded address of Avalanche's local network", () => {
    expect(formatAddress(ADDRESS, HRP.local)).toBe(TEXT);
    expect(parseAddress(TEXT, HRP.local)).toEqual({ ok: true, value: ADDRESS });
    // BIP 173: a decoder accepts text that is all upper case.
    expect(parseAddress(`A-${TEXT.slice(2).toUpperCase()}`, HRP.local).ok).toBe(true);
  });

  test.each(Object.values(HRP))('round trip on %s', (hrp) => {
    const text = formatAddress(ADDRESS, hrp);
    expect(text.startsWith(`A-${hrp}1`)).toBe(true);
    expect(parseAddress(text, hrp)).toEqual({ ok: true, value: ADDRESS });
  });

  test('each network has its human-readable part', () => {
    expect(hrpOf(NETWORK_IDS.mainnet)).toBe('lux');
    expect(hrpOf(NETWORK_IDS.testnet)).toBe('test');
    expect(hrpOf(NETWORK_IDS.local)).toBe('local');
    expect([0, 2, 99_999].map(hrpOf)).toEqual(['custom', 'custom', 'custom']);
  });

  const words = (bytes: Uint8Array): number[] => bech32.toWords(bytes);
  const short = bech32.encode('local', words(COUNTING.subarray(0, 19)));
  const long = bech32.encode('local', words(COUNTING));
  const cases: readonly (readonly [string, string, CodecErrorCode])[] = [
    ['nothing', '', 'codec/address-alias'],
    ['no alias', TEXT.slice(2), 'codec/address-alias'],
    ['the alias of another chain', `X-${TEXT.slice(2)}`, 'codec/address-alias'],
    ['an address of Ethereum', `0x${ADDRESS}`, 'codec/address-alias'],
    ['mixed case', TEXT.replace('jma', 'jMa'), 'codec/address-case'],
    ['upper-case network', TEXT.replace('local', 'LOCAL'), 'codec/address-case'],
    ['one character changed', TEXT.replace('jma', 'jmq'), 'codec/address-checksum'],
    ['two swapped', TEXT.replace('ma8', 'am8'), 'codec/address-checksum'],
    ['a character that bech32 lacks', TEXT.replace('jma', 'jmb'), 'codec/address-checksum'],
    ['cut short', TEXT.slice(0, -1), 'codec/address-checksum'],
    ['bech32m', `A-${bech32m.encode('local', words(fromHex(ADDRESS)))}`, 'codec/address-checksum'],
    ['19 bytes', `A-${short}`, 'codec/address-length'],
    ['32 bytes', `A-${long}`, 'codec/address-length'],
    ['far too long', `A-local1${'q'.repeat(100_000)}`, 'codec/address-length'],
  ];
  test.each(cases)('%s is refused', (_, text, code) => {
    expectCode(parseAddress(text, HRP.local), code);
  });

  test('an address of another network names both', () => {
    expect(parseAddress(TEXT, HRP.mainnet)).toMatchObject({
      ok: false,
      failure: { code: 'codec/address-network', details: { expected: 'lux', found: 'local' } },
    });
  });

  test('what is formatted is an address', () => {
    expect(() => formatAddress('ab', HRP.local)).toThrow(AssertionError);
  });
});

describe('hex from people', () => {
  test('either case, with or without 0x', () => {
    expect(parseHex('0xABcd', 2)).toEqual({ ok: true, value: 'abcd' });
    expect(parseHex(toHex(COUNTING), 32)).toEqual({ ok: true, value: toHex(COUNTING) });
  });

  test('what is not hex, or not its length', () => {
    for (const text of ['abc', 'zz', '0x0', ' ab', 'ab\n', '0Xab']) {
      expectCode(parseHex(text, 1), 'codec/hex-format');
    }
    expect(parseHex('abcd', 3)).toMatchObject({
      failure: { code: 'codec/hex-length', details: { expected: '3', found: '2' } },
    });
  });
});
