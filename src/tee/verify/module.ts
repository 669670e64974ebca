import { byteAt, equalBytes, isZero, toHex } from '../bytes.ts';
import type { TcbInfoRecord, VersionedModuleIdentity } from '../collateral/types.ts';
import type { TdReport } from '../quote/types.ts';
import { ok, reject, type Result } from '../result.ts';

/** TEE_TCB_SVN: byte 0 is the module's security version, byte 1 its version (TDX module ABI). */
export const moduleVersion = (teeTcbSvn: Uint8Array): number => byteAt(teeTcbSvn, 1);
export const moduleSvn = (teeTcbSvn: Uint8Array): number => byteAt(teeTcbSvn, 0);

/** `TDX_` and the version in two hexadecimal digits, not decimal. */
const identityName = (version: number): string =>
  `TDX_${toHex(Uint8Array.of(version)).toUpperCase()}`;

/** The identity of a module version above 0; version 0 has none and no level of its own. */
export const findModuleIdentity = (
  tcbInfo: TcbInfoRecord,
  version: number,
): VersionedModuleIdentity | undefined => {
  const name = identityName(version);
  return tcbInfo.moduleIdentities.find((identity) => identity.id === name);
};

/** The TDX module that launched the trust domain is the vendor's: signer and attributes. */
export const requireModuleIdentity = (report: TdReport, tcbInfo: TcbInfoRecord): Result<null> => {
  const version = moduleVersion(report.teeTcbSvn);
  const module = version === 0 ? tcbInfo.module : findModuleIdentity(tcbInfo, version);
  if (module === undefined) {
    return reject('tdx_module', 'tee/module-unknown', { module: identityName(version) });
  }
  if (!equalBytes(report.mrSignerSeam, module.mrSigner)) {
    return reject('tdx_module', 'tee/module-mismatch', { field: 'MRSIGNERSEAM' });
  }
  const expected =
    isZero(report.seamAttributes) && equalBytes(report.seamAttributes, module.attributes);
  return expected
    ? ok(null)
    : reject('tdx_module', 'tee/module-mismatch', { field: 'SEAMATTRIBUTES' });
};
