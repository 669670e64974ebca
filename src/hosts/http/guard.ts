import { hostFail } from '../errors.ts';
import type { HttpLimits } from './limits.ts';
import { webFailure } from './respond.ts';

export type Handler = (request: Request) => Promise<Response>;

/** Failures of what never comes to an endpoint, by the status that the router answers with. */
const UNROUTED: Readonly<Record<number, ReturnType<typeof hostFail>>> = {
  404: hostFail('hosts/unknown-route'),
  405: hostFail('hosts/unknown-route'),
  413: hostFail('hosts/body-too-large'),
  415: hostFail('hosts/unsupported-media-type'),
};

/**
 * The body of a request, as long as it keeps to the limit, whether or not it says its length
 * (RFC 9112 §6: a chunked body does not).
 */
const readBody = async (request: Request, limit: number): Promise<Uint8Array | undefined> => {
  if (Number(request.headers.get('content-length')) > limit) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    length += part.value.length;
    if (length > limit) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(part.value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
};

/** A connection whose body was not read to its end cannot be used again. */
const tooLarge = (limit: number): Response => {
  const response = webFailure(hostFail('hosts/body-too-large', { limit: String(limit) }).failure);
  response.headers.set('connection', 'close');
  return response;
};

/** Gives every answer that is a failure the form of one. */
const inForm = (response: Response): Response => {
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  if (response.status < 400 || isJson) return response;
  void response.body?.cancel();
  return webFailure((UNROUTED[response.status] ?? hostFail('hosts/internal')).failure);
};

/**
 * What stands in front of the router: bounds of address, body and number of requests, and that
 * nothing but JSON with a stable code is ever answered to a request that fails.
 */
export class Guard {
  readonly #handler: Handler;
  readonly #limits: HttpLimits;
  readonly #report: (error: unknown) => void;
  #answering = 0;
  #isStopped = false;

  constructor(handler: Handler, limits: HttpLimits, report: (error: unknown) => void) {
    this.#handler = handler;
    this.#limits = limits;
    this.#report = report;
  }

  /** Answers nothing but that the node is stopping. */
  stop(): void {
    this.#isStopped = true;
  }

  async answer(request: Request): Promise<Response> {
    if (this.#isStopped) return webFailure(hostFail('hosts/stopped').failure);
    const { requests, urlCharacters } = this.#limits;
    if (this.#answering >= requests) {
      return webFailure(hostFail('hosts/busy', { limit: String(requests) }).failure);
    }
    this.#answering += 1;
    try {
      if (request.url.length > urlCharacters) {
        const limit = String(urlCharacters);
        return webFailure(hostFail('hosts/url-too-long', { limit }).failure);
      }
      return inForm(await this.#route(request));
    } catch (error) {
      this.#report(error);
      return webFailure(hostFail('hosts/internal').failure);
    } finally {
      this.#answering -= 1;
    }
  }

  async #route(request: Request): Promise<Response> {
    const { method, url, headers } = request;
    if (method === 'GET' || method === 'HEAD') return this.#handler(request);
    const { bodyBytes } = this.#limits;
    const body = await readBody(request, bodyBytes);
    if (body === undefined) return tooLarge(bodyBytes);
    return this.#handler(new Request(url, { method, headers, body: body as BodyInit }));
  }
}
