import { readPemChain } from '../../tee/pem.ts';
import { parseQuote } from '../../tee/quote/parse.ts';
import type { Quote } from '../../tee/quote/types.ts';
import { atStage, ok, reject, type Result } from '../../tee/result.ts';
import { parseCertificate, type Certificate } from '../../tee/x509/certificate.ts';
import { Oid } from '../../tee/x509/oids.ts';
import { parseSgxExtension } from '../../tee/x509/sgx-extension.ts';

/** What a quote says of itself before anything of it is believed: which collateral it needs. */
export interface QuoteNeeds {
  readonly quote: Quote;
  readonly fmspc: Uint8Array;
  /** Public key of the authority that the PCK certificate names, 65 bytes. */
  readonly caKey: Uint8Array;
  /** Serial number of the PCK certificate, 20 bytes. */
  readonly pckSerial: Uint8Array;
}

/** Leaf, PCK CA and root; `verifyQuote` judges them. */
const CHAIN_LENGTH = 3;

const certificatesOf = (pem: Uint8Array): Result<readonly [Certificate, Certificate]> => {
  const chain = atStage(readPemChain(pem, CHAIN_LENGTH), 'pck');
  if (!chain.ok) return chain;
  const [leafDer, caDer] = chain.value;
  if (leafDer === undefined || caDer === undefined) return reject('pck', 'tee/chain-length');
  const leaf = atStage(parseCertificate(leafDer), 'pck');
  if (!leaf.ok) return leaf;
  const ca = atStage(parseCertificate(caDer), 'pck_ca');
  return ca.ok ? ok([leaf.value, ca.value]) : ca;
};

/** Reads a quote as far as its platform family and its PCK CA. */
export const readNeeds = (bytes: Uint8Array): Result<QuoteNeeds> => {
  const quote = parseQuote(bytes);
  if (!quote.ok) return quote;
  const certificates = certificatesOf(quote.value.auth.pckChain);
  if (!certificates.ok) return certificates;
  const [leaf, ca] = certificates.value;
  const extension = leaf.extensions.get(Oid.sgxExtensions);
  if (extension === undefined) {
    return reject('pck', 'tee/sgx-extension-malformed', { what: 'no SGX extension' });
  }
  const sgx = atStage(parseSgxExtension(extension.value), 'pck');
  if (!sgx.ok) return sgx;
  const { publicKey: caKey } = ca;
  return ok({ quote: quote.value, fmspc: sgx.value.fmspc, caKey, pckSerial: leaf.serial });
};
