import { fromHex } from '../../tee/bytes.ts';
import { asObject, type JsonObject } from '../../tee/json/fields.ts';
import { type Json, parseJson } from '../../tee/json/parser.ts';
import {
  checkPolicy,
  DEFAULT_POLICY,
  type Expected,
  type Measurement,
  type QuoteStatus,
  type TeePolicy,
} from '../../tee/index.ts';
import { UsageError } from './files.ts';

const STATUSES: readonly QuoteStatus[] = [
  'UpToDate',
  'SWHardeningNeeded',
  'ConfigurationNeeded',
  'ConfigurationAndSWHardeningNeeded',
  'OutOfDate',
  'OutOfDateConfigurationNeeded',
  'TDRelaunchAdvised',
  'TDRelaunchAdvisedConfigurationNeeded',
];
const TEES = ['SGX', 'TDX'] as const;

const fail = (field: string): never => {
  throw new UsageError(`The policy's field ${field} is unknown, missing or malformed.`);
};

const itemsOf = (value: Json, field: string): readonly Json[] =>
  value.kind === 'array' ? value.items : fail(field);

const bytesOf = (value: Json, field: string): Uint8Array =>
  (value.kind === 'string' ? fromHex(value.text) : undefined) ?? fail(field);

const flagOf = (value: Json, field: string): boolean =>
  value.kind === 'boolean' ? value.value : fail(field);

const numberOf = (value: Json, field: string): number =>
  value.kind === 'integer' ? value.value : fail(field);

const textOf = (value: Json, field: string): string =>
  value.kind === 'string' ? value.text : fail(field);

const oneOf = <T extends string>(value: Json, known: readonly T[], field: string): T =>
  known.find((name) => name === textOf(value, field)) ?? fail(field);

const member = (object: JsonObject, field: string): Json =>
  object.members.get(field) ?? fail(field);

const expectedOf = (object: JsonObject, field: string): Expected => {
  const value = member(object, field);
  return value.kind === 'string' && value.text === 'any' ? 'any' : bytesOf(value, field);
};

const measurementOf = (value: Json): Measurement => {
  if (value.kind !== 'object') return fail('measurements');
  const get = (field: string) => expectedOf(value, field);
  if (oneOf(member(value, 'tee'), TEES, 'tee') === 'SGX') {
    const isvProdId = member(value, 'isvProdId');
    return {
      tee: 'SGX',
      mrEnclave: get('mrEnclave'),
      mrSigner: get('mrSigner'),
      isvProdId: isvProdId.kind === 'string' ? 'any' : numberOf(isvProdId, 'isvProdId'),
      minIsvSvn: numberOf(member(value, 'minIsvSvn'), 'minIsvSvn'),
      configId: get('configId'),
    };
  }
  return {
    tee: 'TDX',
    mrTd: get('mrTd'),
    rtMr0: get('rtMr0'),
    rtMr1: get('rtMr1'),
    rtMr2: get('rtMr2'),
    rtMr3: get('rtMr3'),
    mrConfigId: get('mrConfigId'),
    mrOwner: get('mrOwner'),
    mrOwnerConfig: get('mrOwnerConfig'),
    xfam: get('xfam'),
    tdAttributes: get('tdAttributes'),
  };
};

type Readers = { readonly [K in keyof TeePolicy]: (value: Json, field: K) => TeePolicy[K] };

const bytesList = (value: Json, field: string) =>
  itemsOf(value, field).map((v) => bytesOf(v, field));

const READERS: Readers = {
  tees: (value, field) => itemsOf(value, field).map((v) => oneOf(v, TEES, field)),
  statuses: (value, field) => itemsOf(value, field).map((v) => oneOf(v, STATUSES, field)),
  allowDebug: flagOf,
  tdAttributesAllowed: bytesOf,
  tdAttributesRequired: bytesOf,
  serviceTds: bytesList,
  tdxModules: bytesList,
  minEvaluationNumber: numberOf,
  maxTcbAgeSeconds: numberOf,
  deniedAdvisories: (value, field) => itemsOf(value, field).map((v) => textOf(v, field)),
  deniedPlatforms: bytesList,
  allowedPlatforms: bytesList,
  allowSmt: flagOf,
  allowDynamicPlatform: flagOf,
  requireZeroQeReportDataTail: flagOf,
  measurements: (value, field) => itemsOf(value, field).map(measurementOf),
};

const isField = (field: string): field is keyof TeePolicy => Object.hasOwn(READERS, field);

const readField = <K extends keyof TeePolicy>(value: Json, field: K): Pick<TeePolicy, K> => {
  const read: Readers[K] = READERS[field];
  return { [field]: read(value, field) } as Pick<TeePolicy, K>;
};

const readPolicy = (object: JsonObject): TeePolicy => {
  let policy = DEFAULT_POLICY;
  for (const [field, value] of object.members) {
    policy = isField(field) ? { ...policy, ...readField(value, field) } : fail(field);
  }
  return policy;
};

/**
 * A policy from a JSON object with the field names of `TeePolicy`, bytes as hexadecimal text.
 * Fields that are left out keep the default policy's value; unknown ones are refused.
 */
export const policyFromJson = (bytes: Uint8Array): TeePolicy => {
  const json = parseJson(bytes);
  const object = json.ok ? asObject(json.value, 'policy') : json;
  if (!object.ok) {
    const particulars = Object.values(object.failure.details).join(' ');
    throw new UsageError(`The policy cannot be read. ${object.failure.message} ${particulars}`);
  }
  const policy = readPolicy(object.value);
  const checked = checkPolicy(policy);
  return checked.ok ? policy : fail(checked.failure.details['field'] ?? '');
};
