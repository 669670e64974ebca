import { asObject, hexField, integerField, textField } from '../json/fields.ts';
import { parseJson } from '../json/parser.ts';
import { ok, reject, type Result } from '../result.ts';
import { parseComponentLevels } from './levels.ts';
import { parseDates } from './tcb-info.ts';
import type { QeIdentityRecord } from './types.ts';

const MAX_U32 = 0xffff_ffff;
const MAX_U16 = 65_535;
const VERSION = 2;

/** What a document says; the rest of the record is about who signed it. */
export type QeIdentityBody = Omit<QeIdentityRecord, 'anchor' | 'sha256' | 'signer'>;

/** Byte lengths of the fields that a report is compared with (PCS API v4, enclave identity V2). */
const LENGTHS = {
  miscselect: 4,
  miscselectMask: 4,
  attributes: 16,
  attributesMask: 16,
  mrsigner: 32,
} as const;

/** The identity of a quoting enclave, QE for SGX or TD_QE for TDX, version 2. */
export const parseQeIdentity = (body: Uint8Array): Result<QeIdentityBody> => {
  const json = parseJson(body);
  if (!json.ok) return json;
  const document = asObject(json.value, 'enclaveIdentity');
  if (!document.ok) return document;
  const version = integerField(document.value, 'version', MAX_U32);
  if (!version.ok) return version;
  if (version.value !== VERSION) {
    return reject('qe_identity', 'tee/document-version-unsupported', {
      version: String(version.value),
    });
  }
  const id = textField(document.value, 'id');
  if (!id.ok) return id;
  if (id.value !== 'QE' && id.value !== 'TD_QE') {
    return reject('qe_identity', 'tee/json-field', { field: 'id', expected: 'QE or TD_QE' });
  }
  const dates = parseDates(document.value);
  if (!dates.ok) return dates;
  const miscSelect = hexField(document.value, 'miscselect', LENGTHS.miscselect);
  if (!miscSelect.ok) return miscSelect;
  const miscSelectMask = hexField(document.value, 'miscselectMask', LENGTHS.miscselectMask);
  if (!miscSelectMask.ok) return miscSelectMask;
  const attributes = hexField(document.value, 'attributes', LENGTHS.attributes);
  if (!attributes.ok) return attributes;
  const attributesMask = hexField(document.value, 'attributesMask', LENGTHS.attributesMask);
  if (!attributesMask.ok) return attributesMask;
  const mrSigner = hexField(document.value, 'mrsigner', LENGTHS.mrsigner);
  if (!mrSigner.ok) return mrSigner;
  const isvProdId = integerField(document.value, 'isvprodid', MAX_U16);
  if (!isvProdId.ok) return isvProdId;
  const levels = parseComponentLevels(document.value, MAX_U16);
  if (!levels.ok) return levels;
  return ok({
    ...dates.value,
    id: id.value,
    version: version.value,
    miscSelect: miscSelect.value,
    miscSelectMask: miscSelectMask.value,
    attributes: attributes.value,
    attributesMask: attributesMask.value,
    mrSigner: mrSigner.value,
    isvProdId: isvProdId.value,
    levels: levels.value,
  });
};
