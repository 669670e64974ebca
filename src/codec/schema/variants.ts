import { assert } from '../failure.ts';
import { assertContainers } from './composites.ts';
import { headBytes } from './head.ts';
import {
  type Fields,
  type InferFields,
  type Layout,
  layoutOf,
  lowerFields,
  readFields,
  refuseFieldCount,
} from './layout.ts';
import type { Schema } from './schema.ts';

/** The tag and the fields of each variant, by its name. */
export type VariantDefinitions = Readonly<Record<string, readonly [tag: number, fields: Fields]>>;

/** The union of all variants, told apart by `type`. */
export type InferVariants<D extends VariantDefinitions> = {
  readonly [Name in keyof D & string]: VariantOf<D, Name>;
}[keyof D & string];

/** One variant of such a union. */
export type VariantOf<D extends VariantDefinitions, Name extends keyof D & string> = {
  readonly type: Name;
} & InferFields<D[Name][1]>;

const MAX_TAG = 0xff;

/**
 * One of several records: a positional array of the variant's tag and its fields. Tags are u8 and
 * belong to a name forever.
 */
export function variants<const D extends VariantDefinitions>(
  definitions: D,
): Schema<InferVariants<D>> {
  const entries = Object.entries(definitions).map(([name, [tag, fields]]) => {
    assert(Number.isInteger(tag) && tag >= 0 && tag <= MAX_TAG, `the tag of ${name} is not a u8`);
    assert(!Object.hasOwn(fields, 'type'), `the variant ${name} has a field named type`);
    return { name, tag, layout: layoutOf(fields) };
  });
  const byTag = new Map(entries.map((entry) => [entry.tag, entry]));
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  assert(byTag.size === entries.length && entries.length > 0, 'tags of variants are distinct');
  const most = (of: (layout: Layout) => number): number =>
    entries.reduce((max, { layout }) => (of(layout) > max ? of(layout) : max), 0);
  return {
    shape: {
      kind: 'variants',
      variants: entries.map(({ name, tag, layout }) => ({ name, tag, fields: layout.shapes })),
    },
    maxBytes: headBytes(1 + most((layout) => layout.names.length)) + 2 + most((l) => l.maxBytes),
    maxContainers: assertContainers(1 + most((layout) => layout.maxContainers), 'variants'),
    read(reader) {
      const found = reader.array();
      if (found === 0) refuseFieldCount(reader, 1, 0);
      const tag = reader.uint();
      const entry = byTag.get(Number(tag));
      if (entry === undefined)
        return reader.refuse('codec/unknown-variant', { found: String(tag) });
      const expected = 1 + entry.layout.names.length;
      if (found !== expected) refuseFieldCount(reader, expected, found);
      const value: Record<string, unknown> = { type: entry.name };
      readFields(reader, entry.layout, value);
      return value as InferVariants<D>;
    },
    lower(value) {
      const entry = byName.get(value.type);
      assert(entry !== undefined, `${value.type} is not a variant`);
      return lowerFields(entry.layout, value, [entry.tag]);
    },
  };
}
