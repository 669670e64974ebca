import { byteAt } from '../bytes.ts';
import { ok, reject, type Result } from '../result.ts';

/** ASN.1 tags that occur in certificates and revocation lists (X.690 §8.1.2). */
export const Tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
  context3: 0xa3,
} as const;

/** One element: views of the input, nothing is copied. */
export interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content: what is signed, hashed or compared. */
  readonly raw: Uint8Array;
}

const malformed = (what: string, offset: number) =>
  reject('collateral', 'tee/der-malformed', { what, offset: String(offset) });

/** The length at `at`, in minimal form (X.690 §10.1), and where the content starts. */
const readLength = (
  bytes: Uint8Array,
  at: number,
): Result<{ readonly length: number; readonly start: number }> => {
  const first = bytes[at];
  if (first === undefined) return malformed('the input ends before a length', at);
  if (first < 0x80) return ok({ length: first, start: at + 1 });
  const count = first & 0x7f;
  if (count === 0) return malformed('an indefinite length', at);
  if (count > 3) return malformed('a length of more than three octets', at);
  if (at + 1 + count > bytes.length) return malformed('the input ends inside a length', at);
  let length = 0;
  for (let i = 1; i <= count; i += 1) length = (length << 8) | byteAt(bytes, at + i);
  const minimum = count === 1 ? 0x80 : count === 2 ? 0x100 : 0x10000;
  if (length < minimum) return malformed('a length that is not minimal', at);
  return ok({ length, start: at + 1 + count });
};

/**
 * The element at `at`, in DER (X.690 §10): definite minimal lengths, one-octet tags. The depth of
 * recursion is the caller's own: this reader never descends by itself.
 */
export const readElement = (bytes: Uint8Array, at: number): Result<Element> => {
  const tag = bytes[at];
  if (tag === undefined) return malformed('the input ends before an element', at);
  if ((tag & 0x1f) === 0x1f) return malformed('a tag of more than one octet', at);
  const head = readLength(bytes, at + 1);
  if (!head.ok) return head;
  const end = head.value.start + head.value.length;
  if (end > bytes.length) return malformed('an element longer than what holds it', at);
  return ok({
    tag,
    content: bytes.subarray(head.value.start, end),
    raw: bytes.subarray(at, end),
  });
};

/** The one element that fills `bytes`: no byte may follow it. */
export const readOnly = (bytes: Uint8Array, tag: number): Result<Element> => {
  const element = readElement(bytes, 0);
  if (!element.ok) return element;
  if (element.value.tag !== tag) return malformed('an unexpected tag', 0);
  if (element.value.raw.length !== bytes.length) {
    return malformed('bytes after the element', element.value.raw.length);
  }
  return element;
};

/** All elements inside a constructed one, at most `limit`. */
export const readChildren = (bytes: Uint8Array, limit: number): Result<readonly Element[]> => {
  const children: Element[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (children.length === limit) return malformed('more elements than the limit', at);
    const child = readElement(bytes, at);
    if (!child.ok) return child;
    children.push(child.value);
    at += child.value.raw.length;
  }
  return ok(children);
};

/** The children of the one SEQUENCE (or other tag) that fills `bytes`. */
export const readFields = (
  bytes: Uint8Array,
  limit: number,
  tag: number = Tag.sequence,
): Result<readonly Element[]> => {
  const outer = readOnly(bytes, tag);
  return outer.ok ? readChildren(outer.value.content, limit) : outer;
};
