/**
 * Every rejection of this library: a stable code and the sentence that explains it. Codes are never
 * reused for another meaning.
 */
export const MESSAGES = {
  // Quote layout
  'tee/quote-too-large':
    'The quote is larger than the limit; send the quote alone, without padding.',
  'tee/quote-truncated': 'The quote ends before its declared structure does; it is cut or damaged.',
  'tee/quote-trailing-bytes':
    'Bytes other than zero follow the quote; send the quote alone or padded with zeros only.',
  'tee/quote-version-unsupported': 'The quote version is not 3, 4 or 5.',
  'tee/attestation-key-type-unsupported':
    'The attestation key is not ECDSA P-256 (type 2), the only kind that is accepted.',
  'tee/tee-type-unsupported': 'The quote is for neither SGX (0) nor TDX (0x81).',
  'tee/tee-type-mismatch': 'The TEE type does not fit the quote version or the body type.',
  'tee/vendor-unknown': 'The quoting enclave is not of the expected vendor.',
  'tee/body-type-unsupported': 'The body type is not 1 (SGX), 2, 3 or 4 (TD reports).',
  'tee/body-size-mismatch': 'The declared size of the body is not that of its type.',
  'tee/auth-data-malformed': 'The lengths inside the signature data do not add up.',
  'tee/certification-type-unsupported':
    'Only certification data of type 5, the PCK chain as PEM, is accepted.',
  // Encodings
  'tee/der-malformed': 'The bytes are not strict DER as the certificate standards require.',
  'tee/pem-malformed': 'The certificate chain is not strict PEM, leaf first.',
  'tee/chain-length': 'The chain does not have the expected number of certificates.',
  'tee/json-malformed': 'The document is not strict JSON: integers only, no duplicate keys.',
  'tee/json-field': 'A field of the document is missing, of the wrong type or out of range.',
  'tee/document-too-large': 'The document is larger than the limit.',
  'tee/signature-format': 'The signature is not 64 bytes, r and s of 32 bytes each.',
  'tee/second-reader-disagrees':
    'Two independent parsers read the document differently; it is not accepted.',
  // Certificates
  'tee/certificate-algorithm': 'Only ECDSA with SHA-256 on the named curve P-256 is accepted.',
  'tee/certificate-extensions':
    'An extension of the certificate is missing, repeated, critical and unknown, or malformed.',
  'tee/certificate-subject': 'The certificate is not of the expected kind: its subject says so.',
  'tee/certificate-issuer': 'The certificate was not issued by the expected authority.',
  'tee/certificate-purpose': 'The certificate may not be used for this: its constraints say so.',
  'tee/certificate-signature': 'The signature of the certificate is not its issuer’s.',
  'tee/certificate-expired': 'The certificate has expired; a newer one is needed.',
  'tee/certificate-not-yet-valid': 'The certificate is not valid yet at this time.',
  'tee/certificate-revoked': 'The certificate is on its issuer’s revocation list.',
  'tee/root-untrusted': 'The root certificate is not the pinned one.',
  'tee/sgx-extension-malformed':
    'The SGX extension of the PCK certificate is missing, incomplete, repeated or malformed.',
  'tee/pck-ca-mismatch':
    'The authority of the PCK certificate is not the one whose revocation list is stored.',
  // Revocation lists
  'tee/crl-issuer': 'The revocation list is of another authority.',
  'tee/crl-extensions':
    'The revocation list lacks its number or authority key, or has unknown parts.',
  'tee/crl-signature': 'The signature of the revocation list is not its issuer’s.',
  'tee/crl-expired': 'The revocation list has expired; upload a newer one.',
  'tee/crl-not-yet-valid': 'The revocation list is not valid yet at this time.',
  // Signed documents
  'tee/document-signature': 'The signature of the document is not the TCB signing key’s.',
  'tee/document-expired': 'The document has expired; upload a newer one.',
  'tee/document-not-yet-valid': 'The document was issued after this time.',
  'tee/document-version-unsupported': 'The version of the document is not supported.',
  'tee/tcb-levels-duplicate': 'Two TCB levels of the document are the same.',
  'tee/collateral-mixed': 'Parts of the collateral belong to different roots or authorities.',
  'tee/collateral-older': 'The stored document is as new or newer; only newer ones replace it.',
  // Verification
  'tee/tcb-info-mismatch': 'The TCB information is for another TEE, platform family or PCE.',
  'tee/qe-identity-mismatch': 'The quoting enclave is not the one its identity document describes.',
  'tee/qe-report-signature': 'The quoting enclave’s report is not signed by the PCK key.',
  'tee/qe-report-data': 'The quoting enclave’s report does not bind the attestation key.',
  'tee/attestation-key-invalid': 'The attestation key is not a point of P-256.',
  'tee/quote-signature': 'The quote is not signed by its attestation key.',
  'tee/module-unknown': 'The TDX module’s version has no identity in the TCB information.',
  'tee/module-mismatch': 'The TDX module’s signer or attributes are not the listed ones.',
  'tee/tcb-not-supported': 'The platform is below every TCB level of its TCB information.',
  'tee/qe-not-supported': 'The quoting enclave is below every level of its identity.',
  'tee/module-not-supported': 'The TDX module is below every level of its identity.',
  'tee/tcb-revoked': 'The TCB level of the platform, quoting enclave or TDX module is revoked.',
  // Policy
  'tee/policy-invalid': 'The policy itself is malformed.',
  'tee/policy-not-stricter': 'The policy would accept what the one it refines refuses.',
  'tee/policy-facts-stale': 'The verified facts have outlived the collateral; verify again.',
  'tee/policy-status': 'The TCB status is not one the policy accepts.',
  'tee/policy-current-status': 'The status of the TDX module running now is not accepted.',
  'tee/policy-debug': 'The enclave or trust domain runs in debug mode, so it protects nothing.',
  'tee/policy-attributes': 'A TD attribute is set that the policy does not allow.',
  'tee/policy-sept-ve': 'The trust domain does not have SEPT_VE_DISABLE set.',
  'tee/policy-service-td': 'A service TD is bound that the policy does not list.',
  'tee/policy-evaluation-number': 'The collateral’s TCB evaluation number is below the policy’s.',
  'tee/policy-tcb-age': 'The TCB level is older than the policy accepts.',
  'tee/policy-advisory': 'The TCB is open to an advisory that the policy denies.',
  'tee/policy-module': 'The TDX module is not on the policy’s list.',
  'tee/policy-platform-denied': 'The platform is on the deny list.',
  'tee/policy-platform-not-allowed': 'The platform is not on the allow list.',
  'tee/policy-platform-configuration': 'The platform’s configuration is not accepted.',
  'tee/policy-measurements': 'The measurements are none of the accepted ones.',
  'tee/policy-report-data': 'REPORTDATA does not carry the expected digest.',
  'tee/policy-qe-report-data': 'The reserved half of the quoting enclave’s REPORTDATA is not zero.',
  'tee/policy-tee': 'The policy does not accept this kind of TEE.',
} as const;

export type RejectionCode = keyof typeof MESSAGES;
