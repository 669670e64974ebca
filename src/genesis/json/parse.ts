import { ok, type Failure, type Result } from '../../codec/index.ts';
import { genesisFail } from '../errors.ts';

/** What a genesis file is made of: whole numbers only. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Some hundred bytes for each of the most allocations. */
export const MAX_GENESIS_CHARACTERS = 16 * 1024 * 1024;
export const MAX_JSON_DEPTH = 8;
/** Of one text, escapes included: a signed document with its quotes escaped. */
const MAX_TEXT_CHARACTERS = 262_144;

const SPACE = /[ \t\n\r]*/y;
const WORD = /true|false|null/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const TEXT = new RegExp(
  `"(?:[^"\\\\\\u0000-\\u001f]|\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4})){0,${MAX_TEXT_CHARACTERS}}"`,
  'y',
);
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };
const TEXT_EXPECTED = `a text in double quotes of at most ${MAX_TEXT_CHARACTERS} characters`;
const BYTE_ORDER_MARK = '\ufeff';

type Read<T> = Result<T, Failure>;

/**
 * A strict reader of JSON (RFC 8259) that says where it failed, in the same words on every engine,
 * and refuses what people do not mean: a key twice in one object, and numbers that are not exact.
 */
class Cursor {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The one value that fills the text. */
  whole(): Read<Json> {
    const value = this.#value(0);
    if (!value.ok) return value;
    this.#take(SPACE);
    return this.#at === this.#text.length ? value : this.#expected('the end of the file');
  }

  #value(depth: number): Read<Json> {
    this.#take(SPACE);
    const next = this.#text[this.#at];
    if (next === '{' || next === '[') {
      if (depth >= MAX_JSON_DEPTH) {
        return genesisFail('genesis/json-depth', { limit: String(MAX_JSON_DEPTH) });
      }
      this.#at++;
      return next === '{' ? this.#object(depth + 1) : this.#array(depth + 1);
    }
    if (next === '"') return this.#string();
    const word = this.#take(WORD);
    if (word !== undefined) return ok(WORDS[word] ?? null);
    return this.#number();
  }

  #object(depth: number): Read<Json> {
    const entries = new Map<string, Json>();
    if (this.#skip('}')) return ok({});
    for (;;) {
      this.#take(SPACE);
      const key = this.#string();
      if (!key.ok) return key;
      if (entries.has(key.value)) {
        const { line, column } = this.#place();
        return genesisFail('genesis/json-duplicate-key', { key: key.value, line, column });
      }
      if (!this.#skip(':')) return this.#expected('":"');
      const value = this.#value(depth);
      if (!value.ok) return value;
      entries.set(key.value, value.value);
      if (this.#skip('}')) return ok(Object.fromEntries(entries));
      if (!this.#skip(',')) return this.#expected('"," or "}"');
    }
  }

  #array(depth: number): Read<Json> {
    const items: Json[] = [];
    if (this.#skip(']')) return ok(items);
    for (;;) {
      const value = this.#value(depth);
      if (!value.ok) return value;
      items.push(value.value);
      if (this.#skip(']')) return ok(items);
      if (!this.#skip(',')) return this.#expected('"," or "]"');
    }
  }

  #string(): Read<string> {
    const token = this.#take(TEXT);
    if (token === undefined) return this.#expected(TEXT_EXPECTED);
    const text = JSON.parse(token) as string;
    return text.isWellFormed() ? ok(text) : this.#expected('a text without half surrogate pairs');
  }

  #number(): Read<number> {
    const start = this.#at;
    const token = this.#take(NUMBER);
    if (token === undefined) return this.#expected('a value');
    const value = Number(token);
    if (/^-?[0-9]+$/.test(token) && Number.isSafeInteger(value)) return ok(value + 0);
    this.#at = start;
    return genesisFail('genesis/json-number', { ...this.#place(), found: token.slice(0, 32) });
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const token = pattern.exec(this.#text)?.[0];
    if (token !== undefined) this.#at += token.length;
    return token;
  }

  #skip(mark: string): boolean {
    this.#take(SPACE);
    const isThere = this.#text[this.#at] === mark;
    if (isThere) this.#at++;
    return isThere;
  }

  #place(): { readonly line: string; readonly column: string } {
    const before = this.#text.slice(0, this.#at).split('\n');
    return { line: String(before.length), column: String((before.at(-1) ?? '').length + 1) };
  }

  #expected(expected: string): { readonly ok: false; readonly failure: Failure } {
    return genesisFail('genesis/json-syntax', { ...this.#place(), expected });
  }
}

/** The value of a JSON text; a byte order mark in front is passed over (RFC 8259 §8.1). */
export const parseJson = (text: string): Result<Json, Failure> => {
  if (text.length > MAX_GENESIS_CHARACTERS) {
    return genesisFail('genesis/too-large', { limit: String(MAX_GENESIS_CHARACTERS) });
  }
  return new Cursor(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text).whole();
};
