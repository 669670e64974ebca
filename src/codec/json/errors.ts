import { failWith } from '../failure.ts';

/** Failures of reading JSON; `details.path` names the place, such as `terms[2].fee`. */
export const jsonErrors = {
  'json/missing-field': 'A field is missing: add the field named in details.path.',
  'json/unknown-field': 'There is no such field: remove details.path, or check its spelling.',
  'json/wrong-type': 'The value at details.path has another type than details.expected.',
  'json/integer-format':
    'Write the integer as decimal digits in a string, without sign, point or leading zeros.',
  'json/unsafe-integer':
    'The number is above 2^53 − 1 and may have lost digits: write it as a string of digits.',
  'json/integer-range': 'The integer is outside of what its field holds: see details.limit.',
  'json/hex-format': 'The text is not an even number of hexadecimal digits.',
  'json/hex-length':
    'The hexadecimal text stands for another number of bytes than details.expected.',
  'json/too-long': 'The value at details.path is longer than details.limit.',
  'json/not-unicode':
    'The text holds half of a surrogate pair, or begins with a byte order mark: send plain text.',
  'json/unknown-literal': 'The text is none of the names allowed here: see details.expected.',
  'json/unknown-variant': 'The field type names no variant: see details.expected.',
} as const;

export type JsonErrorCode = keyof typeof jsonErrors;

/** Builds a failed result of this catalogue. */
export const jsonFail = failWith<JsonErrorCode>(jsonErrors);
