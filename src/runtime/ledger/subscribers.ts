import { ok, type Result } from '../../codec/failure.ts';
import { runtimeFail } from '../errors.ts';

/** Listeners at a time; an HTTP host gives each of its clients one. */
export const MAX_SUBSCRIBERS = 1024;
/** Notices that wait for one listener; when more come, the oldest are dropped and counted. */
export const MAX_WAITING_NOTICES = 256;

/** A block was committed. Small on purpose: events and receipts are asked for by height. */
export interface CommittedNotice {
  readonly height: bigint;
  readonly blockId: string;
  /** Unix seconds. */
  readonly time: bigint;
  readonly root: string;
  readonly transactions: number;
  /** Notices before this one that the listener was too slow to get. */
  readonly missed: number;
}

export type CommittedListener = (notice: CommittedNotice) => void;

interface Subscriber {
  readonly listener: CommittedListener;
  waiting: Omit<CommittedNotice, 'missed'>[];
  missed: number;
}

/**
 * Tells listeners of committed blocks, each from a bounded buffer and never inside `commit`: what a
 * listener does, or throws, cannot delay or disturb the chain.
 */
export class Subscribers {
  readonly #subscribers = new Set<Subscriber>();
  readonly #report: (error: unknown) => void;
  #isScheduled = false;

  /** `report` gets what a listener throws. */
  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  get count(): number {
    return this.#subscribers.size;
  }

  /** Gives the function that ends the subscription. */
  add(listener: CommittedListener): Result<() => void> {
    if (this.#subscribers.size >= MAX_SUBSCRIBERS) {
      return runtimeFail('runtime/too-many-subscribers', { limit: String(MAX_SUBSCRIBERS) });
    }
    const subscriber: Subscriber = { listener, waiting: [], missed: 0 };
    this.#subscribers.add(subscriber);
    return ok(() => {
      this.#subscribers.delete(subscriber);
    });
  }

  publish(notice: Omit<CommittedNotice, 'missed'>): void {
    for (const subscriber of this.#subscribers) {
      subscriber.waiting.push(notice);
      if (subscriber.waiting.length <= MAX_WAITING_NOTICES) continue;
      subscriber.waiting.shift();
      subscriber.missed += 1;
    }
    if (this.#isScheduled || this.#subscribers.size === 0) return;
    this.#isScheduled = true;
    queueMicrotask(() => this.#deliver());
  }

  clear(): void {
    this.#subscribers.clear();
  }

  #deliver(): void {
    this.#isScheduled = false;
    for (const subscriber of this.#subscribers) {
      const { waiting, missed } = subscriber;
      subscriber.waiting = [];
      subscriber.missed = 0;
      waiting.forEach((notice, i) => {
        if (!this.#subscribers.has(subscriber)) return;
        try {
          subscriber.listener({ ...notice, missed: i === 0 ? missed : 0 });
        } catch (error) {
          this.#report(error);
        }
      });
    }
  }
}
