import { describe, expect, test } from 'vitest';
import { decode, encode } from '../../../../src/codec/index.ts';
import { seconds } from '../../../../src/machines/tee/fields.ts';
import { teeReason, teeTime } from '../../../../src/machines/tee/reason.ts';
import type { Rejection, Shortfall, Stage } from '../../../../src/tee/result.ts';
import { MAX_SECONDS } from '../../../../src/tee/time.ts';

const rejection = (
  stage: Stage,
  code: Rejection['code'],
  details: Readonly<Record<string, string>> = {},
  shortfall?: readonly Shortfall[],
): Rejection => ({
  code,
  stage,
  message: 'it is refused',
  details,
  ...(shortfall === undefined ? {} : { shortfall }),
});
const refused = (...told: Parameters<typeof rejection>) =>
  teeReason(rejection(...told), 'report-refused');

describe('times of the TEE library', () => {
  test('are those of the chain to the last second of the year 9999, and end there', () => {
    const last = BigInt(MAX_SECONDS);
    expect([1n, last - 1n, last, last + 1n, last + 2n, 2n ** 63n].map(teeTime)).toEqual([
      1,
      MAX_SECONDS - 1,
      MAX_SECONDS,
      MAX_SECONDS + 1,
      MAX_SECONDS + 1,
      MAX_SECONDS + 1,
    ]);
  });

  test('can be stored to the last second of the year 9999', () => {
    const read = (value: number) => decode(seconds, encode(seconds, value), 9);
    expect(read(MAX_SECONDS)).toEqual({ ok: true, value: MAX_SECONDS });
    expect(decode(seconds, encode(seconds, MAX_SECONDS + 1), 9)).toMatchObject({
      ok: false,
      failure: {
        code: 'codec/integer-range',
        details: { limit: String(MAX_SECONDS), found: String(MAX_SECONDS + 1) },
      },
    });
  });
});

describe('the reason of a refusal', () => {
  test.each(['tcb_info', 'qe_identity'] as const)(
    'names the signing certificate of a document where that is at fault: %s',
    (stage) => {
      const document = stage === 'tcb_info' ? 'TCB information' : 'quoting enclave identity';
      const signer = `TCB signing certificate of the ${document}`;
      const ofSigner = refused(stage, 'tee/certificate-revoked');
      expect(ofSigner.details).toEqual({ cause: 'tee/certificate-revoked', document: signer });
      expect(refused(stage, 'tee/document-signature').details['document']).toBe(document);
      const details = { notAfter: '86400' };
      expect(refused(stage, 'tee/certificate-expired', details).details['document']).toBe(signer);
    },
  );

  test('names any other certificate by itself', () => {
    expect(refused('pck', 'tee/certificate-revoked').details['document']).toBe('PCK certificate');
  });

  test.each([
    ['tee/document-expired', 'nextUpdate'],
    ['tee/crl-expired', 'nextUpdate'],
    ['tee/certificate-expired', 'notAfter'],
  ] as const)('says when it ran out: %s', (code, field) => {
    expect(refused('pck_ca', code, { [field]: '86400' })).toEqual({
      code: 'collateral-expired',
      details: {
        document: 'certificate of the PCK CA',
        expiredAt: '86400',
        expired: '1970-01-02T00:00:00Z',
        cause: code,
      },
    });
  });

  test('quotes at most 256 characters of a detail', () => {
    const details = { issuer: 'x'.repeat(300), short: 'y'.repeat(256) };
    const reason = refused('pck', 'tee/certificate-issuer', details);
    expect(reason).toEqual({
      code: 'report-refused',
      details: {
        issuer: 'x'.repeat(256),
        short: 'y'.repeat(256),
        cause: 'tee/certificate-issuer',
        document: 'PCK certificate',
      },
    });
  });

  test('tells at most four components that fall short, in the vendor’s words if any', () => {
    const short = (index: number, category = ''): Shortfall => ({
      part: 'sgx',
      index,
      have: 4,
      need: 5,
      category,
      type: '',
    });
    const parts = [short(0), short(1, 'BIOS'), short(2), short(3), short(4)];
    const told = refused('tcb', 'tee/tcb-not-supported', {}, parts).details['shortfall'];
    expect(told).toBe(
      'sgx[0] has 4, needs 5; sgx[1] (BIOS) has 4, needs 5; ' +
        'sgx[2] has 4, needs 5; sgx[3] has 4, needs 5',
    );
    expect(refused('tcb', 'tee/tcb-not-supported', {}, [short(7)]).details['shortfall']).toBe(
      'sgx[7] has 4, needs 5',
    );
    expect(refused('tcb', 'tee/tcb-not-supported', {}, []).details).toEqual({
      cause: 'tee/tcb-not-supported',
      document: 'TCB level',
    });
  });
});
