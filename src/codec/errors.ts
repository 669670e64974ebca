import { failWith } from './failure.ts';

/** Every failure of the codec: stable code to the sentence that explains it. */
export const codecErrors = {
  'codec/too-large': 'The input is larger than its limit: shorten it below details.limit bytes.',
  'codec/truncated': 'The input ends inside a data item: send all of its bytes.',
  'codec/trailing-bytes': 'Bytes follow the last data item: send exactly one record.',
  'codec/non-minimal':
    'An integer or length is longer than it needs to be: use the shortest form (RFC 8949 §4.2.1).',
  'codec/indefinite-length':
    'An item has an indefinite length: write its length in front of it (RFC 8949 §4.2.1).',
  'codec/malformed':
    'A head byte is reserved or unassigned in RFC 8949 §3: encode with a CBOR library.',
  'codec/forbidden-type':
    'Maps, floats, tags, null, negative integers and simple values are not used here.',
  'codec/wrong-type':
    'The data item has another type than the schema asks for in details.expected.',
  'codec/wrong-field-count': 'A record has another number of fields than its schema.',
  'codec/integer-range': 'The integer is above details.limit, the largest of its width.',
  'codec/wrong-length': 'A byte string of fixed length has another length than details.expected.',
  'codec/too-long': 'A byte string, text or list is longer than details.limit.',
  'codec/unknown-literal': 'The index names no entry of the enumeration.',
  'codec/unknown-variant': 'The tag names no variant of the schema.',
  'codec/not-utf8': 'The text is not well-formed UTF-8, or starts with a byte order mark.',
  'codec/not-canonical':
    'The input does not re-encode to the same bytes: use deterministic CBOR (RFC 8949 §4.2.1).',
  'codec/hex-format': 'The text is not an even number of hexadecimal digits.',
  'codec/hex-length':
    'The hexadecimal text stands for another number of bytes than details.expected.',
  'codec/cb58-length': 'The CB58 text is empty, too short or too long: copy it whole.',
  'codec/cb58-alphabet': 'The CB58 text has a character outside the base58 alphabet.',
  'codec/cb58-checksum':
    'The checksum of the CB58 text is wrong: a character was mistyped or lost.',
  'codec/node-id-prefix': 'A node id starts with "NodeID-".',
  'codec/address-alias': 'An address starts with the chain alias "A-".',
  'codec/address-network':
    'The address belongs to another network: see details.expected and found.',
  'codec/address-case': 'The address mixes upper and lower case (BIP 173): use lower case.',
  'codec/address-checksum':
    'The checksum of the address is wrong (BIP 173): a character was mistyped or lost.',
  'codec/address-length': 'The address does not stand for 20 bytes: copy it whole.',
  'codec/signature-length': 'A signature is 65 bytes, r ‖ s ‖ v, as 130 lower-case hex digits.',
  'codec/signature-v': 'The recovery id v of the signature is neither 0 nor 1.',
  'codec/signature-r-range': 'The r of the signature is zero or not below the group order.',
  'codec/signature-s-range': 'The s of the signature is zero or not below the group order.',
  'codec/signature-high-s':
    'The s of the signature is above half the group order: negate s and flip v.',
  'codec/signature-not-recoverable': 'No public key could have made this signature.',
  'codec/tensor-shape':
    'The data of a tensor does not have the length that its shape and element type give.',
  'codec/sampling-range':
    'A sampling setting is out of range: top-p is at most 1,000,000 millionths.',
} as const;

export type CodecErrorCode = keyof typeof codecErrors;

/** Builds a failed result of the codec's catalogue. */
export const codecFail = failWith<CodecErrorCode>(codecErrors);
