import { ok, type Failure, type Json, type Result } from '../../codec/index.ts';
import { clientFail } from '../errors.ts';
import { blockEvents, readAnswer, type BlockEvents } from '../wire/index.ts';
import { readMessages } from './sse.ts';
import { failureOf, type Transport } from './transport.ts';

export interface EventsOptions {
  /** Height of the first block; the next one to come unless told. */
  readonly from?: bigint | undefined;
  /** Ends the iteration. */
  readonly signal?: AbortSignal;
  /** How often in a row the stream may break before it is given up. */
  readonly attempts?: number;
}

const DEFAULT_ATTEMPTS = 8;
const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 5_000;

/** What passes: too much to do, or a node that is being started again. */
const PASSING: ReadonlySet<string> = new Set([
  'client/unreachable',
  'client/timeout',
  'hosts/too-many-subscribers',
  'hosts/subscriber-too-slow',
  'hosts/busy',
  'hosts/stopped',
]);

/** Resolves after the pause, or as soon as the signal is aborted. */
const pause = (attempt: number, signal: AbortSignal | undefined): Promise<void> => {
  const milliseconds = Math.min(
    FIRST_PAUSE_MILLISECONDS * 2 ** attempt,
    LONGEST_PAUSE_MILLISECONDS,
  );
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done);
  });
};

const parseJson = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
};

/** What one message says: a block, or the failure with which the node ends the stream. */
const readMessage = (event: string, data: string): Result<BlockEvents, Failure> => {
  const json = parseJson(data);
  if (event === 'failure') {
    const failure = failureOf(json);
    if (failure !== undefined) return { ok: false, failure };
  }
  if (event === 'block' && json !== undefined) {
    const block = readAnswer(blockEvents, json);
    if (block.ok) return block;
  }
  return clientFail('client/bad-answer', { event });
};

/**
 * The events of every block from a height on, in order and without a gap: a stream that breaks is
 * taken up where it ended. A failure is given once, as the last element; an abort ends it silently.
 */
export async function* streamEvents(
  transport: Transport,
  options: EventsOptions = {},
): AsyncGenerator<Result<BlockEvents, Failure>, void> {
  const { signal, attempts = DEFAULT_ATTEMPTS } = options;
  const isAborted = (): boolean => signal?.aborted === true;
  let next = options.from;
  let failed = 0;
  let last: Failure = clientFail('client/stream-ended').failure;
  while (failed < attempts && !isAborted()) {
    const query = { from: next === undefined ? undefined : String(next) };
    const request = {
      query,
      accept: 'text/event-stream',
      ...(signal === undefined ? {} : { signal }),
    };
    for await (const block of readStream(transport, request)) {
      if (!block.ok) {
        last = block.failure;
        break;
      }
      failed = 0;
      next = block.value.height + 1n;
      yield ok(block.value);
    }
    if (isAborted()) return;
    if (!PASSING.has(last.code) && last.code !== 'client/stream-ended') break;
    await pause(failed, signal);
    failed += 1;
  }
  if (!isAborted()) yield { ok: false, failure: last };
}

/** One connection: its blocks, and at last why it ended. */
async function* readStream(
  transport: Transport,
  request: Parameters<Transport['send']>[1],
): AsyncGenerator<Result<BlockEvents, Failure>, void> {
  const response = await transport.send('/v1/events', request, true);
  if (!response.ok) {
    yield response;
    return;
  }
  const { body, ok: isOk } = response.value;
  try {
    if (!isOk || body === null) {
      const failure = failureOf(parseJson(await response.value.text()));
      yield failure === undefined ? clientFail('client/bad-answer') : { ok: false, failure };
      return;
    }
    for await (const { event, data } of readMessages(body)) yield readMessage(event, data);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    yield clientFail('client/unreachable', { cause });
    return;
  }
  yield clientFail('client/stream-ended');
}
