import { byteAt, u16le } from '../bytes.ts';
import { assert } from '../result.ts';
import type { SgxReport, Td15ExPart, Td15Part, TdReport } from './types.ts';

/** Body sizes in bytes (TDX DCAP Quoting Library, quote format version 5). */
export const SGX_REPORT_BYTES = 384;
export const TD10_REPORT_BYTES = 584;
export const TD15_REPORT_BYTES = 648;
export const TD15EX_REPORT_BYTES = 885;

/** The enclave report body (SGX ECDSA QuoteLib, appendix 3). */
export const parseSgxReport = (raw: Uint8Array): SgxReport => {
  assert(raw.length === SGX_REPORT_BYTES, 'an SGX report has 384 bytes');
  const at = (offset: number, length: number) => raw.subarray(offset, offset + length);
  return {
    kind: 'sgx',
    raw,
    cpuSvn: at(0, 16),
    miscSelect: at(16, 4),
    isvExtProdId: at(32, 16),
    attributes: at(48, 16),
    mrEnclave: at(64, 32),
    mrSigner: at(128, 32),
    configId: at(192, 64),
    isvProdId: u16le(raw, 256),
    isvSvn: u16le(raw, 258),
    configSvn: u16le(raw, 260),
    isvFamilyId: at(304, 16),
    reportData: at(320, 64),
  };
};

const parseTd15 = (raw: Uint8Array): Td15Part => ({
  teeTcbSvn2: raw.subarray(584, 600),
  mrServiceTd: raw.subarray(600, 648),
});

const parseTd15Ex = (raw: Uint8Array): Td15ExPart => ({
  vmId: byteAt(raw, 648),
  tdId: raw.subarray(649, 681),
  devInfo: raw.subarray(681, 729),
  initialServiceTdHash: raw.subarray(729, 777),
  initialServiceTdAttributes: raw.subarray(777, 785),
  initialCpuSvn: raw.subarray(785, 801),
  initialTeeTcbSvn: raw.subarray(801, 817),
  initialTeeFmspc: raw.subarray(817, 829),
  currentServiceTdHash: raw.subarray(829, 877),
  currentServiceTdAttributes: raw.subarray(877, 885),
});

const KIND_BY_BYTES: ReadonlyMap<number, TdReport['kind']> = new Map([
  [TD10_REPORT_BYTES, 'td10'],
  [TD15_REPORT_BYTES, 'td15'],
  [TD15EX_REPORT_BYTES, 'td15ex'],
]);

/** A TD report body; its size tells which (TDX DCAP Quoting Library, appendix 3). */
export const parseTdReport = (raw: Uint8Array): TdReport => {
  const kind = KIND_BY_BYTES.get(raw.length);
  assert(kind !== undefined, 'a TD report has 584, 648 or 885 bytes');
  const at = (offset: number, length: number) => raw.subarray(offset, offset + length);
  return {
    kind,
    raw,
    teeTcbSvn: at(0, 16),
    mrSeam: at(16, 48),
    mrSignerSeam: at(64, 48),
    seamAttributes: at(112, 8),
    tdAttributes: at(120, 8),
    xfam: at(128, 8),
    mrTd: at(136, 48),
    mrConfigId: at(184, 48),
    mrOwner: at(232, 48),
    mrOwnerConfig: at(280, 48),
    rtMr0: at(328, 48),
    rtMr1: at(376, 48),
    rtMr2: at(424, 48),
    rtMr3: at(472, 48),
    reportData: at(520, 64),
    td15: kind === 'td10' ? undefined : parseTd15(raw),
    td15ex: kind === 'td15ex' ? parseTd15Ex(raw) : undefined,
  };
};
