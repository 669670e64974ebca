import { describe, expect, it } from 'vitest';
import {
  ingestCollateral,
  ingestContext,
  ingestPckCa,
  ingestPckCrl,
  ingestQeIdentity,
  ingestRootCrl,
  ingestTcbInfo,
  ingestTrustAnchor,
  INTEL_SGX_ROOT_CA,
  parseQuote,
  type RawCollateral,
  splitSignedResponse,
} from '../../../src/tee/index.ts';
import { readPemChain } from '../../../src/tee/pem.ts';
import { hasVectors, list, must, read, refusal, why } from './vectors.ts';
import { at, engine, judgeWorld } from './world.ts';

const NOW = at('2024-06-01T00:00:00Z');

const sample = (folder: string): RawCollateral => {
  const file = (name: string) => read(`intel-testpki/${folder}${name}`);
  const issuerChain = file('tcbSignChain.pem');
  return {
    pckCrlIssuerChain: file('pckSignChain.pem'),
    rootCrl: file('rootCaCrl.der'),
    pckCrl: file('intermediateCaCrl.der'),
    tcbInfo: { ...must(splitSignedResponse(file('tcbInfo.json'), 'tcbInfo')), issuerChain },
    qeIdentity: {
      ...must(splitSignedResponse(file('qeIdentity.json'), 'enclaveIdentity')),
      issuerChain,
    },
  };
};

describe.skipIf(!hasVectors)('the vendor’s own sample, below its own test root', () => {
  const anchorOf = (folder: string) => {
    const [root] = must(readPemChain(read(`intel-testpki/${folder}trustedRootCaCert.pem`), 1));
    return must(ingestTrustAnchor(root ?? new Uint8Array(0), engine));
  };

  it('collateral for SGX is accepted below that root only', () => {
    const trusted = must(ingestCollateral(sample(''), anchorOf(''), NOW, { engine }));
    expect(trusted.tcbInfo).toMatchObject({ tee: 'SGX', version: 2 });
    const pinned = must(ingestTrustAnchor(INTEL_SGX_ROOT_CA, engine));
    expect(why(ingestCollateral(sample(''), pinned, NOW, { engine }))).toBe(
      'root_crl tee/crl-signature',
    );
  });

  it('chains for TDX, root first, are read; random SVNs beyond a byte are not', () => {
    const anchor = anchorOf('tdx/');
    const context = ingestContext(NOW, { engine });
    const raw = sample('tdx/');
    const rootCrl = must(ingestRootCrl(raw.rootCrl, anchor, context));
    const pckCa = must(ingestPckCa(raw.pckCrlIssuerChain, anchor, rootCrl, context));
    expect(pckCa.ca).toBe('processor');
    expect(must(ingestPckCrl(raw.pckCrl, pckCa, context)).revokedSerials).toHaveLength(0);
    expect(must(ingestQeIdentity(raw.qeIdentity, anchor, rootCrl, context)).id).toBe('TD_QE');
    expect(refusal(ingestTcbInfo(raw.tcbInfo, anchor, rootCrl, context))).toMatchObject({
      code: 'tee/json-field',
      details: { field: 'svn' },
    });
  });

  it('its quotes carry no PCK chain, which is said as such', () => {
    expect(refusal(parseQuote(read('intel-testpki/quote.dat')))).toMatchObject({
      code: 'tee/certification-type-unsupported',
      details: { type: '1', name: 'plain PPID' },
    });
  });
});

describe.skipIf(!hasVectors)('every signed document of the pool, 2019 to 2026', () => {
  it('splits into the signed bytes and the signature', () => {
    for (const [folder, field] of [
      ['tcbinfo', 'tcbInfo'],
      ['qeidentity', 'enclaveIdentity'],
    ] as const) {
      for (const file of list(`intel/pool/${folder}`)) {
        const response = read(`intel/pool/${folder}/${file}`);
        const { body, signature } = must(splitSignedResponse(response, field));
        expect(body[0], file).toBe(0x7b);
        expect(signature, file).toHaveLength(64);
      }
    }
  });
});

describe('a response of the service', () => {
  const split = (text: string) => splitSignedResponse(new TextEncoder().encode(text), 'tcbInfo');
  const signature = 'ab'.repeat(64);

  it('must have the document as an object and 128 hexadecimal digits', () => {
    expect(split(`{"tcbInfo":{"a":1},"signature":"${signature}"}`).ok).toBe(true);
    for (const bad of [
      `{"tcbInfo":"{}","signature":"${signature}"}`,
      `{"tcbInfo":{},"signature":"${signature}00"}`,
      `{"tcbInfo":{},"signature":"${'zz'.repeat(64)}"}`,
      `{"signature":"${signature}"}`,
      `{"tcbInfo":{}}`,
      '[]',
    ]) {
      expect(split(bad).ok, bad).toBe(false);
    }
  });

  it('quotes with other certification data are refused by name', () => {
    for (const certificationType of [1, 2, 3, 4, 6, 7, 0, 8, 65_535]) {
      expect(why(judgeWorld({}, { certificationType }))).toBe(
        'quote tee/certification-type-unsupported',
      );
    }
  });
});
