import {
  asObject,
  dateField,
  hexField,
  integerField,
  type JsonObject,
  listField,
  objectField,
  optionalTextField,
  optionalTextsField,
  textField,
} from '../json/fields.ts';
import { compareBytes } from '../bytes.ts';
import { MAX_ADVISORIES_PER_LEVEL, MAX_TCB_LEVELS } from '../limits.ts';
import { ok, reject, type Result } from '../result.ts';
import type { Seconds } from '../time.ts';
import {
  COMPONENT_STATUSES,
  type ComponentLabel,
  type ComponentLevel,
  TCB_STATUSES,
  type TcbLevel,
} from './types.ts';

const MAX_SVN = 255;
const MAX_U16 = 65_535;
export const COMPONENTS = 16;

interface LevelHead<Status> {
  readonly date: Seconds;
  readonly status: Status;
  readonly advisoryIds: readonly string[];
}

/** Date, status and advisories. A status outside the list makes the whole document unusable. */
const parseHead = <Status extends string>(
  level: JsonObject,
  statuses: readonly Status[],
): Result<LevelHead<Status>> => {
  const date = dateField(level, 'tcbDate');
  if (!date.ok) return date;
  const text = textField(level, 'tcbStatus');
  if (!text.ok) return text;
  const status = statuses.find((known) => known === text.value);
  if (status === undefined) {
    return reject('collateral', 'tee/json-field', {
      field: 'tcbStatus',
      expected: 'a known status',
    });
  }
  const advisoryIds = optionalTextsField(level, 'advisoryIDs', MAX_ADVISORIES_PER_LEVEL);
  return advisoryIds.ok
    ? ok({ date: date.value, status, advisoryIds: advisoryIds.value })
    : advisoryIds;
};

interface Components {
  readonly svns: Uint8Array;
  readonly labels: readonly ComponentLabel[];
}

/** Exactly 16 components of version 3: shorter lists are never filled up, longer never cut. */
const parseComponents = (tcb: JsonObject, field: string): Result<Components> => {
  const list = listField(tcb, field, COMPONENTS);
  if (!list.ok) return list;
  if (list.value.length !== COMPONENTS) {
    return reject('collateral', 'tee/json-field', { field, expected: 'exactly 16 components' });
  }
  const svns = new Uint8Array(COMPONENTS);
  const labels: ComponentLabel[] = [];
  for (const [index, item] of list.value.entries()) {
    const component = asObject(item, field);
    if (!component.ok) return component;
    const svn = integerField(component.value, 'svn', MAX_SVN);
    if (!svn.ok) return svn;
    svns[index] = svn.value;
    const category = optionalTextField(component.value, 'category');
    if (!category.ok) return category;
    const type = optionalTextField(component.value, 'type');
    if (!type.ok) return type;
    labels.push({ category: category.value, type: type.value });
  }
  return ok({ svns, labels });
};

/** Version 2 of TCB information (PCS API v3): flat fields sgxtcbcomp01svn to sgxtcbcomp16svn. */
const parseFlatComponents = (tcb: JsonObject): Result<Components> => {
  const svns = new Uint8Array(COMPONENTS);
  for (let i = 0; i < COMPONENTS; i += 1) {
    const number = String(i + 1).padStart(2, '0');
    const svn = integerField(tcb, `sgxtcbcomp${number}svn`, MAX_SVN);
    if (!svn.ok) return svn;
    svns[i] = svn.value;
  }
  return ok({ svns, labels: Array.from(svns, () => ({ category: '', type: '' })) });
};

const NO_COMPONENTS: Components = { svns: new Uint8Array(0), labels: [] };

export interface LabelledLevel {
  readonly level: TcbLevel;
  readonly sgxLabels: readonly ComponentLabel[];
  readonly tdxLabels: readonly ComponentLabel[];
}

const parseLevel = (level: JsonObject, version: number, tdx: boolean): Result<LabelledLevel> => {
  const tcb = objectField(level, 'tcb');
  if (!tcb.ok) return tcb;
  const sgx =
    version === 2 ? parseFlatComponents(tcb.value) : parseComponents(tcb.value, 'sgxtcbcomponents');
  if (!sgx.ok) return sgx;
  const pceSvn = integerField(tcb.value, 'pcesvn', MAX_U16);
  if (!pceSvn.ok) return pceSvn;
  const td = tdx ? parseComponents(tcb.value, 'tdxtcbcomponents') : ok(NO_COMPONENTS);
  if (!td.ok) return td;
  const head = parseHead(level, TCB_STATUSES);
  if (!head.ok) return head;
  return ok({
    level: { ...head.value, sgx: sgx.value.svns, pceSvn: pceSvn.value, tdx: td.value.svns },
    sgxLabels: sgx.value.labels,
    tdxLabels: td.value.labels,
  });
};

/** SGX components, then PCESVN, then TDX components: positive when `a` is the higher level. */
const compareLevels = (a: TcbLevel, b: TcbLevel): number =>
  compareBytes(a.sgx, b.sgx) || a.pceSvn - b.pceSvn || compareBytes(a.tdx, b.tdx);

/** The levels from the highest to the lowest, whatever their order in the document; each once. */
export const parseTcbLevels = (
  document: JsonObject,
  version: number,
  tdx: boolean,
): Result<readonly LabelledLevel[]> => {
  const list = listField(document, 'tcbLevels', MAX_TCB_LEVELS);
  if (!list.ok) return list;
  const levels: LabelledLevel[] = [];
  for (const item of list.value) {
    const level = asObject(item, 'tcbLevels');
    if (!level.ok) return level;
    const parsed = parseLevel(level.value, version, tdx);
    if (!parsed.ok) return parsed;
    levels.push(parsed.value);
  }
  const sorted = levels.toSorted((a, b) => compareLevels(b.level, a.level));
  const repeated = sorted.some((entry, index) => {
    const next = sorted[index + 1];
    return next !== undefined && compareLevels(entry.level, next.level) === 0;
  });
  return repeated ? reject('collateral', 'tee/tcb-levels-duplicate') : ok(sorted);
};

/** Levels of a quoting enclave or TDX module, from the highest security version down; each once. */
export const parseComponentLevels = (
  document: JsonObject,
  maxSvn: number,
): Result<readonly ComponentLevel[]> => {
  const list = listField(document, 'tcbLevels', MAX_TCB_LEVELS);
  if (!list.ok) return list;
  const levels: ComponentLevel[] = [];
  for (const item of list.value) {
    const level = asObject(item, 'tcbLevels');
    if (!level.ok) return level;
    const tcb = objectField(level.value, 'tcb');
    if (!tcb.ok) return tcb;
    const isvSvn = integerField(tcb.value, 'isvsvn', maxSvn);
    if (!isvSvn.ok) return isvSvn;
    const head = parseHead(level.value, COMPONENT_STATUSES);
    if (!head.ok) return head;
    levels.push({ ...head.value, isvSvn: isvSvn.value });
  }
  const sorted = levels.toSorted((a, b) => b.isvSvn - a.isvSvn);
  const repeated = sorted.some((level, index) => sorted[index + 1]?.isvSvn === level.isvSvn);
  return repeated ? reject('collateral', 'tee/tcb-levels-duplicate') : ok(sorted);
};

/** Signer and attributes of a TDX module, 48 and 8 bytes. */
export const parseModule = (
  module: JsonObject,
): Result<{ readonly mrSigner: Uint8Array; readonly attributes: Uint8Array }> => {
  const mrSigner = hexField(module, 'mrsigner', 48);
  if (!mrSigner.ok) return mrSigner;
  const attributes = hexField(module, 'attributes', 8);
  if (!attributes.ok) return attributes;
  const mask = hexField(module, 'attributesMask', 8);
  if (!mask.ok) return mask;
  return ok({ mrSigner: mrSigner.value, attributes: attributes.value });
};
