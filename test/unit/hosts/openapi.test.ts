import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountId, produce, startTestNode, transfer } from './support/chain.ts';
import { referencesIn, validator } from './support/json-schema.ts';

type Schema = Readonly<Record<string, unknown>>;
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters: readonly { readonly name: string; readonly in: string; schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}
interface Description {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

type TestNode = Awaited<ReturnType<typeof startTestNode>>;
let running: TestNode;
let description: Description;
let validate: ReturnType<typeof validator>;
let sent: ReturnType<typeof transfer>;

beforeAll(async () => {
  running = await startTestNode();
  const response = await fetch(`${running.url}/openapi.json`);
  description = (await response.json()) as Description;
  validate = validator(description as unknown as Schema);
  sent = transfer(0, 0n);
  running.node.submit(sent.bytes);
  produce(running.node, running.clock);
  running.node.submit(transfer(0, 1n).bytes);
});
afterAll(() => running.stop());

const operations = (): readonly (readonly [path: string, method: string, Operation])[] =>
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [path, method, operation] as const),
  );

const jsonSchema = (path: string, method: string, status: string): Schema => {
  const found =
    description.paths[path]?.[method]?.responses[status]?.content['application/json']?.schema;
  if (found === undefined) throw new Error(`${method} ${path} does not describe ${status}`);
  return found;
};

describe('the description', () => {
  test('is OpenAPI 3.1 with a title', async () => {
    const response = await fetch(`${running.url}/openapi.json`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(description).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'aivm node', version: '1' },
    });
  });

  test('has every reference within itself', () => {
    const references = [...new Set(referencesIn(description))];
    expect(references.length).toBeGreaterThan(20);
    for (const reference of references) {
      const [, name = ''] = /^#\/components\/schemas\/(\w+)$/.exec(reference) ?? [];
      expect(Object.keys(description.components.schemas), reference).toContain(name);
    }
  });

  test('names every operation once, says what it is for, and how it fails', () => {
    const ids = operations().map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [path, method, operation] of operations()) {
      const about = `${method} ${path}`;
      expect(path, about).toMatch(/^\/v1\//);
      expect(operation.summary, about).toMatch(/^[A-Z].{5,}/);
      expect(operation.tags, about).toHaveLength(1);
      const statuses = Object.keys(operation.responses);
      expect(statuses, about).toEqual(expect.arrayContaining(['400', '500', '503']));
      for (const status of statuses.filter((each) => each >= '400')) {
        const failure = { $ref: '#/components/schemas/Failure' };
        expect(jsonSchema(path, method, status), about).toEqual(failure);
      }
      expect(
        statuses.filter((each) => each < '300'),
        about,
      ).toHaveLength(1);
    }
  });

  test('declares each part of a path', () => {
    for (const [path, , { parameters }] of operations()) {
      const inPath = parameters.filter((each) => each.in === 'path').map(({ name }) => name);
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(inPath.toSorted(), path).toEqual(named.toSorted());
    }
  });

  test('writes no number that JSON readers would round', () => {
    const numbers = [...JSON.stringify(description).matchAll(/"maximum":([0-9]+)/g)];
    expect(numbers.length).toBeGreaterThan(10);
    for (const [, most] of numbers)
      expect(Number(most)).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
  });
});

describe('an answer is as described', () => {
  const claim = ['modelId', 'profileHash', 'payloadHash'].map(
    (name) => `${name}=${'0a'.repeat(32)}`,
  );
  const attestation = `/v1/attestations?provider=${'0b'.repeat(20)}&${claim.join('&')}&prove=true`;
  const actors = ['account', 'parameters', 'beacon', 'treasury', 'challenge', 'provider'];

  test.each<readonly [path: string, described: string]>([
    ['/v1/health', '/v1/health'],
    ['/v1/node', '/v1/node'],
    ['/v1/genesis', '/v1/genesis'],
    ['/v1/parameters', '/v1/parameters'],
    ['/v1/supply', '/v1/supply'],
    ['/v1/blocks/latest', '/v1/blocks/{block}'],
    ['/v1/blocks/0/receipts', '/v1/blocks/{block}/receipts'],
    ['/v1/blocks/1/receipts', '/v1/blocks/{block}/receipts'],
    ['/v1/blocks?from=0', '/v1/blocks'],
    [`/v1/accounts/${'0c'.repeat(20)}`, '/v1/accounts/{address}'],
    ['/v1/actors/beacon/-/rounds', '/v1/actors/{kind}/{key}/{collection}'],
    ['/v1/actors/parameters/-?prove=true&height=0', '/v1/actors/{kind}/{key}'],
    [`/v1/actors/model/${'0c'.repeat(32)}?prove=true`, '/v1/actors/{kind}/{key}'],
    [attestation, '/v1/attestations'],
    [`/v1/attestations/${'0d'.repeat(32)}`, '/v1/attestations/{slot}'],
    ...actors.map((kind) => [`/v1/actors/${kind}`, '/v1/actors/{kind}'] as const),
  ])('GET %s', async (path, described) => {
    const response = await fetch(running.url + path);
    expect(response.status).toBe(200);
    const schema = jsonSchema(described, 'get', '200');
    expect(validate(schema, await response.json())).toEqual([]);
  });

  test.each(['0n', '1n'])('GET a transaction with nonce %s', async (nonce) => {
    const { id } = transfer(0, nonce === '0n' ? 0n : 1n);
    const response = await fetch(`${running.url}/v1/transactions/${id}`);
    const schema = jsonSchema('/v1/transactions/{id}', 'get', '200');
    expect(validate(schema, await response.json())).toEqual([]);
  });

  test('GET a receipt', async () => {
    const response = await fetch(`${running.url}/v1/receipts/${sent.id}`);
    expect(validate(jsonSchema('/v1/receipts/{id}', 'get', '200'), await response.json())).toEqual(
      [],
    );
  });

  test('POST a dry run, whose body is as described too', async () => {
    const body = {
      sender: accountId(0),
      receiver: accountId(1),
      valueNlux: '5',
      message: { type: 'transfer' },
    };
    const path = '/v1/transactions/dry-run';
    const { schema } = description.paths[path]?.['post']?.requestBody?.content[
      'application/json'
    ] ?? { schema: {} };
    expect(validate(schema, body)).toEqual([]);
    expect(validate(schema, { ...body, extra: 1 })).not.toEqual([]);
    const response = await fetch(running.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(validate(jsonSchema(path, 'post', '200'), await response.json())).toEqual([]);
  });

  test('a failure', async () => {
    const response = await fetch(`${running.url}/v1/blocks/999`);
    expect(validate(jsonSchema('/v1/blocks/{block}', 'get', '404'), await response.json())).toEqual(
      [],
    );
  });
});

test('the validator of these tests finds what is wrong', () => {
  const check = validator({ components: { x: { type: 'string', pattern: '^a$' } } });
  expect(check({ $ref: '#/components/x' }, 'a')).toEqual([]);
  expect(check({ $ref: '#/components/x' }, 'b')).toHaveLength(1);
  expect(check({ type: 'object', required: ['y'] }, {})).toEqual(['$.y: missing']);
  expect(check({ oneOf: [{ type: 'integer' }, { type: 'null' }] }, 'z')).not.toEqual([]);
  expect(() => check({ unheardOf: 1 }, 1)).toThrow(/does not know/);
});
