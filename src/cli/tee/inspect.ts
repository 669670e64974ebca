import {
  parseQuote,
  plainRecord,
  plainRejection,
  type Quote,
  type SgxReport,
  type TdReport,
} from '../../tee/index.ts';
import { readQuoteFile } from './files.ts';
import { hexText, jsonText, rejectionText, type Row, section } from './render.ts';

const TD_ATTRIBUTE_NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'DEBUG'],
  [28, 'SEPT_VE_DISABLE'],
  [30, 'PKS'],
  [31, 'KL'],
  [63, 'PERFMON'],
]);

/** The set bits of a little-endian bit field by name, or number. */
const bitNames = (field: Uint8Array, names: ReadonlyMap<number, string>): string => {
  const set: string[] = [];
  for (let bit = 0; bit < field.length * 8; bit += 1) {
    const isSet = ((field[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
    if (isSet) set.push(names.get(bit) ?? `bit ${String(bit)}`);
  }
  return set.length === 0 ? 'none set' : set.join(', ');
};

const SGX_ATTRIBUTE_NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'INIT'],
  [1, 'DEBUG'],
  [2, 'MODE64BIT'],
  [4, 'PROVISIONKEY'],
  [5, 'EINITTOKENKEY'],
  [7, 'KSS'],
]);

const sgxRows = (report: SgxReport): readonly Row[] => [
  ['MRENCLAVE', hexText(report.mrEnclave)],
  ['MRSIGNER', hexText(report.mrSigner)],
  ['ISVPRODID', String(report.isvProdId)],
  ['ISVSVN', String(report.isvSvn)],
  ['CPUSVN', hexText(report.cpuSvn)],
  ['ATTRIBUTES', hexText(report.attributes)],
  ['  flags', bitNames(report.attributes.subarray(0, 8), SGX_ATTRIBUTE_NAMES)],
  ['MISCSELECT', hexText(report.miscSelect)],
  ['CONFIGID', hexText(report.configId)],
  ['CONFIGSVN', String(report.configSvn)],
  ['REPORTDATA', hexText(report.reportData)],
];

const BODY_NAMES: Readonly<Record<Quote['body']['kind'], string>> = {
  sgx: 'SGX enclave report',
  td10: 'TD report 1.0',
  td15: 'TD report 1.5',
  td15ex: 'TD report 1.5, extended',
};

const td15Rows = (report: TdReport): readonly Row[] =>
  report.td15 === undefined
    ? []
    : [
        ['TEE_TCB_SVN2', hexText(report.td15.teeTcbSvn2)],
        ['MRSERVICETD', hexText(report.td15.mrServiceTd)],
      ];

const td15ExRows = (report: TdReport): readonly Row[] =>
  report.td15ex === undefined
    ? []
    : [
        ['TD id', hexText(report.td15ex.tdId)],
        ['VM id', String(report.td15ex.vmId)],
        ['Service TD at launch', hexText(report.td15ex.initialServiceTdHash)],
        ['Service TD now', hexText(report.td15ex.currentServiceTdHash)],
        ['TEE_TCB_SVN at launch', hexText(report.td15ex.initialTeeTcbSvn)],
        ['FMSPC at launch', hexText(report.td15ex.initialTeeFmspc)],
      ];

const tdRows = (report: TdReport): readonly Row[] => [
  ['MRTD', hexText(report.mrTd)],
  ['RTMR0', hexText(report.rtMr0)],
  ['RTMR1', hexText(report.rtMr1)],
  ['RTMR2', hexText(report.rtMr2)],
  ['RTMR3', hexText(report.rtMr3)],
  ['MRCONFIGID', hexText(report.mrConfigId)],
  ['MROWNER', hexText(report.mrOwner)],
  ['MROWNERCONFIG', hexText(report.mrOwnerConfig)],
  ['TDATTRIBUTES', hexText(report.tdAttributes)],
  ['  flags', bitNames(report.tdAttributes, TD_ATTRIBUTE_NAMES)],
  ['XFAM', hexText(report.xfam)],
  ['TEE_TCB_SVN', hexText(report.teeTcbSvn)],
  ['MRSEAM', hexText(report.mrSeam)],
  ['MRSIGNERSEAM', hexText(report.mrSignerSeam)],
  ...td15Rows(report),
  ...td15ExRows(report),
  ['REPORTDATA', hexText(report.reportData)],
];

/** Header, body and signature data of a quote as tables. Nothing here is verified. */
export const quoteTables = (quote: Quote): string => {
  const { header, body, auth } = quote;
  const head: readonly Row[] = [
    ['version', String(header.version)],
    ['TEE', header.tee],
    ['body', BODY_NAMES[body.kind]],
    ['bytes', String(quote.bytes.length)],
    ['user data', hexText(header.userData)],
  ];
  const qe: readonly Row[] = [
    ['MRSIGNER', hexText(auth.qeReport.mrSigner)],
    ['MRENCLAVE', hexText(auth.qeReport.mrEnclave)],
    ['ISVPRODID', String(auth.qeReport.isvProdId)],
    ['ISVSVN', String(auth.qeReport.isvSvn)],
    ['attestation key', hexText(auth.attestationKey)],
    ['PCK chain', `${String(auth.pckChain.length)} bytes of PEM`],
  ];
  return [
    section('Quote', head),
    section(BODY_NAMES[body.kind], body.kind === 'sgx' ? sgxRows(body) : tdRows(body)),
    section('Quoting enclave', qe),
  ].join('\n');
};

/** Prints what a quote says, unverified. The exit code: 0, or 1 when it cannot be parsed. */
export const runInspect = (file: string, json: boolean): number => {
  const quote = parseQuote(readQuoteFile(file));
  if (!quote.ok) {
    const text = json ? jsonText(plainRejection(quote.failure)) : rejectionText(quote.failure);
    process.stdout.write(`${text}\n`);
    return 1;
  }
  const { header, body, auth } = quote.value;
  const text = json
    ? jsonText(plainRecord({ header, body, auth }))
    : `${quoteTables(quote.value)}\nNothing of this is verified: see \`aivm tee verify\`.`;
  process.stdout.write(`${text}\n`);
  return 0;
};
