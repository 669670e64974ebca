import { assert, type Shape, toHex } from '../../codec/index.ts';
import type { ActorKind } from '../../machines/kit/index.ts';
import { REGISTRY } from '../../machines/registry.ts';
import { LEFT_OUT, MEANINGS, type Meaning } from './fields.ts';

/** How the things of one state are written: relative to its height, time and names. */
export interface Terms {
  readonly number: (meaning: Meaning, value: bigint) => string;
  /** Bytes of an id, an address or a hash, hex. */
  readonly hex: (value: string) => string;
}

/** Writes one part of a record. */
export type Writer = (value: unknown, terms: Terms) => string;

type Fields = Readonly<Record<string, unknown>>;

const joined = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

interface Plan {
  readonly meaningOf: (path: string) => Meaning | undefined;
  readonly isLeftOut: (path: string) => boolean;
  /** Hears of every number that has no meaning. */
  readonly unknown: (path: string) => void;
}

const fieldsWriter = (
  fields: readonly { readonly name: string; readonly shape: Shape }[],
  path: string,
  plan: Plan,
): Writer => {
  const parts = fields
    .filter(({ name }) => !plan.isLeftOut(joined(path, name)))
    .map(({ name, shape }) => ({ name, write: writerOf(shape, joined(path, name), plan) }));
  return (value, terms) =>
    parts.map(({ name, write }) => write((value as Fields)[name], terms)).join(' ');
};

const numberWriter = (path: string, plan: Plan): Writer => {
  const meaning = plan.meaningOf(path);
  if (meaning === undefined) plan.unknown(path);
  const known = meaning ?? 'count';
  return (value, terms) => terms.number(known, value as bigint);
};

const listWriter =
  (write: Writer): Writer =>
  (value, terms) =>
    `[${(value as readonly unknown[]).map((item) => write(item, terms)).join(',')}]`;

/** Follows the schema of a record, so that nothing of it is forgotten. */
const writerOf = (shape: Shape, path: string, plan: Plan): Writer => {
  switch (shape.kind) {
    case 'uint':
      return shape.bits === 64 ? numberWriter(path, plan) : String;
    case 'bool':
    case 'amount':
    case 'enum':
    case 'text':
      return String;
    case 'hex':
      return (value, terms) => terms.hex(value as string);
    case 'blob':
      return (value) => toHex(value as Uint8Array);
    case 'list':
      return listWriter(writerOf(shape.item, path, plan));
    case 'rows':
      return listWriter(fieldsWriter(shape.fields, path, plan));
    case 'record':
      return fieldsWriter(shape.fields, path, plan);
    case 'embedded':
      return writerOf(shape.item, path, plan);
    case 'optional': {
      const write = writerOf(shape.item, path, plan);
      return (value, terms) => (value === undefined ? '-' : write(value, terms));
    }
    case 'variants': {
      const writers = new Map(
        shape.variants.map(({ name, fields }) => [name, fieldsWriter(fields, path, plan)]),
      );
      return (value, terms) => {
        const { type } = value as { readonly type: string };
        const write = writers.get(type);
        assert(write !== undefined, `${path} has no variant ${type}`);
        return `${type} ${write(value, terms)}`;
      };
    }
  }
};

const withoutMeaning =
  (kind: ActorKind) =>
  (path: string): void =>
    assert(false, `${kind}.${path} is a number without a meaning (canonical/fields.ts)`);

/** A writer of the contexts of a kind of actor, but for the parts that are left out. */
export const contextWriter = (kind: ActorKind, ...more: readonly string[]): Writer => {
  const leftOut = [...(LEFT_OUT[kind] ?? []), ...more];
  return writerOf(REGISTRY[kind].context.shape, '', {
    meaningOf: (path) => MEANINGS[kind]?.[path],
    isLeftOut: (path) => leftOut.includes(path),
    unknown: withoutMeaning(kind),
  });
};

/** A writer of one seat of a challenge, but for the parts that are left out. */
export const seatWriter = (...leftOut: readonly string[]): Writer => {
  const { shape } = REGISTRY.challenge.context;
  const seats =
    shape.kind === 'record' ? shape.fields.find(({ name }) => name === 'seats')?.shape : undefined;
  assert(seats?.kind === 'rows', 'a challenge has seats');
  const plan: Plan = {
    meaningOf: (path) => MEANINGS.challenge?.[path],
    isLeftOut: (path) => leftOut.includes(path),
    unknown: withoutMeaning('challenge'),
  };
  return fieldsWriter(seats.fields, 'seats', plan);
};
