/**
 * What other verifiers got wrong, each refused here under its number in docs/tee.md.
 */
import { describe, expect, it } from 'vitest';
import {
  createVerifyCache,
  ingestCollateral,
  ingestTrustAnchor,
  type RawCollateral,
  verifyQuote,
} from '../../../src/tee/index.ts';
import {
  DEFAULT_PLATFORM,
  makeCertificate,
  makeCrl,
  makeWorldQuote,
  pem,
  sgxExtension,
  signDocument,
  tcbInfoJson,
  testKey,
} from '../../../src/tee/generator/index.ts';
import { parseCrl } from '../../../src/tee/x509/crl.ts';
import { must, why } from './vectors.ts';
import { at, engine, judge, judgeWorld, NOW, world } from './world.ts';
import { evil, repeat } from './change.ts';

describe('trap 11: revocation list unsigned, empty, of the wrong CA, expired', () => {
  const crl = (change: (made: ReturnType<typeof world>) => Partial<RawCollateral>) =>
    why(judgeWorld({}, {}, (same, made) => ({ ...same, ...change(made) })));
  const window = { thisUpdate: NOW - 1, nextUpdate: NOW + 1, revoked: [] } as const;

  it('fails closed', () => {
    const none = new Uint8Array(0);
    expect(crl(() => ({ pckCrl: none }))).toBe('pck_crl tee/der-malformed');
    expect(crl(() => ({ rootCrl: none }))).toBe('root_crl tee/der-malformed');
    const forged = (issuerName: string) => makeCrl({ ...window, issuerName, issuerKey: evil });
    expect(crl(() => ({ pckCrl: forged('Intel SGX PCK Platform CA') }))).toBe(
      'pck_crl tee/crl-signature',
    );
    expect(crl(() => ({ rootCrl: forged('Intel SGX Root CA') }))).toBe(
      'root_crl tee/crl-signature',
    );
    expect(crl((made) => ({ pckCrl: made.collateral.rootCrl }))).toBe('pck_crl tee/crl-issuer');
    expect(crl((made) => ({ rootCrl: made.collateral.pckCrl }))).toBe('root_crl tee/crl-issuer');
    const processor = (made: ReturnType<typeof world>) =>
      makeCrl({ ...window, issuerName: 'Intel SGX PCK Processor CA', issuerKey: made.keys.pckCa });
    expect(crl((made) => ({ pckCrl: processor(made) }))).toBe('pck_crl tee/crl-issuer');
  });

  it('refuses what is listed: leaf, PCK CA, TCB signer, root; and only by its own issuer', () => {
    const { specs } = world();
    const { pck, pckCa, tcbSigner, root } = specs;
    expect(why(judgeWorld({ pckRevoked: [pck.serial] }))).toBe('pck tee/certificate-revoked');
    expect(why(judgeWorld({ rootRevoked: [pckCa.serial] }))).toBe('pck_ca tee/certificate-revoked');
    expect(why(judgeWorld({ rootRevoked: [tcbSigner.serial] }))).toBe(
      'tcb_info tee/certificate-revoked',
    );
    expect(why(judgeWorld({ rootRevoked: [root.serial] }))).toBe('root tee/certificate-revoked');
    expect(judgeWorld({ rootRevoked: [pck.serial] }).ok).toBe(true);
    expect(judgeWorld({ pckRevoked: [tcbSigner.serial, pckCa.serial] }).ok).toBe(true);
  });

  it('judges stored documents by the newest list', () => {
    const made = world();
    const anchor = must(ingestTrustAnchor(made.rootDer, engine));
    const stored = must(ingestCollateral(made.collateral, anchor, NOW, { engine }));
    const revoking = world({ rootRevoked: [made.specs.tcbSigner.serial] });
    const rootCrl = { ...stored.rootCrl, revokedSerials: made.specs.tcbSigner.serial };
    expect(parseCrl(revoking.collateral.rootCrl).ok).toBe(true);
    const result = verifyQuote(makeWorldQuote(made), { ...stored, rootCrl }, NOW, { engine });
    expect(why(result)).toBe('tcb_info tee/certificate-revoked');
  });

  it('refuses parts of two hierarchies put together', () => {
    const made = world();
    const anchor = must(ingestTrustAnchor(made.rootDer, engine));
    const stored = must(ingestCollateral(made.collateral, anchor, NOW, { engine }));
    const pckCrl = stored.rootCrl;
    expect(why(verifyQuote(makeWorldQuote(made), { ...stored, pckCrl }, NOW, { engine }))).toBe(
      'collateral tee/collateral-mixed',
    );
    const tcbInfo = { ...stored.tcbInfo, anchor: new Uint8Array(32) };
    expect(why(verifyQuote(makeWorldQuote(made), { ...stored, tcbInfo }, NOW, { engine }))).toBe(
      'collateral tee/collateral-mixed',
    );
  });
});

describe('trap 12: a PCK leaf used as a CA, or its key used to sign TCB info', () => {
  it('refuses a leaf that issues a leaf', () => {
    const made = world();
    const victim = testKey('victim', 'pck');
    const inner = makeCertificate({
      ...made.specs.pck,
      publicKey: victim.publicKey,
      issuerKey: made.keys.pck,
      issuerName: made.specs.pck.commonName,
    });
    const keys = { ...made.keys, pck: victim };
    const chain = pem(inner, made.pckDer, made.rootDer);
    const quote = makeWorldQuote({ ...made, keys, pckChain: chain });
    expect(why(judge(made.rootDer, made.collateral, quote))).toBe('pck_ca tee/certificate-subject');
  });

  it('refuses TCB information signed by a PCK key, by the PCK CA or by the root itself', () => {
    const made = world();
    const body = tcbInfoJson(made.specs.tcbInfo);
    const judgeSigned = (key: typeof evil, certificate: Uint8Array) =>
      why(
        judgeWorld({}, {}, (same) => ({
          ...same,
          tcbInfo: signDocument(body, key, pem(certificate, made.rootDer)),
        })),
      );
    const { pck, pckCa, root } = made.keys;
    expect(judgeSigned(pck, made.pckDer)).toBe('tcb_info tee/certificate-subject');
    expect(judgeSigned(pckCa, made.pckCaDer)).toBe('tcb_info tee/certificate-subject');
    expect(judgeSigned(root, made.rootDer)).toBe('tcb_info tee/root-untrusted');
  });

  it('refuses a signer that is an authority, and one that an intermediate issued', () => {
    expect(why(judgeWorld({ tcbSigner: { pathLength: 0 } }))).toBe(
      'tcb_info tee/certificate-purpose',
    );
    const { keys, specs } = world();
    const below = { issuerKey: keys.pckCa, issuerName: specs.pckCa.commonName };
    expect(why(judgeWorld({ tcbSigner: below }))).toBe('tcb_info tee/certificate-issuer');
  });

  it('refuses a leaf that is an authority, and a PCK CA that is none or not the last one', () => {
    expect(why(judgeWorld({ pck: { pathLength: 0 } }))).toBe('pck tee/certificate-purpose');
    expect(why(judgeWorld({ pckCa: { pathLength: 1 } }))).toBe('pck_ca tee/certificate-purpose');
    const made = world();
    const { pathLength, ...end } = made.specs.pckCa;
    expect(pathLength).toBe(0);
    const ca = makeCertificate(end);
    const collateral = { ...made.collateral, pckCrlIssuerChain: pem(ca, made.rootDer) };
    expect(why(judge(made.rootDer, collateral, makeWorldQuote(made)))).toBe(
      'pck_ca tee/certificate-purpose',
    );
  });
});

describe('trap 13: chain verified for one certificate, properties read from another', () => {
  it('reads the platform from the leaf that is verified, which comes first', () => {
    const made = world();
    const fake = makeCertificate({
      ...made.specs.pck,
      issuerKey: evil,
      sgxExtension: sgxExtension({ ...DEFAULT_PLATFORM, components: repeat(99) }),
    });
    const quoteWith = (...chain: Uint8Array[]) =>
      judge(made.rootDer, made.collateral, makeWorldQuote({ ...made, pckChain: pem(...chain) }));
    expect(why(quoteWith(fake, made.pckCaDer, made.rootDer))).toBe('pck tee/certificate-signature');
    expect(why(quoteWith(made.pckDer, fake, made.pckCaDer, made.rootDer))).toBe(
      'pck tee/chain-length',
    );
    expect(why(quoteWith(made.pckCaDer, made.pckDer, made.rootDer))).toBe(
      'pck tee/certificate-subject',
    );
    expect(why(quoteWith(made.rootDer, made.pckCaDer, made.pckDer))).toBe('pck tee/root-untrusted');
    expect(why(quoteWith(made.pckDer, made.pckCaDer))).toBe('pck tee/chain-length');
  });

  it('accepts a renewed PCK CA of the same name and key, and no other', () => {
    const made = world();
    const renewed = makeCertificate({ ...made.specs.pckCa, serial: Uint8Array.of(9) });
    const chain = pem(made.pckDer, renewed, made.rootDer);
    const quote = makeWorldQuote({ ...made, pckChain: chain });
    expect(judge(made.rootDer, made.collateral, quote).ok).toBe(true);
    const revoked = world({ rootRevoked: [Uint8Array.of(9)] });
    expect(why(judge(made.rootDer, revoked.collateral, quote))).toBe(
      'pck_ca tee/certificate-revoked',
    );
    const foreign = makeCertificate({ ...made.specs.pckCa, publicKey: evil.publicKey });
    const leaf = makeCertificate({ ...made.specs.pck, issuerKey: evil });
    const other = makeWorldQuote({ ...made, pckChain: pem(leaf, foreign, made.rootDer) });
    expect(why(judge(made.rootDer, made.collateral, other))).toBe('pck tee/pck-ca-mismatch');
  });

  it('pins the root by its bytes: the same key in another certificate does not do', () => {
    const made = world();
    const twin = makeCertificate({ ...made.specs.root, notAfter: at('2033-05-21T10:41:10Z') });
    const quote = makeWorldQuote({ ...made, pckChain: pem(made.pckDer, made.pckCaDer, twin) });
    expect(why(judge(made.rootDer, made.collateral, quote))).toBe('pck tee/root-untrusted');
  });

  it('keeps the caches apart: a leaf verified below one root means nothing below another', () => {
    const cache = createVerifyCache();
    const made = world();
    const quote = makeWorldQuote(made);
    const trusted = (rootDer: Uint8Array, collateral: RawCollateral) => {
      const anchor = must(ingestTrustAnchor(rootDer, engine));
      return must(ingestCollateral(collateral, anchor, NOW, { engine }));
    };
    const own = trusted(made.rootDer, made.collateral);
    expect(verifyQuote(quote, own, NOW, { engine, cache }).ok).toBe(true);
    const revoked = trusted(
      made.rootDer,
      world({ pckRevoked: [made.specs.pck.serial] }).collateral,
    );
    expect(why(verifyQuote(quote, revoked, NOW, { engine, cache }))).toBe(
      'pck tee/certificate-revoked',
    );
    const twin = makeCertificate({ ...made.specs.root, notAfter: at('2033-05-21T10:41:10Z') });
    const { issuerChain } = made.collateral.tcbInfo;
    expect(issuerChain.length).toBeGreaterThan(0);
    const signer = makeCertificate(made.specs.tcbSigner);
    const chain = pem(signer, twin);
    const below = trusted(twin, {
      ...made.collateral,
      pckCrlIssuerChain: pem(made.pckCaDer, twin),
      tcbInfo: { ...made.collateral.tcbInfo, issuerChain: chain },
      qeIdentity: { ...made.collateral.qeIdentity, issuerChain: chain },
    });
    expect(why(verifyQuote(quote, below, NOW, { engine, cache }))).toBe('pck tee/root-untrusted');
  });
});
