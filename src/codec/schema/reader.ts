import { Tokenizer, Type } from 'cborg';
import { type Failure } from '../failure.ts';
import { type CodecErrorCode, codecFail } from '../errors.ts';
import { equalBytes, utf8 } from '../bytes.ts';
import { explainHead } from './explain.ts';
import { headBytes } from './head.ts';

const STRICT = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: true,
  rejectDuplicateMapKeys: true,
} as const;

/**
 * Carries a failure from the leaf that found it up to `decode`; never leaves the codec. Not an
 * Error: nobody reads its stack, and collecting one takes longer than reading a whole record.
 */
export class DecodeRefusal {
  readonly failure: Failure;
  /** Where in the value: `.field` or `[index]`, put in front by each level that it passes. */
  path = '';

  constructor(failure: Failure) {
    this.failure = failure;
  }
}

/** A forward-only cursor over encoded bytes that gives out one expected data item at a time. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #tokenizer: Tokenizer;
  /** Where these bytes begin in the whole input. */
  readonly #base: number;
  #start = 0;

  constructor(bytes: Uint8Array, base = 0) {
    this.#base = base;
    // A Buffer would give out views of itself where a Uint8Array gives copies.
    const plain = bytes.constructor === Uint8Array;
    this.#bytes = plain ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#tokenizer = new Tokenizer(this.#bytes, STRICT);
  }

  /** An unsigned integer: a number when it is a safe one, else a bigint. */
  uint(): number | bigint {
    return this.#take(Type.uint, 'unsigned integer') as number | bigint;
  }

  /** A byte string, as a copy that nobody else holds. */
  bytes(): Uint8Array {
    return this.#take(Type.bytes, 'byte string') as Uint8Array;
  }

  /** A reader of what a byte string holds. */
  embedded(): Reader {
    const bytes = this.bytes();
    return new Reader(bytes, this.#base + this.#tokenizer.pos() - bytes.length);
  }

  /** A text string of at most so many bytes of well-formed UTF-8. */
  text(maxBytes: number): string {
    const value = this.#take(Type.string, 'text string') as string;
    const end = this.#tokenizer.pos();
    const total = end - this.#start;
    // The library replaces ill-formed sequences by U+FFFD and drops a byte order mark.
    const isAscii = value.length + headBytes(value.length) === total;
    if (isAscii && !value.includes('\ufffd')) {
      if (value.length > maxBytes) this.refuse('codec/too-long', { limit: String(maxBytes) });
      return value;
    }
    const encoded = utf8(value);
    const isExact =
      encoded.length + headBytes(encoded.length) === total &&
      equalBytes(encoded, this.#bytes.subarray(end - encoded.length, end));
    if (!isExact) this.refuse('codec/not-utf8');
    if (encoded.length > maxBytes) this.refuse('codec/too-long', { limit: String(maxBytes) });
    return value;
  }

  /** True or false. */
  bool(): boolean {
    const token = this.#next('boolean');
    if (token.type === Type.true) return true;
    if (token.type === Type.false) return false;
    return this.#refuseType('boolean');
  }

  /** The head of an array: its number of items. */
  array(): number {
    return this.#take(Type.array, 'array') as number;
  }

  /** Refuses bytes after the value. */
  end(): void {
    this.#start = this.#tokenizer.pos();
    if (!this.#tokenizer.done()) this.refuse('codec/trailing-bytes');
  }

  /** Refuses the item read last. */
  refuse(code: CodecErrorCode, details: Readonly<Record<string, string>> = {}): never {
    const { failure } = codecFail(code, { ...details, offset: String(this.#base + this.#start) });
    throw new DecodeRefusal(failure);
  }

  #next(expected: string): { readonly type: Type; readonly value?: unknown } {
    this.#start = this.#tokenizer.pos();
    if (this.#tokenizer.done()) return this.refuse('codec/truncated', { expected });
    try {
      return this.#tokenizer.next();
    } catch {
      return this.#refuseType(expected);
    }
  }

  #take(type: Type, expected: string): unknown {
    const token = this.#next(expected);
    return token.type === type ? token.value : this.#refuseType(expected);
  }

  #refuseType(expected: string): never {
    const { code, found } = explainHead(this.#bytes, this.#start);
    return this.refuse(code, found === undefined ? { expected } : { expected, found });
  }
}
