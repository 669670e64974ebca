import {
  asObject,
  dateField,
  hexField,
  integerField,
  type JsonObject,
  listField,
  objectField,
  textField,
} from '../json/fields.ts';
import { parseJson } from '../json/parser.ts';
import { MAX_MODULE_IDENTITIES } from '../limits.ts';
import type { Tee } from '../quote/types.ts';
import { ok, reject, type Result } from '../result.ts';
import type { Seconds } from '../time.ts';
import { parseComponentLevels, parseModule, parseTcbLevels } from './levels.ts';
import type { TcbInfoRecord, VersionedModuleIdentity } from './types.ts';

const MAX_U32 = 0xffff_ffff;
const MAX_MODULE_SVN = 255;

/** What a document says; the rest of the record is about who signed it. */
export type TcbInfoBody = Omit<TcbInfoRecord, 'anchor' | 'sha256' | 'signer'>;

interface DocumentDates {
  readonly issueDate: Seconds;
  readonly nextUpdate: Seconds;
  readonly evaluationNumber: number;
}

export const parseDates = (document: JsonObject): Result<DocumentDates> => {
  const issueDate = dateField(document, 'issueDate');
  if (!issueDate.ok) return issueDate;
  const nextUpdate = dateField(document, 'nextUpdate');
  if (!nextUpdate.ok) return nextUpdate;
  const number = integerField(document, 'tcbEvaluationDataNumber', MAX_U32);
  if (!number.ok) return number;
  return ok({
    issueDate: issueDate.value,
    nextUpdate: nextUpdate.value,
    evaluationNumber: number.value,
  });
};

/** Version 3 names its TEE; version 2 exists for SGX only (PCS API v3). */
const parseTee = (document: JsonObject, version: number): Result<Tee> => {
  if (version === 2) return ok('SGX');
  const id = textField(document, 'id');
  if (!id.ok) return id;
  return id.value === 'SGX' || id.value === 'TDX'
    ? ok(id.value)
    : reject('tcb_info', 'tee/json-field', { field: 'id', expected: 'SGX or TDX' });
};

const parseModuleIdentities = (
  document: JsonObject,
): Result<readonly VersionedModuleIdentity[]> => {
  if (!document.members.has('tdxModuleIdentities')) return ok([]);
  const list = listField(document, 'tdxModuleIdentities', MAX_MODULE_IDENTITIES);
  if (!list.ok) return list;
  const identities = new Map<string, VersionedModuleIdentity>();
  for (const item of list.value) {
    const identity = asObject(item, 'tdxModuleIdentities');
    if (!identity.ok) return identity;
    const name = textField(identity.value, 'id');
    if (!name.ok) return name;
    const module = parseModule(identity.value);
    if (!module.ok) return module;
    const levels = parseComponentLevels(identity.value, MAX_MODULE_SVN);
    if (!levels.ok) return levels;
    const id = name.value.toUpperCase();
    if (identities.has(id)) return reject('tcb_info', 'tee/tcb-levels-duplicate', { module: id });
    identities.set(id, { ...module.value, id, levels: levels.value });
  }
  return ok([...identities.values()]);
};

type ModulePart = Pick<TcbInfoRecord, 'module' | 'moduleIdentities'>;

/** TDX must say which modules it means; SGX has none. */
const parseModules = (document: JsonObject, tee: Tee, version: number): Result<ModulePart> => {
  if (tee === 'SGX') {
    const foreign =
      document.members.has('tdxModule') || document.members.has('tdxModuleIdentities');
    return foreign && version === 3
      ? reject('tcb_info', 'tee/json-field', { field: 'tdxModule', expected: 'none for SGX' })
      : ok({ module: undefined, moduleIdentities: [] });
  }
  const field = objectField(document, 'tdxModule');
  if (!field.ok) return field;
  const module = parseModule(field.value);
  if (!module.ok) return module;
  const moduleIdentities = parseModuleIdentities(document);
  if (!moduleIdentities.ok) return moduleIdentities;
  return ok({ module: module.value, moduleIdentities: moduleIdentities.value });
};

type Platform = Pick<TcbInfoRecord, 'fmspc' | 'pceId'>;

const parsePlatform = (document: JsonObject): Result<Platform> => {
  const fmspc = hexField(document, 'fmspc', 6);
  if (!fmspc.ok) return fmspc;
  const pceId = hexField(document, 'pceId', 2);
  if (!pceId.ok) return pceId;
  const tcbType = integerField(document, 'tcbType', 0);
  if (!tcbType.ok) return tcbType;
  return ok({ fmspc: fmspc.value, pceId: pceId.value });
};

/** TCB information of version 3 (PCS API v4), or 2 for SGX (API v3), from its exact bytes. */
export const parseTcbInfo = (body: Uint8Array): Result<TcbInfoBody> => {
  const json = parseJson(body);
  if (!json.ok) return json;
  const document = asObject(json.value, 'tcbInfo');
  if (!document.ok) return document;
  const version = integerField(document.value, 'version', MAX_U32);
  if (!version.ok) return version;
  if (version.value !== 2 && version.value !== 3) {
    return reject('tcb_info', 'tee/document-version-unsupported', {
      version: String(version.value),
    });
  }
  const tee = parseTee(document.value, version.value);
  if (!tee.ok) return tee;
  const dates = parseDates(document.value);
  if (!dates.ok) return dates;
  const platform = parsePlatform(document.value);
  if (!platform.ok) return platform;
  const modules = parseModules(document.value, tee.value, version.value);
  if (!modules.ok) return modules;
  const levels = parseTcbLevels(document.value, version.value, tee.value === 'TDX');
  if (!levels.ok) return levels;
  return ok({
    ...dates.value,
    ...platform.value,
    ...modules.value,
    tee: tee.value,
    version: version.value,
    levels: levels.value.map((entry) => entry.level),
    sgxLabels: levels.value[0]?.sgxLabels ?? [],
    tdxLabels: levels.value[0]?.tdxLabels ?? [],
  });
};
