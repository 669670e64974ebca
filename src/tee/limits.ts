/**
 * Every bound of this library. Each is several times what the vendor has ever published; what is
 * larger is refused before it is read.
 */

/**
 * Real quotes have 4.6 to 5.0 kB and evidence buffers pad them to 8 kB; the format itself allows
 * 65,535 bytes of authentication data beside a chain.
 */
export const MAX_QUOTE_BYTES = 98_304;
/** A certification chain of three certificates has about 3.7 kB. */
export const MAX_PEM_BYTES = 16_384;
export const MAX_CERTIFICATE_BYTES = 4_096;
/** About 5,000 entries; the vendor's longest list has 57. */
export const MAX_CRL_BYTES = 262_144;
export const MAX_CRL_ENTRIES = 4_096;
export const MAX_JSON_BYTES = 262_144;
/** TCB information has about 1,500 values. */
export const MAX_JSON_VALUES = 65_536;
/** The vendor library's own limit since its repair of CWE-674. */
export const MAX_JSON_DEPTH = 32;
export const MAX_EXTENSIONS = 32;
export const MAX_NAME_ATTRIBUTES = 16;
export const MAX_TCB_LEVELS = 256;
export const MAX_MODULE_IDENTITIES = 256;
export const MAX_ADVISORIES_PER_LEVEL = 256;
export const MAX_TEXT_CHARS = 128;
/** RFC 5280 §4.1.2.2: serial numbers of at most 20 octets. */
export const SERIAL_BYTES = 20;
/** Collateral as one JSON file: seven documents, texts and hexadecimal. */
export const MAX_COLLATERAL_FILE_BYTES = 1_048_576;
