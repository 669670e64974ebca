// Faults in whether a report is believed, and in what replaces collateral (PROTOCOL §8).
import type { Fault } from './fault.ts';

const TEE = 'src/tee';
const LIBRARY = ['test/unit/tee', 'test/properties/tee'];
const CHAIN = ['test/unit/machines/tee'];

const dates: readonly Fault[] = [
  {
    name: 'a document has run out in its last second',
    file: `${TEE}/collateral/documents.ts`,
    from: 'return now <= document.nextUpdate ?',
    to: 'return now < document.nextUpdate ?',
    near: LIBRARY,
  },
  {
    name: 'a revocation list counts in the second in which its successor is due',
    file: `${TEE}/collateral/revocation.ts`,
    from: 'return now < crl.nextUpdate ?',
    to: 'return now <= crl.nextUpdate ?',
    near: LIBRARY,
  },
  {
    name: 'a certificate has run out in its last second',
    file: `${TEE}/x509/purpose.ts`,
    from: 'return now <= window.notAfter ?',
    to: 'return now < window.notAfter ?',
    near: LIBRARY,
  },
  {
    name: 'facts are believed a second longer than the revocation list of their platform',
    file: `${TEE}/verify/verify.ts`,
    from: '    pckCrl.nextUpdate - 1,\n',
    to: '    pckCrl.nextUpdate,\n',
    near: LIBRARY,
  },
  {
    name: 'an enclave key signs a second after its end',
    file: 'src/machines/attestation/tee.ts',
    from: 'if (call.time > key.expiresAt)',
    to: 'if (call.time > key.expiresAt + 1n)',
    near: CHAIN,
  },
  {
    name: 'an enclave key does not sign in its last second',
    file: 'src/machines/attestation/tee.ts',
    from: 'if (call.time > key.expiresAt)',
    to: 'if (call.time >= key.expiresAt)',
    near: CHAIN,
  },
  {
    name: 'an enclave key that is dropped signs on in the same block',
    file: 'src/machines/provider/enclave-end.ts',
    from: 'smaller(entry.expiresAt, call.time - 1n)',
    to: 'smaller(entry.expiresAt, call.time)',
    near: CHAIN,
  },
  {
    name: 'an enclave key lives as long as its profile says, whatever the chain says',
    file: 'src/machines/provider/enrolment.ts',
    from: 'smaller(profileSeconds, parameters.tee.enclaveKeySeconds)',
    to: 'smaller(profileSeconds, profileSeconds + parameters.tee.enclaveKeySeconds)',
    near: ['test/unit/machines/tee/key-life.test.ts', ...CHAIN],
  },
  {
    name: 'an enclave key outlives the collateral of its report',
    file: 'src/machines/provider/enrolment.ts',
    from: 'return smaller(referenceTime + age, BigInt(facts.validThrough));',
    to: 'return smaller(referenceTime + age, BigInt(facts.validThrough) + age);',
    near: CHAIN,
  },
  {
    name: 'a quote may not refer to the oldest of the recent blocks',
    file: 'src/machines/provider/enrolment.ts',
    from: 'refHeight + RECENT_BLOCKS < height',
    to: 'refHeight + RECENT_BLOCKS <= height',
    near: CHAIN,
  },
];

const levels: readonly Fault[] = [
  {
    name: 'the order of TCB levels: the lowest that is reached counts',
    file: `${TEE}/verify/evaluate.ts`,
    from: 'tcbInfo.levels.find((level) => reaches(tcb, level))',
    to: 'tcbInfo.levels.findLast((level) => reaches(tcb, level))',
    near: LIBRARY,
  },
  {
    name: 'a platform whose PCE is as new as a level asks does not reach it',
    file: `${TEE}/verify/shortfall.ts`,
    from: '  if (tcb.pceSvn < level.pceSvn) return false;',
    to: '  if (tcb.pceSvn <= level.pceSvn) return false;',
    near: LIBRARY,
  },
  {
    name: 'components of the TDX module count though the module is judged itself',
    file: `${TEE}/verify/evaluate.ts`,
    from: 'moduleVersion(teeTcbSvn) > 0 ? MODULE_COMPONENTS : 0',
    to: 'moduleVersion(teeTcbSvn) > 0 ? 0 : 0',
    near: LIBRARY,
  },
  {
    name: 'the date of a TCB is that of its newest part',
    file: `${TEE}/verify/evaluate.ts`,
    from: 'l.date < oldest ? l.date : oldest',
    to: 'l.date > oldest ? l.date : oldest',
    near: LIBRARY,
  },
  {
    name: 'an outdated enclave does not spoil a platform that needs hardening',
    file: `${TEE}/verify/converge.ts`,
    from: "    case 'UpToDate':\n    case 'SWHardeningNeeded':\n      return 'OutOfDate';",
    to: "    case 'UpToDate':\n      return 'OutOfDate';",
    near: LIBRARY,
  },
];

const trust: readonly Fault[] = [
  {
    name: 'the last serial number of a revocation list is not found',
    file: `${TEE}/x509/crl.ts`,
    from: 'let high = countRevoked(revokedSerials);',
    to: 'let high = countRevoked(revokedSerials) - 1;',
    near: LIBRARY,
  },
  {
    name: 'a revoked certificate of the PCK CA is looked for in the list of the CA itself',
    file: `${TEE}/verify/pck.ts`,
    from: 'isRevoked(collateral.rootCrl.revokedSerials, chain.ca.serial)',
    to: 'isRevoked(collateral.pckCrl.revokedSerials, chain.ca.serial)',
    near: LIBRARY,
  },
  {
    name: 'a chain that was verified under one CA is believed under another',
    file: `${TEE}/verify/pck.ts`,
    from: 'concat(anchor.sha256, pckCa.sha256, pem)',
    to: 'concat(anchor.sha256, anchor.sha256, pem)',
    near: ['test/unit/tee/cache.test.ts', ...LIBRARY],
  },
  {
    name: 'a binding that was verified is believed for other authentication data',
    file: `${TEE}/verify/qe.ts`,
    from: 'const parts = [pckKey, qeReport.raw, qeReportSignature, attestationKey, qeAuthData];',
    to: 'const parts = [pckKey, qeReport.raw, qeReportSignature, attestationKey];',
    near: LIBRARY,
  },
  {
    name: 'REPORTDATA may carry anything after the digest',
    file: `${TEE}/policy/apply.ts`,
    from:
      'equalBytes(facts.reportData.subarray(0, 32), digest) && ' +
      'isZero(facts.reportData.subarray(32))',
    to: 'equalBytes(facts.reportData.subarray(0, 32), digest)',
    near: LIBRARY,
  },
  {
    name: 'the debug bit of an enclave is looked for in the wrong place',
    file: `${TEE}/verify/verify.ts`,
    from: '((body.attributes[0] ?? 0) & 2) !== 0',
    to: '((body.attributes[0] ?? 0) & 1) === 0',
    near: LIBRARY,
  },
  {
    name: 'a trust domain may be bound to a service TD at its launch',
    file: `${TEE}/policy/apply.ts`,
    from: '[td15ex.initialServiceTdHash, td15ex.currentServiceTdHash]',
    to: '[td15ex.currentServiceTdHash]',
    near: LIBRARY,
  },
  {
    name: 'a platform is denied by its PPID only, not by its certificate',
    file: `${TEE}/policy/apply.ts`,
    from: 'const ids = [ppidHash, pckSerialHash];',
    to: 'const ids = [ppidHash, ppidHash];',
    near: LIBRARY,
  },
  {
    name: 'a workload is measured without its last register',
    file: `${TEE}/policy/measurements.ts`,
    from: '  matches(expected.rtMr3, report.rtMr3) &&\n',
    to: '',
    near: LIBRARY,
  },
  {
    name: 'the policy of a profile is not applied',
    file: 'src/machines/tee/report.ts',
    from: 'profilePolicyWithin(tee.policy, policy)',
    to: 'profilePolicyWithin(policy, policy)',
    near: CHAIN,
  },
  {
    name: 'a report is not asked what it was made for',
    file: 'src/machines/tee/report.ts',
    from: 'judgeFacts(facts.value, profile, call) ?? bound(facts.value, digest)',
    to: 'judgeFacts(facts.value, profile, call) ?? bound(facts.value, digest.slice(0, 0))',
    near: CHAIN,
  },
  {
    name: 'the revocation of a CA does not reach the enclave keys below it',
    file: 'src/machines/attestation/tee.ts',
    from: ' || isRevoked(root.revokedSerials, ca.serial);',
    to: ';',
    near: CHAIN,
  },
  {
    name: 'an enclave key of one profile signs for another',
    file: 'src/machines/attestation/tee.ts',
    from: 'return key?.profileHash === message.profileHash',
    to: 'return key !== undefined',
    near: ['test/unit/machines/tee/other-profile.test.ts', ...CHAIN],
  },
];

const supersession: readonly Fault[] = [
  {
    name: 'TCB information of the same date replaces what is stored',
    file: `${TEE}/collateral/supersede.ts`,
    from: "{ part: 'tcbInfo' });\n  }\n  return offered.issueDate > stored.issueDate",
    to: "{ part: 'tcbInfo' });\n  }\n  return offered.issueDate >= stored.issueDate",
    near: [...CHAIN, ...LIBRARY],
  },
  {
    name: 'an older quoting enclave identity replaces what is stored',
    file: `${TEE}/collateral/supersede.ts`,
    from: "{ part: 'qeIdentity' });\n  }\n  return offered.issueDate > stored.issueDate",
    to: "{ part: 'qeIdentity' });\n  }\n  return offered.issueDate !== stored.issueDate",
    near: [...CHAIN, ...LIBRARY],
  },
  {
    name: 'a revocation list of the same date replaces what is stored',
    file: `${TEE}/collateral/supersede.ts`,
    from: 'offered.thisUpdate > stored.thisUpdate && !falls',
    to: 'offered.thisUpdate >= stored.thisUpdate && !falls',
    near: [...CHAIN, ...LIBRARY],
  },
  {
    name: 'the number of a revocation list may fall',
    file: `${TEE}/collateral/supersede.ts`,
    from: 'offered.thisUpdate > stored.thisUpdate && !falls',
    to: 'offered.thisUpdate > stored.thisUpdate && offered !== stored',
    near: [...CHAIN, ...LIBRARY],
  },
  {
    name: 'an older certificate of the PCK CA replaces what is stored',
    file: 'src/machines/trust-store/slots.ts',
    from: 'offered.notBefore > stored.notBefore',
    to: 'offered.notBefore !== stored.notBefore',
    near: ['test/unit/machines/tee/older.test.ts', ...CHAIN],
  },
  {
    name: 'a document is free though the one that it replaces is new',
    file: 'src/machines/trust-store/actions.ts',
    from: 'BigInt(replaced.issueDate) + refundAgeSeconds',
    to: 'BigInt(replaced.issueDate)',
    near: CHAIN,
  },
];

export const TEE_FAULTS: readonly Fault[] = [...dates, ...levels, ...trust, ...supersession];
