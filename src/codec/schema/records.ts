import { assert } from '../failure.ts';
import { assertContainers } from './composites.ts';
import { headBytes } from './head.ts';
import {
  type Fields,
  type InferFields,
  layoutOf,
  lowerFields,
  readFields,
  refuseFieldCount,
} from './layout.ts';
import type { Lowered, Schema } from './schema.ts';

/** Fixed fields, all present, as a positional array in the order of the keys (PROTOCOL §2). */
export function record<const F extends Fields>(fields: F): Schema<InferFields<F>> {
  const layout = layoutOf(fields);
  const count = layout.names.length;
  return {
    shape: { kind: 'record', fields: layout.shapes },
    maxBytes: headBytes(count) + layout.maxBytes,
    maxContainers: assertContainers(1 + layout.maxContainers, `record of ${layout.names.join()}`),
    read(reader) {
      const found = reader.array();
      if (found !== count) refuseFieldCount(reader, count, found);
      const value: Record<string, unknown> = {};
      readFields(reader, layout, value);
      return value as InferFields<F>;
    },
    lower: (value) => lowerFields(layout, value, []),
  };
}

/**
 * At most so many records in one array, their fields one after another: the form for longer lists
 * of small records, since it counts as a single container.
 */
export function rows<const F extends Fields>(
  fields: F,
  maxRows: number,
): Schema<readonly InferFields<F>[]> {
  const layout = layoutOf(fields);
  const count = layout.names.length;
  assert(count > 0 && Number.isInteger(maxRows) && maxRows >= 0, 'rows have fields and a limit');
  return {
    shape: { kind: 'rows', fields: layout.shapes, maxRows },
    maxBytes: headBytes(count * maxRows) + maxRows * layout.maxBytes,
    maxContainers: assertContainers(1 + maxRows * layout.maxContainers, `${maxRows} rows`),
    read(reader) {
      const length = reader.array();
      if (length > count * maxRows) {
        reader.refuse('codec/too-long', { limit: String(count * maxRows), found: String(length) });
      }
      if (length % count !== 0) refuseFieldCount(reader, length - (length % count) + count, length);
      const values: Record<string, unknown>[] = [];
      for (let i = 0; i < length; i += count) {
        const value: Record<string, unknown> = {};
        readFields(reader, layout, value, `[${values.length}]`);
        values.push(value);
      }
      return values as readonly InferFields<F>[];
    },
    lower(values) {
      assert(values.length <= maxRows, `${values.length} rows where ${maxRows} are the limit`);
      const lowered: Lowered[] = [];
      values.forEach((value, i) => lowerFields(layout, value, lowered, `[${i}]`));
      return lowered;
    },
  };
}
