import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_BODY_BYTES, NodeClient } from '../../../src/client/index.ts';
import { Guard } from '../../../src/hosts/http/guard.ts';
import { DEFAULT_HTTP_LIMITS } from '../../../src/hosts/index.ts';
import { startTestNode, transfer } from './support/chain.ts';
import { exchange, parseAnswer } from './support/socket.ts';

type TestNode = Awaited<ReturnType<typeof startTestNode>>;
let running: TestNode;
let root: string;

beforeAll(async () => {
  running = await startTestNode({
    http: { limits: { subscribers: 8, headersMilliseconds: 300, requestMilliseconds: 600 } },
  });
  root = await stateRoot();
});
afterAll(() => running.stop());

const stateRoot = async (): Promise<string> => {
  const block = await new NodeClient({ url: running.url }).block();
  if (!block.ok) throw new Error(block.failure.code);
  return block.value.root;
};

/** Status and code of an answer, which has to be a failure in its form. */
const failed = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(running.url + path, init);
  const body = (await response.json()) as Record<string, unknown>;
  expect(Object.keys(body)).toEqual(['code', 'message', 'details']);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(JSON.stringify(body)).not.toMatch(/\bat .*\.[jt]s|node_modules|Error:/);
  return [response.status, body['code']];
};

const post = (body: BodyInit | null, type = 'application/json'): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': type },
  body,
});

const SUBMIT = '/v1/transactions';
const hash = 'ab'.repeat(32);

describe('malformed requests', () => {
  test.each<[string, string, RequestInit, readonly [number, string]]>([
    ['no JSON', SUBMIT, post('{'), [400, 'hosts/bad-json']],
    ['an empty body', SUBMIT, post(''), [400, 'hosts/bad-json']],
    [
      'JSON that is not UTF-8',
      SUBMIT,
      post(Uint8Array.of(0x22, 0xff, 0x22)),
      [400, 'hosts/bad-json'],
    ],
    ['a list', SUBMIT, post('[]'), [400, 'json/wrong-type']],
    ['null', SUBMIT, post('null'), [400, 'json/wrong-type']],
    [
      'nesting',
      SUBMIT,
      post(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
      [400, 'json/wrong-type'],
    ],
    ['no field', SUBMIT, post('{}'), [400, 'json/missing-field']],
    ['another field', SUBMIT, post('{"transaction":"00","x":1}'), [400, 'json/unknown-field']],
    [
      'a prototype',
      SUBMIT,
      post('{"transaction":"00","__proto__":1}'),
      [400, 'json/unknown-field'],
    ],
    ['odd hex', SUBMIT, post('{"transaction":"0"}'), [400, 'json/hex-format']],
    ['no hex', SUBMIT, post('{"transaction":"zz"}'), [400, 'json/hex-format']],
    [
      'bytes that are no transaction',
      SUBMIT,
      post('{"transaction":"00"}'),
      [400, 'codec/wrong-type'],
    ],
    ['text', SUBMIT, post('00', 'text/plain'), [415, 'hosts/unsupported-media-type']],
    [
      'a form',
      SUBMIT,
      post('a=b', 'application/x-www-form-urlencoded'),
      [415, 'hosts/unsupported-media-type'],
    ],
    ['a dry run without JSON', `${SUBMIT}/dry-run`, post('x'), [400, 'hosts/bad-json']],
    ['a dry run of a number', `${SUBMIT}/dry-run`, post('7'), [400, 'machines/bad-address']],
  ])('%s', async (_, path, init, expected) => {
    expect(await failed(path, init)).toEqual(expected);
  });

  test.each([
    ['/', 404, 'hosts/unknown-route'],
    ['/v1', 404, 'hosts/unknown-route'],
    ['/v2/health', 404, 'hosts/unknown-route'],
    ['/v1/../../etc/passwd', 404, 'hosts/unknown-route'],
    ['/v1/%2e%2e/%2e%2e/etc/passwd', 404, 'hosts/unknown-route'],
    ['/v1/actors/unicorn', 404, 'hosts/unknown-kind'],
    ['/v1/actors/constructor', 404, 'hosts/unknown-kind'],
    ['/v1/actors/__proto__/00', 404, 'hosts/unknown-kind'],
    ['/v1/actors/account/zz', 400, 'hosts/bad-key'],
    ['/v1/actors/account/%00', 400, 'hosts/bad-key'],
    ['/v1/actors/beacon/00', 400, 'hosts/bad-key'],
    ['/v1/actors/account?limit=0', 400, 'hosts/bad-request'],
    ['/v1/actors/account?limit=101', 400, 'hosts/bad-request'],
    ['/v1/actors/account?limit=1e2', 400, 'hosts/bad-request'],
    ['/v1/actors/account?from=xyz', 400, 'runtime/bad-key'],
    ['/v1/actors/beacon/-/rounds?from=00ff', 200, undefined],
    ['/v1/actors/beacon/-/unicorns', 404, 'runtime/unknown-collection'],
    ['/v1/actors/beacon/-?height=-1', 400, 'hosts/bad-request'],
    ['/v1/actors/beacon/-?height=99999999999999999999', 404, 'store/unknown-height'],
    ['/v1/actors/beacon/-?prove=perhaps', 400, 'hosts/bad-request'],
    [`/v1/transactions/${hash}`, 404, 'hosts/unknown-transaction'],
    [`/v1/receipts/${hash}`, 404, 'hosts/unknown-transaction'],
    [`/v1/receipts/${hash.toUpperCase()}`, 400, 'hosts/bad-request'],
    [`/v1/blocks/${hash}`, 404, 'hosts/unknown-block'],
    ['/v1/blocks/999', 404, 'hosts/unknown-block'],
    ['/v1/blocks/18446744073709551616', 400, 'runtime/bad-option'],
    ['/v1/blocks/01', 400, 'hosts/bad-request'],
    ['/v1/blocks', 400, 'hosts/bad-request'],
    ['/v1/blocks?from=0&limit=101', 400, 'hosts/bad-request'],
    ['/v1/attestations', 400, 'hosts/bad-request'],
    ['/v1/attestations/ab', 400, 'hosts/bad-request'],
    ['/v1/events?from=5', 400, 'hosts/bad-range'],
    ['/v1/events?from=x', 400, 'hosts/bad-request'],
    ['/v1/accounts/nobody', 400, 'codec/hex-format'],
    [`/v1/health?${'x'.repeat(3_000)}`, 414, 'hosts/url-too-long'],
  ])('GET %s', async (path, status, code) => {
    if (code === undefined) {
      expect((await fetch(running.url + path)).status).toBe(status);
      return;
    }
    expect(await failed(path)).toEqual([status, code]);
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'POST'])(
    '%s where only GET is',
    async (method) => {
      expect(await failed('/v1/health', { method })).toEqual([404, 'hosts/unknown-route']);
    },
  );

  test('HEAD has no body', async () => {
    const response = await fetch(`${running.url}/v1/health`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});

describe('what is too large', () => {
  const head = (length: string): string =>
    `POST ${SUBMIT} HTTP/1.1\r\nhost: x\r\ncontent-type: application/cbor\r\n${length}\r\n\r\n`;

  test('is refused by its stated length, before a byte of it', async () => {
    const length = `content-length: ${MAX_BODY_BYTES + 1}`;
    const answer = parseAnswer(await exchange(running.port, [head(length)]));
    expect(answer).toEqual({ status: 413, code: 'hosts/body-too-large' });
  });

  test('is refused without a stated length, as soon as it is too long', async () => {
    const chunk = new Uint8Array(65_536);
    const size = chunk.length.toString(16);
    const parts: (string | Uint8Array)[] = [head('transfer-encoding: chunked')];
    for (let sent = 0; sent <= MAX_BODY_BYTES; sent += chunk.length)
      parts.push(`${size}\r\n`, chunk, '\r\n');
    // The last chunk never comes: the answer does not wait for it.
    const answer = parseAnswer(await exchange(running.port, parts));
    expect(answer).toEqual({ status: 413, code: 'hosts/body-too-large' });
  });

  test('the largest body that is allowed is read', async () => {
    const body = new Uint8Array(MAX_BODY_BYTES);
    expect(await failed(SUBMIT, post(body, 'application/cbor'))).toEqual([400, 'codec/too-large']);
    expect(
      await failed(SUBMIT, post(new Uint8Array(MAX_BODY_BYTES + 1), 'application/cbor')),
    ).toEqual([413, 'hosts/body-too-large']);
  });

  test('headers are limited', async () => {
    const raw = `GET /v1/health HTTP/1.1\r\nhost: x\r\nx-long: ${'y'.repeat(9_000)}\r\n\r\n`;
    expect(parseAnswer(await exchange(running.port, [raw]))).toEqual({
      status: 431,
      code: 'hosts/headers-too-large',
    });
  });
});

describe('what is too slow', () => {
  test('is answered and hung up on before its headers are complete', async () => {
    const raw = await exchange(running.port, ['GET /v1/health HTTP/1.1\r\nhost: x\r\n']);
    expect(parseAnswer(raw)).toEqual({ status: 408, code: 'hosts/request-timeout' });
  });

  test('is hung up on before its body is complete', async () => {
    const head = `POST ${SUBMIT} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc`;
    const begun = performance.now();
    const raw = await exchange(running.port, [head]);
    expect(parseAnswer(raw).status).toBe(408);
    expect(performance.now() - begun).toBeLessThan(4_000);
  });
});

describe('too many', () => {
  test('listeners are refused, and one that leaves makes room', async () => {
    // The responses are kept: one that is forgotten is cancelled, and makes room.
    const open: { readonly controller: AbortController; readonly response: Response }[] = [];
    const statuses: number[] = [];
    const attempts = Array.from({ length: 1_000 }, async () => {
      const controller = new AbortController();
      const response = await fetch(`${running.url}/v1/events`, { signal: controller.signal });
      statuses.push(response.status);
      if (response.status === 200) open.push({ controller, response });
      else expect(await response.json()).toMatchObject({ code: 'hosts/too-many-subscribers' });
    });
    await Promise.all(attempts);
    expect(statuses.filter((status) => status === 200)).toHaveLength(8);
    expect(statuses.filter((status) => status === 429)).toHaveLength(992);
    for (const { controller } of open) controller.abort();
    await expect
      .poll(async () => {
        const controller = new AbortController();
        const { status } = await fetch(`${running.url}/v1/events`, { signal: controller.signal });
        controller.abort();
        return status;
      })
      .toBe(200);
  });

  test('requests at a time are refused', async () => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    const limits = { ...DEFAULT_HTTP_LIMITS, requests: 2 };
    const guard = new Guard(
      () => promise,
      limits,
      () => undefined,
    );
    const ask = (): Promise<Response> => guard.answer(new Request('http://x/v1/health'));
    const waiting = [ask(), ask()];
    const refused = await ask();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ code: 'hosts/busy' });
    resolve(new Response('{}'));
    await Promise.all(waiting);
    expect((await ask()).status).toBe(200);
  });
});

test('what a handler throws is reported, and not told to the client', async () => {
  const reported: unknown[] = [];
  const secret = new Error('secret');
  const guard = new Guard(
    () => Promise.reject(secret),
    DEFAULT_HTTP_LIMITS,
    (error) => {
      reported.push(error);
    },
  );
  const answer = await guard.answer(new Request('http://x/'));
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('secret');
  expect(reported).toEqual([secret]);
});

test('a fault of the node is logged, and not told to the client', async () => {
  const logged: unknown[] = [];
  const faulty = await startTestNode({ log: (entry) => logged.push(entry) });
  const { chain } = faulty.node;
  Object.assign(chain, {
    block: () => {
      throw new Error('secret');
    },
  });
  const response = await fetch(`${faulty.url}/v1/blocks/0`);
  expect(response.status).toBe(500);
  expect(await response.text()).toMatch(/^\{"code":"hosts\/internal"(?!.*secret)/);
  expect(logged.filter((entry) => (entry as { level: string }).level === 'Error')).toMatchObject([
    { level: 'Error', details: { error: { message: 'secret' } } },
  ]);
  await faulty.stop();
});

test('any bytes on the wire leave the node alive and its state as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
      const raw = await exchange(running.port, [bytes], {
        endAfterSend: true,
        milliseconds: 1_000,
      });
      expect(raw === '' || raw.startsWith('HTTP/1.1 4')).toBe(true);
    }),
    { seed: 12, numRuns: 40 },
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      const [status] = await failed(SUBMIT, post(bytes as BodyInit, 'application/cbor'));
      expect(status).toBe(400);
    }),
    { seed: 13, numRuns: 60 },
  );
  const { bytes: good } = transfer(0, 0n);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(good.length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (at, flip) => {
        const bytes = good.slice();
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        const response = await fetch(
          running.url + SUBMIT,
          post(bytes as BodyInit, 'application/cbor'),
        );
        // A changed body may recover to an account of nobody, which cannot pay.
        expect([400, 409]).toContain(response.status);
      },
    ),
    { seed: 14, numRuns: 60 },
  );
  expect(await stateRoot()).toBe(root);
  expect(running.node.waiting.count).toBe(0);
});
