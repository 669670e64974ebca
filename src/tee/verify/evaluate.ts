import type {
  ComponentLevel,
  QeIdentityRecord,
  TcbInfoRecord,
  TcbLevel,
} from '../collateral/types.ts';
import { sortTexts } from '../json/fields.ts';
import { type Failed, ok, reject, type Result, type Shortfall } from '../result.ts';
import type { SgxExtension } from '../x509/sgx-extension.ts';
import { converge, isOutOfDate } from './converge.ts';
import type { TcbEvaluation } from './facts.ts';
import { findModuleIdentity, moduleSvn, moduleVersion } from './module.ts';
import { matchComponentLevel } from './qe.ts';
import { componentShortfall, nearestShortfall, type PlatformTcb, reaches } from './shortfall.ts';

/** Levels of a version above 0 judge the module itself, so its two components do not count. */
const MODULE_COMPONENTS = 2;

export interface EvaluationInput {
  readonly tcbInfo: TcbInfoRecord;
  readonly qeIdentity: QeIdentityRecord;
  readonly sgx: SgxExtension;
  readonly qeIsvSvn: number;
}

const withShortfall = (failed: Failed, shortfall: readonly Shortfall[]): Failed => ({
  ok: false,
  failure: { ...failed.failure, shortfall },
});

interface ModulePart {
  readonly levels: readonly ComponentLevel[];
  readonly matched: ComponentLevel | undefined;
  readonly svn: number;
}

const NO_MODULE: ModulePart = { levels: [], matched: undefined, svn: 0 };

/** The level of a module of a version above 0; SGX and version 0 have none. */
const evaluateModule = (tcbInfo: TcbInfoRecord, teeTcbSvn: Uint8Array): Result<ModulePart> => {
  const version = teeTcbSvn.length === 0 ? 0 : moduleVersion(teeTcbSvn);
  if (version === 0) return ok(NO_MODULE);
  const identity = findModuleIdentity(tcbInfo, version);
  if (identity === undefined) {
    return reject('tdx_module', 'tee/module-unknown', { version: String(version) });
  }
  const svn = moduleSvn(teeTcbSvn);
  const matched = matchComponentLevel(identity.levels, svn);
  if (matched !== undefined) return ok({ levels: identity.levels, matched, svn });
  return withShortfall(
    reject('tdx_module', 'tee/module-not-supported', { isvsvn: String(svn) }),
    componentShortfall('tdx-module', identity.levels, svn),
  );
};

const platformTcb = (sgx: SgxExtension, teeTcbSvn: Uint8Array): PlatformTcb => ({
  components: sgx.components,
  pceSvn: sgx.pceSvn,
  teeTcbSvn,
  tdxFrom: teeTcbSvn.length > 0 && moduleVersion(teeTcbSvn) > 0 ? MODULE_COMPONENTS : 0,
});

interface Matched {
  readonly platform: TcbLevel;
  readonly components: readonly ComponentLevel[];
}

/** Joined status, oldest date and all advisories of the matched levels. */
const join = (matched: Matched): Omit<TcbEvaluation, 'status' | 'shortfall'> => {
  const all = [matched.platform, ...matched.components];
  const advisories = new Set(all.flatMap((level) => level.advisoryIds));
  return {
    tcbDate: all.reduce((oldest, l) => (l.date < oldest ? l.date : oldest), matched.platform.date),
    advisoryIds: sortTexts([...advisories]),
  };
};

/**
 * Evaluates a TCB: the first level, from the highest down, that all security versions reach, joined
 * with the levels of the quoting enclave and of the TDX module. `teeTcbSvn` is empty for SGX.
 */
export const evaluateTcb = (
  input: EvaluationInput,
  teeTcbSvn: Uint8Array,
): Result<TcbEvaluation> => {
  const { tcbInfo, qeIdentity, qeIsvSvn } = input;
  const tcb = platformTcb(input.sgx, teeTcbSvn);
  const qe = matchComponentLevel(qeIdentity.levels, qeIsvSvn);
  const qeShort = componentShortfall('qe', qeIdentity.levels, qeIsvSvn);
  if (qe === undefined) {
    const failed = reject('qe', 'tee/qe-not-supported', { isvsvn: String(qeIsvSvn) });
    return withShortfall(failed, qeShort);
  }
  const platform = tcbInfo.levels.find((level) => reaches(tcb, level));
  if (platform === undefined) {
    return withShortfall(reject('tcb', 'tee/tcb-not-supported'), nearestShortfall(tcb, tcbInfo));
  }
  const module = evaluateModule(tcbInfo, teeTcbSvn);
  if (!module.ok) return module;
  const components = module.value.matched === undefined ? [qe] : [qe, module.value.matched];
  const status = converge(
    platform.status,
    components.map((level) => level.status),
  );
  const shortfall = [
    ...(isOutOfDate(platform.status) || platform.status === 'Revoked'
      ? nearestShortfall(tcb, tcbInfo)
      : []),
    ...qeShort,
    ...componentShortfall('tdx-module', module.value.levels, module.value.svn),
  ];
  if (status === 'Revoked') return withShortfall(reject('tcb', 'tee/tcb-revoked'), shortfall);
  return ok({ ...join({ platform, components }), status, shortfall });
};
