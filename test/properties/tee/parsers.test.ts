import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQeIdentity } from '../../../src/tee/collateral/identity.ts';
import { parseTcbInfo } from '../../../src/tee/collateral/tcb-info.ts';
import { createTestWorld, pem, writeJson } from '../../../src/tee/generator/index.ts';
import { integerBytes, octetString, sequence } from '../../../src/tee/generator/der.ts';
import { MESSAGES, parseQuote, type Result } from '../../../src/tee/index.ts';
import { readFields } from '../../../src/tee/der/reader.ts';
import { octets, unsignedBytes } from '../../../src/tee/der/values.ts';
import { parseJson, type Json } from '../../../src/tee/json/parser.ts';
import { readPemChain } from '../../../src/tee/pem.ts';
import { parseCertificate } from '../../../src/tee/x509/certificate.ts';
import { parseCrl } from '../../../src/tee/x509/crl.ts';
import { parseSgxExtension } from '../../../src/tee/x509/sgx-extension.ts';
import { must } from '../../unit/tee/vectors.ts';

const RUNS = { seed: 20_260_601, numRuns: 400 };

const PARSERS: readonly (readonly [string, (bytes: Uint8Array) => Result<unknown>])[] = [
  ['quote', parseQuote],
  ['certificate', parseCertificate],
  ['revocation list', parseCrl],
  ['SGX extension', parseSgxExtension],
  ['TCB information', parseTcbInfo],
  ['QE identity', parseQeIdentity],
  ['JSON', (bytes) => parseJson(bytes)],
  ['PEM', (bytes) => readPemChain(bytes, 3)],
];

/** Bytes as they come, and bytes that open a SEQUENCE of their own length. */
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => sequence(bytes)),
);

describe('any input is a value or a typed rejection', () => {
  it.each(PARSERS)('%s', (_name, parse) => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const result = parse(bytes);
        if (!result.ok) expect(MESSAGES).toHaveProperty([result.failure.code]);
      }),
      RUNS,
    );
  });
});

describe('what is written is read', () => {
  it('DER: integers and octets', () => {
    const number = fc.uint8Array({ minLength: 1, maxLength: 20 });
    const bytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(number, bytes, (value, content) => {
        const [first, second] = must(
          readFields(sequence(integerBytes(value), octetString(content)), 2),
        );
        if (first === undefined || second === undefined) throw new Error('two elements');
        const stripped = must(unsignedBytes(first, 20));
        const padded = new Uint8Array(value.length);
        padded.set(stripped, value.length - stripped.length);
        expect(padded).toEqual(value);
        expect(must(octets(second))).toEqual(content);
      }),
      RUNS,
    );
  });

  it('PEM: any certificates', () => {
    const certificate = fc.uint8Array({ minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(fc.array(certificate, { minLength: 1, maxLength: 4 }), (chain) => {
        expect(must(readPemChain(pem(...chain), chain.length))).toEqual(chain);
      }),
      RUNS,
    );
  });

  it('JSON: as JSON.parse reads it, for values of integers and texts', () => {
    const plain = (value: Json): unknown => {
      switch (value.kind) {
        case 'object':
          return Object.fromEntries([...value.members].map(([key, item]) => [key, plain(item)]));
        case 'array':
          return value.items.map(plain);
        case 'string':
          return value.text;
        case 'null':
          return null;
        default:
          return value.value;
      }
    };
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.integer(),
        fc.string({ unit: 'binary' }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(
          fc.string().filter((key) => key !== '__proto__'),
          tie('tree'),
          { maxKeys: 4 },
        ),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const text = JSON.stringify(value, undefined, 1);
        const parsed = must(parseJson(new TextEncoder().encode(text)));
        expect(plain(parsed)).toEqual(JSON.parse(text));
      }),
      RUNS,
    );
  });

  it('documents of the generator, with any SVNs', () => {
    const svns = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(svns, svns, fc.integer({ min: 0, max: 65_535 }), (sgx, tdx, pceSvn) => {
        const date = 1_700_000_000;
        const levels = [{ sgx, tdx, pceSvn, date, status: 'UpToDate' }] as const;
        const { body } = createTestWorld('any', { tcbInfo: { levels } }).collateral.tcbInfo;
        const [level] = must(parseTcbInfo(body)).levels;
        expect(level).toMatchObject({ pceSvn, date, status: 'UpToDate' });
        expect([...(level?.sgx ?? [])]).toEqual(sgx);
        expect([...(level?.tdx ?? [])]).toEqual(tdx);
      }),
      { ...RUNS, numRuns: 20 },
    );
    expect(writeJson([1, 'a', { b: [] }])).toBe('[1,"a",{"b":[]}]');
  });
});
