/**
 * What other verifiers got wrong, each refused here under its number in docs/tee.md.
 */
import { describe, expect, it } from 'vitest';
import { hex } from '../../../src/tee/bytes.ts';
import {
  applyPolicy,
  DEFAULT_POLICY,
  ingestCollateral,
  ingestTrustAnchor,
  verifyQuote,
} from '../../../src/tee/index.ts';
import {
  extension,
  type LevelSpec,
  makeCertificate,
  makeWorldQuote,
  pem,
  qeIdentityJson,
  signDocument,
} from '../../../src/tee/generator/index.ts';
import { Oid } from '../../../src/tee/x509/oids.ts';
import { must, refusal, why } from './vectors.ts';
import { engine, judge, judgeWorld, NOW, world } from './world.ts';
import { DATE, evil, repeat, withQeIdentity, withTcbInfo } from './change.ts';

it('accepts the world that all of the following change', () => {
  const facts = must(judgeWorld({}));
  expect(facts.status).toBe('UpToDate');
  expect(must(applyPolicy(facts, DEFAULT_POLICY, NOW))).toBe(facts);
});

describe('trap 1: QE identity signature, chain or policy never checked (CVE-2026-22696)', () => {
  it('refuses an identity signed by another key', () => {
    const result = judgeWorld({}, {}, (same, made) => ({
      ...same,
      qeIdentity: signDocument(
        qeIdentityJson(made.specs.qeIdentity),
        evil,
        same.qeIdentity.issuerChain,
      ),
    }));
    expect(why(result)).toBe('qe_identity tee/document-signature');
  });

  it('refuses an identity whose chain ends in another root', () => {
    const foreign = world();
    const other = judgeWorld({}, {}, (same, made) => ({
      ...same,
      qeIdentity: signDocument(
        qeIdentityJson(made.specs.qeIdentity),
        evil,
        pem(
          makeCertificate({
            ...foreign.specs.tcbSigner,
            publicKey: evil.publicKey,
            issuerKey: evil,
          }),
          makeCertificate({ ...foreign.specs.root, publicKey: evil.publicKey, issuerKey: evil }),
        ),
      ),
    }));
    expect(why(other)).toBe('qe_identity tee/root-untrusted');
  });

  it.each([
    ['MRSIGNER', 128, 'tee/qe-identity-mismatch'],
    ['ISVPRODID', 256, 'tee/qe-identity-mismatch'],
    ['MISCSELECT', 16, 'tee/qe-identity-mismatch'],
    ['ATTRIBUTES', 48, 'tee/qe-identity-mismatch'],
  ])('refuses an identity that differs in %s from the report', (field, _offset, code) => {
    const change: Readonly<Record<string, (text: string) => string>> = {
      MRSIGNER: (text) => text.replace('DC9E2A7C', 'DC9E2A7D'),
      ISVPRODID: (text) => text.replace('"isvprodid":2', '"isvprodid":3'),
      MISCSELECT: (text) => text.replace('"00000000"', '"01000000"'),
      ATTRIBUTES: (text) => text.replace('"11000000', '"13000000'),
    };
    const rejection = refusal(withQeIdentity(change[field] ?? ((text) => text)));
    expect(rejection).toMatchObject({ stage: 'qe', code, details: { field } });
  });

  it('refuses the identity of the quoting enclave of the other TEE', () => {
    expect(why(withQeIdentity((text) => text.replace('TD_QE', 'QE')))).toBe(
      'qe_identity tee/qe-identity-mismatch',
    );
  });
});

describe('trap 2: PCK chain signature skipped when the authority key id is not there', () => {
  const forged = (omit: readonly string[]) => {
    const made = world();
    const pck = { ...made.specs.pck, issuerKey: evil, omit };
    const chain = pem(makeCertificate(pck), made.pckCaDer, made.rootDer);
    return judge(made.rootDer, made.collateral, makeWorldQuote({ ...made, pckChain: chain }));
  };

  it('refuses a forged leaf whose authority key id differs', () => {
    expect(why(forged([]))).toBe('pck tee/certificate-signature');
  });

  it('refuses a forged leaf without authority key id', () => {
    expect(why(forged([Oid.authorityKeyId]))).toBe('pck tee/certificate-extensions');
  });

  it('does not mind a wrong key id on a leaf that is signed', () => {
    const made = world();
    const wrongId = { ...made.specs.pck, omit: [Oid.authorityKeyId] };
    const aki = extension(Oid.authorityKeyId, false, hex('30038001ff'));
    const leaf = makeCertificate({ ...wrongId, extra: [aki] });
    const quote = makeWorldQuote({ ...made, pckChain: pem(leaf, made.pckCaDer, made.rootDer) });
    expect(judge(made.rootDer, made.collateral, quote).ok).toBe(true);
  });

  it.each([
    ['CRL distribution points', Oid.crlDistributionPoints],
    ['subject key id', Oid.subjectKeyId],
    ['key usage', Oid.keyUsage],
    ['basic constraints', Oid.basicConstraints],
  ])('refuses a leaf without %s', (_name, id) => {
    expect(why(judgeWorld({ pck: { omit: [id] } }))).toBe('pck tee/certificate-extensions');
  });
});

describe('trap 3: Revoked or unknown status not refused; panics', () => {
  const levels = (status: LevelSpec['status']): readonly LevelSpec[] => [
    { sgx: repeat(5), pceSvn: 13, tdx: repeat(0), date: DATE, status },
  ];
  const component = (status: 'Revoked' | 'OutOfDate') =>
    [{ isvSvn: 1, date: DATE, status }] as const;
  const V1 = hex('05010400000000000000000000000000');

  it('refuses a revoked platform, quoting enclave and TDX module', () => {
    expect(why(judgeWorld({ tcbInfo: { levels: levels('Revoked') } }))).toBe('tcb tee/tcb-revoked');
    expect(why(judgeWorld({ qeIdentity: { levels: component('Revoked') } }))).toBe(
      'tcb tee/tcb-revoked',
    );
    const modules = [{ id: 'TDX_01', mrSigner: new Uint8Array(48), levels: component('Revoked') }];
    expect(why(judgeWorld({ tcbInfo: { modules } }, { patches: [[0, V1]] }))).toBe(
      'tcb tee/tcb-revoked',
    );
  });

  it('refuses a document with an unknown status, even in a level that does not match', () => {
    for (const unknown of ['Fine', 'uptodate', '', 'TDRelaunchAdvised']) {
      const change = (text: string) => text.replace('"OutOfDate"', `"${unknown}"`);
      expect(why(withTcbInfo(change))).toBe('tcb_info tee/json-field');
    }
    const change = (text: string) => text.replace('"UpToDate"', '"SWHardeningNeeded"');
    expect(why(withQeIdentity(change))).toBe('qe_identity tee/json-field');
  });

  it('refuses what is below every level, and says by how much', () => {
    const low = judgeWorld({
      platform: { components: [...repeat(5).slice(0, 15), 2], pceSvn: 10 },
    });
    expect(why(low)).toBe('tcb tee/tcb-not-supported');
    expect(refusal(low).shortfall).toMatchObject([
      { part: 'sgx', index: 15, have: 2, need: 5 },
      { part: 'pce', have: 10, need: 13 },
    ]);
    expect(why(judgeWorld({ qe: { isvSvn: 7 } }))).toBe('qe tee/qe-not-supported');
    const patches = [[0, hex('04010400000000000000000000000000')]] as const;
    expect(why(judgeWorld({}, { patches }))).toBe('tdx_module tee/module-not-supported');
  });
});

describe('trap 4: collateral outside its validity, or stored without its signature checked', () => {
  const DAY = 86_400;

  it.each(['tcbInfo', 'qeIdentity'] as const)('counts both ends of %s', (part) => {
    const window = { issueDate: NOW - DAY, nextUpdate: NOW + DAY };
    const judgeAt = (now: number) => judgeWorld({ [part]: window }, {}, undefined, now);
    expect(judgeAt(NOW - DAY).ok).toBe(true);
    expect(judgeAt(NOW + DAY).ok).toBe(true);
    expect(refusal(judgeAt(NOW - DAY - 1)).code).toBe('tee/document-not-yet-valid');
    expect(refusal(judgeAt(NOW + DAY + 1)).code).toBe('tee/document-expired');
  });

  it('counts a revocation list from thisUpdate up to, not including, nextUpdate', () => {
    const judgeAt = (now: number) =>
      judgeWorld({ crlWindow: [NOW - DAY, NOW + DAY] }, {}, undefined, now);
    expect(judgeAt(NOW - DAY).ok).toBe(true);
    expect(judgeAt(NOW + DAY - 1).ok).toBe(true);
    expect(refusal(judgeAt(NOW - DAY - 1)).code).toBe('tee/crl-not-yet-valid');
    expect(refusal(judgeAt(NOW + DAY)).code).toBe('tee/crl-expired');
  });

  it.each([
    ['pck', 'pck'],
    ['pckCa', 'pck_ca'],
    ['tcbSigner', 'tcb_info'],
  ] as const)('counts both ends of the certificate %s', (part, stage) => {
    const window = { notBefore: NOW - DAY, notAfter: NOW + DAY };
    const judgeAt = (now: number) => judgeWorld({ [part]: window }, {}, undefined, now);
    expect(judgeAt(NOW - DAY).ok).toBe(true);
    expect(judgeAt(NOW + DAY).ok).toBe(true);
    expect(why(judgeAt(NOW - DAY - 1))).toBe(`${stage} tee/certificate-not-yet-valid`);
    expect(why(judgeAt(NOW + DAY + 1))).toBe(`${stage} tee/certificate-expired`);
  });

  it('checks stored collateral again at every quote, and says what expired when', () => {
    const made = world({ tcbInfo: { nextUpdate: NOW + DAY } });
    const anchor = must(ingestTrustAnchor(made.rootDer, engine));
    const stored = must(ingestCollateral(made.collateral, anchor, NOW, { engine }));
    const quote = makeWorldQuote(made);
    const facts = must(verifyQuote(quote, stored, NOW + DAY, { engine }));
    expect(facts.validThrough).toBe(NOW + DAY);
    const late = refusal(verifyQuote(quote, stored, NOW + DAY + 1, { engine }));
    expect(late).toMatchObject({
      stage: 'tcb_info',
      code: 'tee/document-expired',
      details: { nextUpdate: String(NOW + DAY), now: String(NOW + DAY + 1) },
    });
    expect(refusal(applyPolicy(facts, DEFAULT_POLICY, NOW + DAY + 1)).code).toBe(
      'tee/policy-facts-stale',
    );
  });

  it('refuses documents that were changed after they were signed', () => {
    for (const part of ['tcbInfo', 'qeIdentity'] as const) {
      const result = judgeWorld({}, {}, (same) => {
        const body = same[part].body.slice();
        body[body.indexOf(0x35)] = 0x34;
        return { ...same, [part]: { ...same[part], body } };
      });
      expect(refusal(result).code).toBe('tee/document-signature');
    }
  });
});

describe('trap 5: component lists that are not exactly 16 long', () => {
  const first = '{"svn":5},';

  it('refuses 15 and 17 components of SGX and TDX, and none', () => {
    const key = '"sgxtcbcomponents":[';
    expect(why(withTcbInfo((t) => t.replace(key + first, key)))).toBe('tcb_info tee/json-field');
    expect(why(withTcbInfo((t) => t.replace(key, key + first)))).toBe('tcb_info tee/json-field');
    const tdx = '"tdxtcbcomponents":[';
    expect(why(withTcbInfo((t) => t.replace(tdx + first, tdx)))).toBe('tcb_info tee/json-field');
    expect(why(withTcbInfo((t) => t.replace(tdx, tdx + first)))).toBe('tcb_info tee/json-field');
    const renamed = (t: string) => t.replace('"tdxtcbcomponents"', '"tdx"');
    expect(why(withTcbInfo(renamed))).toBe('tcb_info tee/json-field');
  });

  it('refuses SVNs that are no bytes, and a PCESVN that is no u16', () => {
    for (const bad of ['256', '-1', '1.0', '"5"', 'null', '05', '5e0']) {
      expect(withTcbInfo((t) => t.replace('{"svn":5}', `{"svn":${bad}}`)).ok, bad).toBe(false);
    }
    expect(withTcbInfo((t) => t.replace('"pcesvn":13', '"pcesvn":65536')).ok).toBe(false);
  });
});
