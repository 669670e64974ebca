/**
 * What other verifiers got wrong, each refused here under its number in docs/tee.md.
 */
import { describe, expect, it } from 'vitest';
import { concat, hex } from '../../../src/tee/bytes.ts';
import { MAX_QUOTE_BYTES, parseQuote } from '../../../src/tee/index.ts';
import { type LevelSpec, makeWorldQuote } from '../../../src/tee/generator/index.ts';
import { parseCertificate } from '../../../src/tee/x509/certificate.ts';
import { parseCrl } from '../../../src/tee/x509/crl.ts';
import { must, why } from './vectors.ts';
import { judgeWorld, world } from './world.ts';
import { DATE, repeat, withTcbInfo } from './change.ts';

describe('trap 6: levels in JSON order; module, MRSIGNERSEAM and vendor id not checked', () => {
  it('evaluates levels from the highest down, whatever their order in the document', () => {
    const straight = must(judgeWorld({}));
    const { levels } = world().specs.tcbInfo;
    const reversed = must(judgeWorld({ tcbInfo: { levels: levels.toReversed() } }));
    expect(reversed.status).toBe(straight.status);
    const qe = [
      { isvSvn: 1, date: DATE, status: 'Revoked' },
      { isvSvn: 8, date: DATE, status: 'UpToDate' },
    ] as const;
    expect(must(judgeWorld({ qeIdentity: { levels: qe } })).status).toBe('UpToDate');
  });

  it('refuses the same level twice', () => {
    const { levels } = world().specs.tcbInfo;
    const twice = [...levels, ...levels.slice(0, 1)];
    expect(why(judgeWorld({ tcbInfo: { levels: twice } }))).toBe(
      'tcb_info tee/tcb-levels-duplicate',
    );
  });

  it('refuses another signer of the module, and any of its attributes', () => {
    const one = Uint8Array.of(1);
    expect(why(judgeWorld({}, { patches: [[64, one]] }))).toBe('tdx_module tee/module-mismatch');
    expect(why(judgeWorld({}, { patches: [[112, one]] }))).toBe('tdx_module tee/module-mismatch');
    const version1 = hex('05010400000000000000000000000000');
    const modules = [
      {
        id: 'TDX_01',
        mrSigner: new Uint8Array(48).fill(7),
        levels: [{ isvSvn: 1, date: DATE, status: 'UpToDate' }] as const,
      },
    ];
    expect(why(judgeWorld({ tcbInfo: { modules } }, { patches: [[0, version1]] }))).toBe(
      'tdx_module tee/module-mismatch',
    );
  });

  it('refuses a module version without identity; its name is hexadecimal in either case', () => {
    const version = (byte: number) => [[1, Uint8Array.of(byte)]] as const;
    const module = (id: string) => ({
      tcbInfo: {
        modules: [
          {
            id,
            mrSigner: new Uint8Array(48),
            levels: [{ isvSvn: 1, date: DATE, status: 'UpToDate' }] as const,
          },
        ],
      },
    });
    expect(judgeWorld(module('TDX_0A'), { patches: version(10) }).ok).toBe(true);
    expect(judgeWorld(module('tdx_0a'), { patches: version(10) }).ok).toBe(true);
    expect(why(judgeWorld(module('TDX_10'), { patches: version(10) }))).toBe(
      'tdx_module tee/module-unknown',
    );
  });

  it('refuses a quoting enclave of another vendor', () => {
    const quote = makeWorldQuote(world());
    quote[12] = (quote[12] ?? 0) ^ 1;
    expect(why(parseQuote(quote))).toBe('quote tee/vendor-unknown');
  });
});

describe('trap 7: TDX components 0 and 1 compared although the module version is above 0', () => {
  it('leaves them to the module identity', () => {
    const levels: readonly LevelSpec[] = [
      {
        sgx: repeat(5),
        pceSvn: 13,
        tdx: [9, 9, 4, ...repeat(0)].slice(0, 16),
        date: DATE,
        status: 'UpToDate',
      },
    ];
    const version1 = hex('05010400000000000000000000000000');
    expect(must(judgeWorld({ tcbInfo: { levels } }, { patches: [[0, version1]] })).status).toBe(
      'UpToDate',
    );
    const version0 = hex('05000400000000000000000000000000');
    expect(why(judgeWorld({ tcbInfo: { levels } }, { patches: [[0, version0]] }))).toBe(
      'tcb tee/tcb-not-supported',
    );
  });
});

describe('trap 8: unbounded lengths, DER recursion, JSON nesting', () => {
  it('refuses lengths that reach beyond the quote, at every level of it', () => {
    const quote = makeWorldQuote(world());
    for (const [offset, bytes] of [
      [632, 4],
      [766, 4],
      [1218, 2],
      [1254, 4],
    ] as const) {
      for (const value of [0x00, 0xff]) {
        const changed = quote.slice();
        changed.fill(value, offset, offset + bytes);
        expect(parseQuote(changed).ok, `${offset} ${value}`).toBe(false);
      }
    }
  });

  it('refuses a quote above the limit before it reads it', () => {
    expect(why(parseQuote(new Uint8Array(MAX_QUOTE_BYTES + 1)))).toBe('quote tee/quote-too-large');
  });

  it('reads deeply nested DER and JSON without recursion beyond its limits', () => {
    let nested = new Uint8Array(0);
    for (let i = 0; i < 1_000; i += 1) {
      nested = concat(
        hex('3082'),
        Uint8Array.of(nested.length >>> 8, nested.length & 255),
        nested,
      ) as typeof nested;
    }
    expect(parseCertificate(nested).ok).toBe(false);
    expect(parseCrl(nested).ok).toBe(false);
    const deep = (text: string) => text.replace('{', `{"x":${'['.repeat(40)}${']'.repeat(40)},`);
    expect(why(withTcbInfo(deep))).toBe('tcb_info tee/json-malformed');
  });
});
