import { blob, hex, variants, type Infer } from '../../codec/index.ts';
import { GAS } from '../kit/gas.ts';
import type { MessageRules } from '../kit/message.ts';
import type { TrustStoreContext } from './record.ts';

/** Largest revocation list or signed document, about 20 times the vendor's. */
export const MAX_DOCUMENT_BYTES = 131_072;
/** Two certificates as PEM. */
export const MAX_ISSUER_CHAIN_BYTES = 8_192;

const issuerChain = blob(MAX_ISSUER_CHAIN_BYTES);
const signedJson = {
  /** The bytes of the JSON object as served: what is signed. */
  body: blob(MAX_DOCUMENT_BYTES),
  /** r ‖ s. */
  signature: hex(64),
  issuerChain,
} as const;

/** A document as the vendor's service hands it out. Chains are PEM: the issuer and the root. */
export const collateralDocument = variants({
  rootCrl: [1, { crl: blob(MAX_DOCUMENT_BYTES) }],
  pckCa: [2, { issuerChain }],
  pckCrl: [3, { crl: blob(MAX_DOCUMENT_BYTES), issuerChain }],
  tcbInfo: [4, signedJson],
  qeIdentity: [5, signedJson],
});
export type CollateralDocument = Infer<typeof collateralDocument>;

export const trustStoreMessage = variants({
  upsertCollateral: [1, { document: collateralDocument }],
  /** A provider has enrolled an enclave key: no provider can enrol it again. */
  keyEnrolled: [20, { key: hex(20) }],
});
export type TrustStoreMessage = Infer<typeof trustStoreMessage>;

/** Bytes of all parts of a document. */
const sizeOf = (document: CollateralDocument): number => {
  switch (document.type) {
    case 'rootCrl':
      return document.crl.length;
    case 'pckCa':
      return document.issuerChain.length;
    case 'pckCrl':
      return document.crl.length + document.issuerChain.length;
    case 'tcbInfo':
    case 'qeIdentity':
      return document.body.length + document.issuerChain.length;
  }
};

export const trustStoreRules: MessageRules<TrustStoreMessage, TrustStoreContext> = {
  upsertCollateral: {
    from: ['account'],
    gas: ({ document }) => GAS.teeIngest + GAS.teeIngestByte * sizeOf(document),
  },
  keyEnrolled: { from: ['provider'] },
};
