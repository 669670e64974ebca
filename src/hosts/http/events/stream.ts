import type { Failure, Result } from '../../../codec/failure.ts';
import { failureMessage, HEARTBEAT } from './text.ts';

const encoder = new TextEncoder();

/** One reader of events: pulls block after block, and waits when it has all that there are. */
export class EventStream {
  /** What the HTTP server sends. */
  readonly body: ReadableStream<Uint8Array>;
  /** Height of the block that it gets next. */
  next: bigint;
  readonly #read: (height: bigint) => Result<string | undefined, Failure>;
  readonly #onEnd: () => void;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #waiting: (() => void) | undefined;
  #hasEnded = false;

  constructor(
    first: bigint,
    read: (height: bigint) => Result<string | undefined, Failure>,
    onEnd: () => void,
  ) {
    this.next = first;
    this.#read = read;
    this.#onEnd = onEnd;
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
          // The headers leave with the first byte.
          this.#send(HEARTBEAT);
        },
        pull: () => this.#pull(),
        cancel: () => this.#finish(),
      },
      // Nothing is read ahead: the reader's pace is the stream's.
      { highWaterMark: 1 },
    );
  }

  /** There is a new block. */
  wake(): void {
    if (this.#waiting !== undefined) this.#step();
  }

  /** Says nothing, so that the connection stays open; only to a reader who waits. */
  beat(): void {
    if (this.#waiting !== undefined) this.#send(HEARTBEAT);
  }

  /** Ends it with a failure, which reaches a reader who reads on. */
  end(failure: Failure): void {
    if (this.#hasEnded) return;
    this.#send(failureMessage(failure));
    this.#finish();
    this.#controller?.close();
  }

  /** Resolves when there is something to send: at once, or when a block wakes it. */
  #pull(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#step();
    });
  }

  #step(): void {
    const text = this.#read(this.next);
    if (!text.ok) {
      this.end(text.failure);
      return;
    }
    if (text.value === undefined) return;
    this.next += 1n;
    this.#send(text.value);
    this.#rest();
  }

  #send(text: string): void {
    if (!this.#hasEnded) this.#controller?.enqueue(encoder.encode(text));
  }

  /** Lets the pull in hand end. */
  #rest(): void {
    const resolve = this.#waiting;
    this.#waiting = undefined;
    resolve?.();
  }

  #finish(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#rest();
    this.#onEnd();
  }
}
