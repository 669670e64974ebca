import { fromHex, hex, optional, u16, variants } from '../../codec/index.ts';
import { toHex, type Infer, type Schema } from '../../codec/index.ts';
import type { Expected, Measurement } from '../../tee/policy/types.ts';

const HASH_BYTES = 32;
const REGISTER_BYTES = 48;
const CONFIG_ID_BYTES = 64;
const ATTRIBUTES_BYTES = 8;

/** Bytes that a measured field must equal; absent: deliberately not looked at. */
const expected = (bytes: number): Schema<string | undefined> => optional(hex(bytes));

/**
 * The identity of what runs inside a TEE, field by field as `TdMeasurement` and
 * `EnclaveMeasurement` of the TEE library: MRTD alone is the firmware and not the workload.
 */
export const measurement = variants({
  enclave: [
    1,
    {
      mrEnclave: expected(HASH_BYTES),
      mrSigner: expected(HASH_BYTES),
      isvProdId: optional(u16),
      minIsvSvn: u16,
      configId: expected(CONFIG_ID_BYTES),
    },
  ],
  trustDomain: [
    2,
    {
      mrTd: expected(REGISTER_BYTES),
      rtMr0: expected(REGISTER_BYTES),
      rtMr1: expected(REGISTER_BYTES),
      rtMr2: expected(REGISTER_BYTES),
      rtMr3: expected(REGISTER_BYTES),
      mrConfigId: expected(REGISTER_BYTES),
      mrOwner: expected(REGISTER_BYTES),
      mrOwnerConfig: expected(REGISTER_BYTES),
      xfam: expected(ATTRIBUTES_BYTES),
      tdAttributes: expected(ATTRIBUTES_BYTES),
    },
  ],
});
export type ProfileMeasurement = Infer<typeof measurement>;

const bytesOf = (text: string | undefined): Expected =>
  text === undefined ? 'any' : fromHex(text);
const textOf = (value: Expected): string | undefined =>
  value === 'any' ? undefined : toHex(value);

/** The measurement in the library's form. */
export const libraryMeasurement = (of: ProfileMeasurement): Measurement =>
  of.type === 'enclave'
    ? {
        tee: 'SGX',
        mrEnclave: bytesOf(of.mrEnclave),
        mrSigner: bytesOf(of.mrSigner),
        isvProdId: of.isvProdId ?? 'any',
        minIsvSvn: of.minIsvSvn,
        configId: bytesOf(of.configId),
      }
    : {
        tee: 'TDX',
        mrTd: bytesOf(of.mrTd),
        rtMr0: bytesOf(of.rtMr0),
        rtMr1: bytesOf(of.rtMr1),
        rtMr2: bytesOf(of.rtMr2),
        rtMr3: bytesOf(of.rtMr3),
        mrConfigId: bytesOf(of.mrConfigId),
        mrOwner: bytesOf(of.mrOwner),
        mrOwnerConfig: bytesOf(of.mrOwnerConfig),
        xfam: bytesOf(of.xfam),
        tdAttributes: bytesOf(of.tdAttributes),
      };

/** A measurement of the library, such as `measurementOf` of a verified quote, for a profile. */
export const profileMeasurement = (of: Measurement): ProfileMeasurement =>
  of.tee === 'SGX'
    ? {
        type: 'enclave',
        mrEnclave: textOf(of.mrEnclave),
        mrSigner: textOf(of.mrSigner),
        isvProdId: of.isvProdId === 'any' ? undefined : of.isvProdId,
        minIsvSvn: of.minIsvSvn,
        configId: textOf(of.configId),
      }
    : {
        type: 'trustDomain',
        mrTd: textOf(of.mrTd),
        rtMr0: textOf(of.rtMr0),
        rtMr1: textOf(of.rtMr1),
        rtMr2: textOf(of.rtMr2),
        rtMr3: textOf(of.rtMr3),
        mrConfigId: textOf(of.mrConfigId),
        mrOwner: textOf(of.mrOwner),
        mrOwnerConfig: textOf(of.mrOwnerConfig),
        xfam: textOf(of.xfam),
        tdAttributes: textOf(of.tdAttributes),
      };
