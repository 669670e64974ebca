import { ok, type Failure, type Json, type JsonObject, type Result } from '../../codec/index.ts';
import type { Schema } from '../../codec/index.ts';
import { clientFail } from '../errors.ts';
import { readAnswer } from '../wire/json.ts';

/** How long an answer may take, and how large it may be, unless told. */
export const DEFAULT_TIMEOUT_MILLISECONDS = 10_000;
export const MAX_ANSWER_BYTES = 67_108_864;

export interface TransportOptions {
  /** Of the node, such as `http://127.0.0.1:9640`. */
  readonly url: string;
  readonly timeoutMilliseconds?: number;
  /** For tests and for other networks than HTTP; that of the platform if absent. */
  readonly fetch?: typeof fetch;
}

export interface RequestOptions {
  readonly method?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: Uint8Array | string;
  readonly contentType?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal;
  /** Whether an answer with a failing status has the body of a good one. */
  readonly anyStatus?: boolean;
}

const isObject = (json: unknown): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** The failure that a node answers with, or nothing if the body is none. */
export const failureOf = (json: unknown): Failure | undefined => {
  if (!isObject(json)) return undefined;
  const { code, message, details } = json;
  if (typeof code !== 'string' || typeof message !== 'string' || !isObject(details))
    return undefined;
  const texts = Object.entries(details).filter((entry) => typeof entry[1] === 'string');
  return { code, message, details: Object.fromEntries(texts) as Record<string, string> };
};

/** The bytes of an answer, as long as they keep to the limit. */
const readBody = async (response: Response): Promise<Uint8Array | undefined> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
};

/** One node, asked over HTTP. Nothing here throws: what goes wrong is a failure with a code. */
export class Transport {
  readonly #base: string;
  readonly #timeout: number;
  readonly #fetch: typeof fetch;

  constructor(options: TransportOptions) {
    this.#base = options.url.replace(/\/+$/, '');
    this.#timeout = options.timeoutMilliseconds ?? DEFAULT_TIMEOUT_MILLISECONDS;
    this.#fetch = options.fetch ?? fetch;
  }

  /** The raw response, its body unread; that of a stream may take as long as it likes. */
  async send(
    path: string,
    options: RequestOptions,
    isStream = false,
  ): Promise<Result<Response, Failure>> {
    const { method = 'GET', query = {}, body, contentType, accept, signal } = options;
    const given = Object.entries(query).filter((entry) => entry[1] !== undefined);
    const search = new URLSearchParams(given as [string, string][]).toString();
    const headers: Record<string, string> = { accept: accept ?? 'application/json' };
    if (contentType !== undefined) headers['content-type'] = contentType;
    // Of a stream only the headers have to come in time.
    const late = new AbortController();
    const expire = (): void => late.abort(new DOMException('no headers', 'TimeoutError'));
    const timer = isStream ? setTimeout(expire, this.#timeout) : undefined;
    const limit = isStream ? late.signal : AbortSignal.timeout(this.#timeout);
    const signals = signal === undefined ? [limit] : [limit, signal];
    try {
      const url = `${this.#base}${path}${search === '' ? '' : `?${search}`}`;
      const init = { method, headers, signal: AbortSignal.any(signals) };
      return ok(
        await this.#fetch(url, body === undefined ? init : { ...init, body: body as BodyInit }),
      );
    } catch (error) {
      return this.#unreachable(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The bytes of a good answer; of any other its failure. */
  async bytes(path: string, options: RequestOptions = {}): Promise<Result<Uint8Array, Failure>> {
    const response = await this.send(path, options);
    if (!response.ok) return response;
    let bytes: Uint8Array | undefined;
    try {
      bytes = await readBody(response.value);
    } catch (error) {
      return this.#unreachable(error);
    }
    if (bytes === undefined) {
      return clientFail('client/too-large', { limit: String(MAX_ANSWER_BYTES) });
    }
    if (response.value.ok || options.anyStatus === true) return ok(bytes);
    const failure = failureOf(parseJson(bytes));
    return failure === undefined ? this.#badAnswer(response.value.status) : { ok: false, failure };
  }

  async json(path: string, options: RequestOptions = {}): Promise<Result<Json, Failure>> {
    const bytes = await this.bytes(path, options);
    if (!bytes.ok) return bytes;
    const json = parseJson(bytes.value);
    return json === undefined ? this.#badAnswer(200) : ok(json);
  }

  /** An answer by its schema. */
  async answer<T>(
    path: string,
    schema: Schema<T>,
    options: RequestOptions = {},
  ): Promise<Result<T, Failure>> {
    const json = await this.json(path, options);
    if (!json.ok) return json;
    const value = readAnswer(schema, json.value);
    if (value.ok) return value;
    const { code, details } = value.failure;
    const where = { url: this.#base, cause: code, path: details['path'] ?? '' };
    return clientFail('client/bad-answer', where);
  }

  #badAnswer(status: number) {
    return clientFail('client/bad-answer', { url: this.#base, status: String(status) });
  }

  #unreachable(error: unknown) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'TimeoutError') {
      return clientFail('client/timeout', { limit: `${this.#timeout} ms`, url: this.#base });
    }
    const cause = error instanceof Error ? String(error.cause ?? error.message) : String(error);
    return clientFail('client/unreachable', { url: this.#base, cause });
  }
}

const parseJson = (bytes: Uint8Array): Json | undefined => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
  } catch {
    return undefined;
  }
};
