import { fromHex } from '../bytes.ts';
import { asObject, type JsonObject } from '../json/fields.ts';
import { type Json, parseJson } from '../json/parser.ts';
import { MAX_COLLATERAL_FILE_BYTES, MAX_JSON_BYTES } from '../limits.ts';
import { ok, reject, type Result } from '../result.ts';
import type { RawCollateral, SignedJson } from './types.ts';

const encoder = new TextEncoder();

const missing = (field: string, expected: string) =>
  reject('collateral', 'tee/json-field', { field, expected });

const text = (file: JsonObject, field: string): Result<Uint8Array> => {
  const value = file.members.get(field);
  return value?.kind === 'string' ? ok(encoder.encode(value.text)) : missing(field, 'a text');
};

const hexadecimal = (file: JsonObject, field: string): Result<Uint8Array> => {
  const value = file.members.get(field);
  const bytes = value?.kind === 'string' ? fromHex(value.text) : undefined;
  return bytes === undefined ? missing(field, 'hexadecimal digits') : ok(bytes);
};

const signed = (file: JsonObject, field: string): Result<SignedJson> => {
  const body = text(file, field);
  if (!body.ok) return body;
  const signature = hexadecimal(file, `${field}_signature`);
  if (!signature.ok) return signature;
  const issuerChain = text(file, `${field}_issuer_chain`);
  if (!issuerChain.ok) return issuerChain;
  return ok({ body: body.value, signature: signature.value, issuerChain: issuerChain.value });
};

/** Collateral from a JSON object with the field names that other verifiers use. */
export const collateralFromJson = (value: Json): Result<RawCollateral> => {
  const file = asObject(value, 'collateral');
  if (!file.ok) return file;
  const pckCrlIssuerChain = text(file.value, 'pck_crl_issuer_chain');
  if (!pckCrlIssuerChain.ok) return pckCrlIssuerChain;
  const rootCrl = hexadecimal(file.value, 'root_ca_crl');
  if (!rootCrl.ok) return rootCrl;
  const pckCrl = hexadecimal(file.value, 'pck_crl');
  if (!pckCrl.ok) return pckCrl;
  const tcbInfo = signed(file.value, 'tcb_info');
  if (!tcbInfo.ok) return tcbInfo;
  const qeIdentity = signed(file.value, 'qe_identity');
  if (!qeIdentity.ok) return qeIdentity;
  return ok({
    pckCrlIssuerChain: pckCrlIssuerChain.value,
    rootCrl: rootCrl.value,
    pckCrl: pckCrl.value,
    tcbInfo: tcbInfo.value,
    qeIdentity: qeIdentity.value,
  });
};

/** Collateral from the bytes of such a file. */
export const parseCollateralFile = (bytes: Uint8Array): Result<RawCollateral> => {
  const json = parseJson(bytes, MAX_COLLATERAL_FILE_BYTES);
  return json.ok ? collateralFromJson(json.value) : json;
};

/**
 * Splits a response of the vendor's service, `{"tcbInfo":{…},"signature":"…"}` or the same with
 * `enclaveIdentity`, into the exact bytes that are signed and the signature.
 */
export const splitSignedResponse = (
  response: Uint8Array,
  field: 'tcbInfo' | 'enclaveIdentity',
): Result<Omit<SignedJson, 'issuerChain'>> => {
  const json = parseJson(response, MAX_JSON_BYTES);
  if (!json.ok) return json;
  const object = asObject(json.value, 'response');
  if (!object.ok) return object;
  const body = object.value.members.get(field);
  if (body?.kind !== 'object') return missing(field, 'an object');
  const signature = hexadecimal(object.value, 'signature');
  if (!signature.ok) return signature;
  if (signature.value.length !== 64) return reject('collateral', 'tee/signature-format');
  return ok({ body: response.subarray(body.start, body.end), signature: signature.value });
};
