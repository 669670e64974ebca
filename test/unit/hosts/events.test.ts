import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NodeClient, type BlockEvents } from '../../../src/client/index.ts';
import { EventStream } from '../../../src/hosts/http/events/stream.ts';
import { Streams } from '../../../src/hosts/http/events/streams.ts';
import { hostFail } from '../../../src/hosts/errors.ts';
import { ok, type Failure, type Result } from '../../../src/codec/index.ts';
import { accountId, produce, startTestNode, transfer } from './support/chain.ts';

type TestNode = Awaited<ReturnType<typeof startTestNode>>;
let running: TestNode;

beforeEach(async () => {
  running = await startTestNode({ http: { limits: { subscriberLagBlocks: 4 } } });
});
afterEach(() => running.stop());

const submit = (nonce: bigint): string => {
  const { bytes, id } = transfer(0, nonce);
  const submitted = running.node.submit(bytes);
  if (!submitted.ok) throw new Error(submitted.failure.code);
  return id;
};

/** The next so many elements of a stream. */
const take = async (
  stream: AsyncGenerator<Result<BlockEvents, Failure>, void>,
  count: number,
): Promise<readonly Result<BlockEvents, Failure>[]> => {
  const taken: Result<BlockEvents, Failure>[] = [];
  while (taken.length < count) {
    const next = await stream.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
};

const heights = (elements: readonly Result<BlockEvents, Failure>[]): readonly unknown[] =>
  elements.map((element) => (element.ok ? element.value.height : element.failure.code));

describe('the stream of events', () => {
  test('begins with the past that is asked for and goes on with what comes', async () => {
    const id = submit(0n);
    produce(running.node, running.clock, 2);
    const stream = new NodeClient({ url: running.url }).events({ from: 0n });
    const past = await take(stream, 3);
    expect(heights(past)).toEqual([0n, 1n, 2n]);
    expect(past[1]).toMatchObject({
      value: {
        transactions: [{ id, applied: true }],
        events: [{ transaction: id, index: 0, event: { actor: accountId(1) } }],
      },
    });
    const coming = take(stream, 2);
    produce(running.node, running.clock, 2);
    expect(heights(await coming)).toEqual([3n, 4n]);
    await stream.return();
  });

  test('begins with the next block unless told', async () => {
    produce(running.node, running.clock, 2);
    const controller = new AbortController();
    const stream = new NodeClient({ url: running.url }).events({ signal: controller.signal });
    const next = take(stream, 1);
    await expect.poll(() => subscribers()).toBe(1);
    produce(running.node, running.clock);
    expect(heights(await next)).toEqual([3n]);
    controller.abort();
    expect(await take(stream, 1)).toEqual([]);
    await expect.poll(() => subscribers()).toBe(0);
  });

  test('goes on behind the last id that a browser has', async () => {
    produce(running.node, running.clock, 3);
    const controller = new AbortController();
    const response = await fetch(`${running.url}/v1/events`, {
      headers: { 'last-event-id': '1' },
      signal: controller.signal,
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('id: 3')) text += (await reader?.read())?.value ?? '';
    expect([...text.matchAll(/^id: ([0-9]+)$/gm)].map(([, id]) => id)).toEqual(['2', '3']);
    controller.abort();
  });

  test('has no gap when the connection breaks', async () => {
    produce(running.node, running.clock, 3);
    let connections = 0;
    const breaking: typeof fetch = async (input, init) => {
      connections += 1;
      const response = await fetch(input, init);
      if (connections > 2) return response;
      // Cut inside of the second message.
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      while ((text.match(/^data:/gm)?.length ?? 0) < 2) text += (await reader?.read())?.value ?? '';
      await reader?.cancel();
      const second = text.indexOf('data:', text.indexOf('data:') + 1);
      return new Response(text.slice(0, second + 9));
    };
    const stream = new NodeClient({ url: running.url, fetch: breaking }).events({ from: 0n });
    expect(heights(await take(stream, 4))).toEqual([0n, 1n, 2n, 3n]);
    expect(connections).toBe(3);
    await stream.return();
  });

  test('ends when the node stops; the client tries again, and gives up at last', async () => {
    const stream = new NodeClient({ url: running.url }).events({ from: 0n, attempts: 2 });
    await take(stream, 1);
    const rest = take(stream, 5);
    await running.stop();
    expect(heights(await rest)).toEqual(['client/unreachable']);
  });

  test('gives a failure that will not pass at once', async () => {
    const stream = new NodeClient({ url: running.url }).events({ from: 99n });
    expect(heights(await take(stream, 5))).toEqual(['hosts/bad-range']);
  });
});

const subscribers = async (): Promise<number> => {
  const metrics = await new NodeClient({ url: running.url }).metrics();
  const [, count = '-1'] =
    /^aivm_event_subscribers ([0-9]+)$/m.exec(metrics.ok ? metrics.value : '') ?? [];
  return Number(count);
};

test('who does not read is dropped when it falls too far behind', async () => {
  const streams = new Streams(running.node, { subscribers: 2, subscriberLagBlocks: 4 });
  const [slow, quick] = [streams.open(0n), streams.open(0n)];
  if (!slow.ok || !quick.ok) throw new Error('the streams do not open');
  expect(streams.open(0n)).toMatchObject({ failure: { code: 'hosts/too-many-subscribers' } });
  const reader = quick.value.getReader();
  for (let height = 1n; height <= 4n; height++) {
    produce(running.node, running.clock);
    streams.wake(height);
    await reader.read();
  }
  // The slow one has height 0 in hand or is still to get it: four blocks behind.
  expect(streams.count).toBe(1);
  const text = await new Response(slow.value).text();
  expect(text).toContain('event: failure\ndata: {"code":"hosts/subscriber-too-slow"');
  expect(text).toContain('"next":"0"');
  expect(text).not.toContain('event: block');
  streams.stop();
  expect(streams.count).toBe(0);
  expect(streams.open(0n)).toMatchObject({ failure: { code: 'hosts/stopped' } });
});

describe('one stream', () => {
  const read =
    (tip: () => bigint) =>
    (height: bigint): Result<string | undefined, Failure> =>
      ok(height > tip() ? undefined : `<${height}>`);
  const text = (part: { value?: Uint8Array | undefined }): string =>
    new TextDecoder().decode(part.value);

  test('reads a block only when its reader is ready for it', async () => {
    let reads = 0;
    const stream = new EventStream(
      0n,
      (height) => {
        reads += 1;
        return ok(`<${height}>`);
      },
      () => undefined,
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(reads).toBe(0);
    const reader = stream.body.getReader();
    expect(text(await reader.read())).toBe(': \n\n');
    expect(text(await reader.read())).toBe('<0>');
    expect(reads).toBeLessThanOrEqual(2);
    await reader.cancel();
  });

  test('wakes for a block, says nothing in between, and ends once', async () => {
    let tip = 0n;
    let ended = 0;
    const stream = new EventStream(
      1n,
      read(() => tip),
      () => {
        ended += 1;
      },
    );
    const reader = stream.body.getReader();
    await reader.read();
    const waiting = reader.read();
    stream.wake();
    stream.beat();
    expect(text(await waiting)).toBe(': \n\n');
    const block = reader.read();
    tip = 1n;
    stream.wake();
    expect(text(await block)).toBe('<1>');
    const { failure } = hostFail('hosts/stopped');
    stream.end(failure);
    stream.end(failure);
    expect(text(await reader.read())).toContain('hosts/stopped');
    expect((await reader.read()).done).toBe(true);
    expect(ended).toBe(1);
  });
});
