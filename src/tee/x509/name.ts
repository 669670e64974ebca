import { readChildren, readElement, readFields, Tag } from '../der/reader.ts';
import { directoryString, oid } from '../der/values.ts';
import { MAX_NAME_ATTRIBUTES } from '../limits.ts';
import { ok, reject, type Result } from '../result.ts';
import { Oid } from './oids.ts';

/** A distinguished name: its DER, for comparison, and its one common name. */
export interface Name {
  readonly raw: Uint8Array;
  readonly commonName: string;
  /** `oid=value` of each attribute in order, to compare with a name of the specification. */
  readonly attributes: readonly string[];
}

const CORPORATION = [
  `${Oid.organization}=Intel Corporation`,
  `${Oid.locality}=Santa Clara`,
  `${Oid.state}=CA`,
  `${Oid.country}=US`,
] as const;

/** PCK certificate specification 1.5 §1.3: all names differ in the common name only. */
export const hasVendorName = (name: Name, commonName: string): boolean => {
  const expected = [`${Oid.commonName}=${commonName}`, ...CORPORATION];
  return (
    name.attributes.length === expected.length &&
    name.attributes.every((attribute, index) => attribute === expected[index])
  );
};

/** Name ::= SEQUENCE OF SET of one { type, value } (RFC 5280 §4.1.2.4). */
export const parseName = (raw: Uint8Array): Result<Name> => {
  const sets = readFields(raw, MAX_NAME_ATTRIBUTES);
  if (!sets.ok) return sets;
  const attributes: string[] = [];
  let commonName: string | undefined;
  for (const set of sets.value) {
    const pair = set.tag === Tag.set ? readElement(set.content, 0) : undefined;
    if (pair === undefined || !pair.ok || pair.value.raw.length !== set.content.length) {
      return reject('collateral', 'tee/der-malformed', { what: 'a name with a set not of one' });
    }
    const fields = readChildren(pair.value.content, 2);
    if (!fields.ok) return fields;
    const [type, value] = fields.value;
    if (pair.value.tag !== Tag.sequence || type === undefined || value === undefined) {
      return reject('collateral', 'tee/der-malformed', { what: 'a name attribute' });
    }
    const key = oid(type);
    if (!key.ok) return key;
    const text = directoryString(value);
    if (!text.ok) return text;
    attributes.push(`${key.value}=${text.value}`);
    if (key.value !== Oid.commonName) continue;
    if (commonName !== undefined) {
      return reject('collateral', 'tee/der-malformed', { what: 'a name with two common names' });
    }
    commonName = text.value;
  }
  if (commonName === undefined) {
    return reject('collateral', 'tee/der-malformed', { what: 'a name without a common name' });
  }
  return ok({ raw, commonName, attributes });
};
