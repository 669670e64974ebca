import { hex } from '../bytes.ts';
import type { TeePolicy } from './types.ts';

/**
 * TDATTRIBUTES, bit 0 first (TDX module ABI specification): 0 DEBUG, 28 SEPT_VE_DISABLE, 30 PKS,
 * 31 KL, 63 PERFMON. All others are reserved or need a decision: a newer ABI names 4 to 6
 * (profiling), 27 (LASS), 29 (MIGRATABLE) and 62 (TPA), which a chain can allow by this mask.
 */
export const TD_ATTRIBUTE_DEBUG = hex('0100000000000000');
export const TD_ATTRIBUTE_SEPT_VE_DISABLE = hex('0000001000000000');
/** Bits 28, 30, 31 and 63. */
export const TD_ATTRIBUTES_ALLOWED = hex('000000d000000080');

/**
 * PROTOCOL §8: `UpToDate` or `SWHardeningNeeded`, no debug, reserved attributes zero,
 * SEPT_VE_DISABLE, no service TD.
 */
export const DEFAULT_POLICY: TeePolicy = {
  tees: ['SGX', 'TDX'],
  statuses: ['UpToDate', 'SWHardeningNeeded'],
  allowDebug: false,
  tdAttributesAllowed: TD_ATTRIBUTES_ALLOWED,
  tdAttributesRequired: TD_ATTRIBUTE_SEPT_VE_DISABLE,
  serviceTds: [],
  tdxModules: [],
  minEvaluationNumber: 0,
  maxTcbAgeSeconds: 0,
  deniedAdvisories: [],
  deniedPlatforms: [],
  allowedPlatforms: [],
  allowSmt: true,
  allowDynamicPlatform: true,
  requireZeroQeReportDataTail: true,
  measurements: [],
};
