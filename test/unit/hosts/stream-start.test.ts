import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_HTTP_LIMITS } from '../../../src/hosts/http/limits.ts';
import { Streams } from '../../../src/hosts/http/events/streams.ts';
import { produce, startTestNode } from './support/chain.ts';

type TestNode = Awaited<ReturnType<typeof startTestNode>>;
let running: TestNode;

beforeEach(async () => {
  running = await startTestNode();
  produce(running.node, running.clock, 2);
});
afterEach(() => running.stop());

test('a stream of events begins with the next block at the latest', () => {
  const streams = new Streams(running.node, DEFAULT_HTTP_LIMITS);
  for (const from of [undefined, 0n, 2n, 3n]) expect(streams.open(from).ok).toBe(true);
  expect(streams.count).toBe(4);
  expect(streams.open(4n)).toMatchObject({
    ok: false,
    failure: { code: 'hosts/bad-range', details: { latest: '3' } },
  });
  expect(streams.count).toBe(4);
  streams.stop();
});
