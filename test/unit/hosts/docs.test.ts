// Runs the examples of docs/http-api.md against a node: each answer has the fields of the one
// shown. The table of limits is that of the program.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_PAGE_BLOCKS, MAX_PAGE_ITEMS } from '../../../src/client/index.ts';
import {
  DEFAULT_HOST,
  DEFAULT_HTTP_LIMITS,
  DEFAULT_MEMPOOL_AGE_BLOCKS,
  DEFAULT_MEMPOOL_BYTES,
  DEFAULT_MEMPOOL_PER_SENDER,
  DEFAULT_MEMPOOL_TRANSACTIONS,
  DEFAULT_PORT,
  HEARTBEAT_MILLISECONDS,
} from '../../../src/hosts/index.ts';
import { account, produce, startTestNode, transfer } from './support/chain.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/http-api.md'), 'utf8');
const URL = `http://${DEFAULT_HOST}:${DEFAULT_PORT}`;

type TestNode = Awaited<ReturnType<typeof startTestNode>>;
let running: TestNode;
let variables: Readonly<Record<string, string>>;

beforeAll(async () => {
  running = await startTestNode();
  const [first, second] = [transfer(0, 0n), transfer(0, 1n)];
  running.node.submit(first.bytes);
  produce(running.node, running.clock);
  variables = {
    ACCOUNT: account(0).address,
    TRANSACTION: second.hex,
    INCLUDED: first.id,
    PROVIDER: '0a'.repeat(20),
    MODEL: '0b'.repeat(32),
    PROFILE: '0c'.repeat(32),
    PAYLOAD: '0d'.repeat(32),
  };
});
afterAll(() => running.stop());

/** Every `sh` block, with the block of another kind that follows it. */
const EXAMPLES = [...PAGE.matchAll(/```sh\n([\s\S]*?)```\n\n```(json|text)\n([\s\S]*?)```/g)].map(
  ([, command = '', kind = '', answer = '']) => ({ command, kind, answer }),
);

/** What `curl` would ask for. */
const requestOf = (
  command: string,
): { readonly url: string; readonly body: string | undefined } => {
  const filled = command
    .replaceAll('\\\n', ' ')
    .replaceAll(/'?\$([A-Z]+)'?/g, (_, name: string) => variables[name] ?? `$${name}`)
    .replaceAll(URL, running.url);
  const [, quoted, plain] = /(?:"(http:[^"]+)"|(http:\S+))/.exec(filled) ?? [];
  return { url: quoted ?? plain ?? '', body: /-d '(.*)'/.exec(filled)?.[1] };
};

/** The names and types of a value, arrays by their first item. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shapeOf(each)]));
};

test('there is an example for every concept', () => {
  expect(EXAMPLES.length).toBeGreaterThanOrEqual(8);
});

describe('the example', () => {
  test.each(EXAMPLES.filter(({ kind }) => kind === 'json').map((each) => [each.command, each]))(
    '%s',
    async (command, { answer }) => {
      const { url, body } = requestOf(command);
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(
        url,
        body === undefined ? {} : { method: 'POST', headers, body },
      );
      const actual = (await response.json()) as Record<string, unknown>;
      const shown = JSON.parse(answer) as Record<string, unknown>;
      expect(shapeOf(actual)).toEqual(shapeOf(shown));
      if ('code' in shown) expect(actual).toEqual(shown);
    },
  );

  test('of the event stream', async () => {
    const example = EXAMPLES.find(({ kind }) => kind === 'text');
    const response = await fetch(requestOf(example?.command ?? '').url);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('\ndata: ')) text += (await reader?.read())?.value ?? '';
    await reader?.cancel();
    const names = (line: string): readonly string[] =>
      [...line.matchAll(/"(\w+)":/g)].map(([, name = '']) => name);
    const message = text.slice(text.indexOf('event: '));
    expect(message.startsWith('event: block\nid: 1\ndata: ')).toBe(true);
    expect(names(message)).toEqual(expect.arrayContaining([...names(example?.answer ?? '')]));
    expect(example?.answer).toMatch(/^event: block\nid: 1\ndata: /);
  });
});

test('the table of limits is that of the program', () => {
  const rows = [...PAGE.matchAll(/^\| `([\w.]+)` \| ([0-9,]+) \|/gm)].map(
    ([, name = '', value = '']) => [name, Number(value.replaceAll(',', ''))] as const,
  );
  const http = Object.entries(DEFAULT_HTTP_LIMITS).map(
    ([name, value]) => [`http.limits.${name}`, value] as const,
  );
  expect(Object.fromEntries(rows)).toEqual({
    'mempool.transactions': DEFAULT_MEMPOOL_TRANSACTIONS,
    'mempool.bytes': DEFAULT_MEMPOOL_BYTES,
    'mempool.perSender': DEFAULT_MEMPOOL_PER_SENDER,
    'mempool.ageBlocks': Number(DEFAULT_MEMPOOL_AGE_BLOCKS),
    ...Object.fromEntries(http),
  });
  expect(PAGE).toContain(`at most ${MAX_PAGE_ITEMS} items or blocks`);
  expect(MAX_PAGE_BLOCKS).toBe(MAX_PAGE_ITEMS);
  expect(PAGE).toContain(`every ${HEARTBEAT_MILLISECONDS / 1000} seconds`);
  expect(PAGE).toContain(`at \`${URL}\` unless`);
});

test('every address that the page names exists', async () => {
  const response = await fetch(`${running.url}/openapi.json`);
  const { paths } = (await response.json()) as { readonly paths: object };
  const named = [...PAGE.matchAll(/`(?:GET|POST) (\/v1\/[^`?]+)(?:\?[^`]*)?`/g)].map(
    ([, path]) => path,
  );
  expect(named.length).toBeGreaterThan(8);
  for (const path of named) expect(Object.keys(paths)).toContain(path);
});
