import { byteAt } from '../bytes.ts';
import { COMPONENTS } from '../collateral/levels.ts';
import type {
  ComponentLabel,
  ComponentLevel,
  TcbInfoRecord,
  TcbLevel,
} from '../collateral/types.ts';
import type { Shortfall } from '../result.ts';
import { isOutOfDate } from './converge.ts';

/** The security versions of one platform, as they are compared with levels. */
export interface PlatformTcb {
  readonly components: Uint8Array;
  readonly pceSvn: number;
  /** Empty for SGX. */
  readonly teeTcbSvn: Uint8Array;
  /** The first TDX component that counts: 2 when the module has an identity of its own. */
  readonly tdxFrom: number;
}

const NO_LABEL: ComponentLabel = { category: '', type: '' };

/** Whether every security version that counts reaches the level's. */
export const reaches = (tcb: PlatformTcb, level: TcbLevel): boolean => {
  if (tcb.pceSvn < level.pceSvn) return false;
  for (let i = 0; i < COMPONENTS; i += 1) {
    if (byteAt(tcb.components, i) < byteAt(level.sgx, i)) return false;
  }
  if (tcb.teeTcbSvn.length === 0) return true;
  for (let i = tcb.tdxFrom; i < COMPONENTS; i += 1) {
    if (byteAt(tcb.teeTcbSvn, i) < byteAt(level.tdx, i)) return false;
  }
  return true;
};

/** Everything in which the platform is below this level; empty when it reaches it. */
const shortfallOf = (
  tcb: PlatformTcb,
  level: TcbLevel,
  tcbInfo: TcbInfoRecord,
): readonly Shortfall[] => {
  const short: Shortfall[] = [];
  const compare = (part: 'sgx' | 'tdx', index: number, have: number, need: number): void => {
    const labels = part === 'sgx' ? tcbInfo.sgxLabels : tcbInfo.tdxLabels;
    if (have < need) short.push({ part, index, have, need, ...(labels[index] ?? NO_LABEL) });
  };
  for (let i = 0; i < COMPONENTS; i += 1) {
    compare('sgx', i, byteAt(tcb.components, i), byteAt(level.sgx, i));
  }
  if (tcb.pceSvn < level.pceSvn) {
    short.push({ part: 'pce', index: 0, have: tcb.pceSvn, need: level.pceSvn, ...NO_LABEL });
  }
  if (tcb.teeTcbSvn.length === 0) return short;
  for (let i = tcb.tdxFrom; i < COMPONENTS; i += 1) {
    compare('tdx', i, byteAt(tcb.teeTcbSvn, i), byteAt(level.tdx, i));
  }
  return short;
};

/**
 * What the platform lacks for the nearest level that is neither out of date nor revoked: the one
 * with the fewest components short, of those the highest.
 */
export const nearestShortfall = (
  tcb: PlatformTcb,
  tcbInfo: TcbInfoRecord,
): readonly Shortfall[] => {
  let nearest: readonly Shortfall[] | undefined;
  for (const level of tcbInfo.levels) {
    if (isOutOfDate(level.status) || level.status === 'Revoked') continue;
    const short = shortfallOf(tcb, level, tcbInfo);
    if (nearest === undefined || short.length < nearest.length) nearest = short;
  }
  return nearest ?? [];
};

/** What a quoting enclave or TDX module lacks for its lowest level that is up to date. */
export const componentShortfall = (
  part: 'qe' | 'tdx-module',
  levels: readonly ComponentLevel[],
  have: number,
): readonly Shortfall[] => {
  const need = levels.findLast((level) => level.status === 'UpToDate')?.isvSvn;
  return need === undefined || have >= need ? [] : [{ part, index: 0, have, need, ...NO_LABEL }];
};
