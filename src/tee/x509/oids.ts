/** Object identifiers as the hexadecimal text of their DER content; dotted form in the comment. */
export const Oid = {
  /** 1.2.840.10045.4.3.2 (RFC 5758 §3.2) */
  ecdsaWithSha256: '2a8648ce3d040302',
  /** 1.2.840.10045.2.1 (RFC 5480 §2.1.1) */
  ecPublicKey: '2a8648ce3d0201',
  /** 1.2.840.10045.3.1.7 (RFC 5480 §2.1.1.1) */
  prime256v1: '2a8648ce3d030107',
  /** 2.5.4.x (RFC 5280 appendix A) */
  commonName: '550403',
  country: '550406',
  locality: '550407',
  state: '550408',
  organization: '55040a',
  /** 2.5.29.x (RFC 5280 §4.2.1 and §5.2) */
  subjectKeyId: '551d0e',
  keyUsage: '551d0f',
  basicConstraints: '551d13',
  crlNumber: '551d14',
  reasonCode: '551d15',
  invalidityDate: '551d18',
  crlDistributionPoints: '551d1f',
  authorityKeyId: '551d23',
  /** 1.2.840.113741.1.13.1 (PCK certificate specification 1.5 §1.3.5) */
  sgxExtensions: '2a864886f84d010d01',
} as const;
