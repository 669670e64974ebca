import type { Json, JsonObject } from '../../codec/json/json.ts';
import type { NamedShape, Shape } from '../../codec/schema/shape.ts';
import type { Row } from './table.ts';
import type { Texts } from './texts.ts';

const NOTHING = '–';
const ADDRESS_BYTES = 20;
const ZEROS = /^0*$/;
/** Fields that hold Unix seconds; everything else of 64 bits is a height or a number. */
const TIMES: ReadonlySet<string> = new Set(['time', 'timestamp', 'openedTime', 'genesisTime']);
/** Parts whose fields are clear without the part's own name. */
const FRAMES: ReadonlySet<string> = new Set(['context', 'specification', 'precision']);
/** Longer byte strings are shown by their length. */
const MAX_SHOWN_DIGITS = 128;

/** `freeNlux` as people read it: `free`. */
export const labelOf = (name: string): string =>
  name
    .replace(/Nlux$/, '')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();

const hexText = (bytes: number, hex: string, texts: Texts): string => {
  if (ZEROS.test(hex)) return NOTHING;
  return bytes === ADDRESS_BYTES ? texts.address(hex) : hex;
};

const blobText = (hex: string): string => {
  if (hex === '') return NOTHING;
  return hex.length <= MAX_SHOWN_DIGITS ? hex : `(${hex.length / 2} bytes)`;
};

/** How a field without an end says so (see the provider's record). */
const NEVER = String(2n ** 64n - 1n);

/** A value without parts of its own. */
const scalar = (name: string, shape: Shape, json: Json, texts: Texts): string => {
  if (json === null) return NOTHING;
  if (shape.kind === 'amount') return texts.amount(BigInt(json as string));
  if (shape.kind === 'hex') return hexText(shape.bytes, json as string, texts);
  if (shape.kind === 'blob') {
    const text = json as string;
    return text.includes(':') ? texts.actor(text) : blobText(text);
  }
  if (TIMES.has(name)) return texts.time(BigInt(json as string));
  if (typeof json === 'boolean') return json ? 'yes' : 'no';
  if (json === NEVER) return 'never';
  return String(json) === '' ? NOTHING : String(json);
};

const fieldsOf = (shape: Shape, json: Json): readonly NamedShape[] | undefined => {
  if (shape.kind === 'record') return shape.fields;
  if (shape.kind !== 'variants') return undefined;
  return shape.variants.find(({ name }) => name === (json as JsonObject)['type'])?.fields;
};

/** Items below one another; those with parts of their own as YAML has them. */
const itemsText = (items: readonly string[], haveParts: boolean): string => {
  if (items.length === 0) return NOTHING;
  return haveParts
    ? items.map((item) => `- ${item.replaceAll('\n', '\n  ')}`).join('\n')
    : items.join('\n');
};

/** A value as one text, its parts below one another. */
const valueText = (name: string, shape: Shape, json: Json, texts: Texts): string => {
  if (json === null) return NOTHING;
  if (shape.kind === 'optional' || shape.kind === 'embedded') {
    return valueText(name, shape.item, json, texts);
  }
  if (shape.kind === 'list' || shape.kind === 'rows') {
    const item: Shape =
      shape.kind === 'list' ? shape.item : { kind: 'record', fields: shape.fields };
    const items = (json as readonly Json[]).map((each) => valueText(name, item, each, texts));
    return itemsText(items, item.kind === 'record');
  }
  const fields = fieldsOf(shape, json);
  if (fields === undefined) return scalar(name, shape, json, texts);
  const { type } = json as JsonObject;
  const own = shape.kind === 'variants' && typeof type === 'string' ? [type] : [];
  const parts = fields.map((field) => {
    const part = (json as JsonObject)[field.name] ?? null;
    return `${labelOf(field.name)} ${valueText(field.name, field.shape, part, texts)}`;
  });
  return [...own, ...parts].join('\n');
};

/**
 * A value as names and values, read by the shape of its schema: amounts in LUX, addresses in
 * bech32, zeros as nothing. One renderer for every record, so that none is shown differently.
 */
export const rowsOf = (shape: Shape, json: Json, texts: Texts): readonly Row[] => {
  if (shape.kind === 'embedded' || shape.kind === 'optional') {
    return json === null ? [] : rowsOf(shape.item, json, texts);
  }
  const fields = fieldsOf(shape, json) ?? [];
  return fields.flatMap((field): readonly Row[] => {
    const value = (json as JsonObject)[field.name] ?? null;
    // Without its unit an amount may have the name of another field.
    const isTaken = fields.some(({ name }) => `${name}Nlux` === field.name);
    const label = labelOf(field.name) + (isTaken ? ' amount' : '');
    const isPart = field.shape.kind === 'record' || field.shape.kind === 'embedded';
    if (isPart && value !== null) {
      const rows = rowsOf(field.shape, value, texts);
      const prefix = FRAMES.has(field.name) ? '' : `${label} `;
      if (rows.length > 0) return rows.map(([name, text]) => [prefix + name, text]);
    }
    return [[label, valueText(field.name, field.shape, value, texts)]];
  });
};
