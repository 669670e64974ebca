import { encode, fromHex, hashBytes, toHex, utf8 } from '../codec/index.ts';
import type { Envelope } from './mailbox.ts';
import type { ActorCell } from './slot.ts';

const TAG = 'aivm/activity/1';
const INITIAL_CAPACITY = 4096;
const ORIGIN_CODES = { transaction: 0, actor: 1, timer: 2 } as const;
const APPLIED = 0;
const ENTRY = 1;
const REFUSED = 2;
const U64_MASK = 0xffff_ffff_ffff_ffffn;

/** Activity before the first block. */
export const GENESIS_ACTIVITY = '0'.repeat(64);

/** One delivered message, for comparing two nodes (PROTOCOL §10). */
export interface TraceEntry {
  /** Within the block, from 0. */
  readonly index: number;
  readonly from: string;
  readonly to: string;
  readonly message: string;
  /** Code of the refusal, or nothing. */
  readonly refused: string | undefined;
  /** Activity hash after it. */
  readonly hash: string;
}

/**
 * The chained hash over all that was delivered (PROTOCOL §10). Of each message it takes who sent
 * what to whom with which value, and what came of it: the entries written, gas so far and the
 * receiver's whole new record, or the code of the refusal. So of two nodes that differ there is one
 * first message where they do, whatever the cause. The message of a transaction is taken by the
 * transaction's id, which is known already, and the record's bytes are made for the state tree in
 * any case: the whole costs one short hash. Events follow from these and are left out.
 *
 *   H("aivm/activity/1", previous[32], from, to, value[16], origin u8, message,
 *     (1 u8, key, bytes)*, 0 u8, gas u64, record  |  2 u8, gas u64, code)
 *
 * with an address as `kind u8 ‖ key`, the message as the transaction's id (origin 0), its canonical
 * bytes (1) or nothing (2, a timer), and key, bytes, record, code preceded by their u32 length.
 */
export class Activity {
  #previous: Uint8Array;
  #scratch = new Uint8Array(INITIAL_CAPACITY);
  #view = new DataView(this.#scratch.buffer);
  #length = 0;

  constructor(previous: string) {
    this.#previous = fromHex(previous);
  }

  /** 32 bytes, hex. */
  get hash(): string {
    return toHex(this.#previous);
  }

  /** Begins a message with what is known before its delivery. */
  begin({ from, value, origin, message }: Envelope, to: ActorCell): void {
    this.#length = 0;
    this.#bytes(this.#previous);
    this.#bytes(from.address);
    this.#bytes(to.address);
    this.#u64(value >> 64n);
    this.#u64(value & U64_MASK);
    this.#u8(ORIGIN_CODES[origin.type]);
    if (origin.type === 'transaction') this.#bytes(origin.id);
    if (origin.type === 'actor') this.#varying(encode(to.kind.definition.messages, message));
  }

  /** Adds an entry written; empty bytes for one deleted. */
  entry(key: string, bytes: Uint8Array): void {
    this.#u8(ENTRY);
    this.#varying(fromHex(key));
    this.#varying(bytes);
  }

  /** Ends a message that was applied. */
  applied(gas: number, record: Uint8Array): void {
    this.#end(APPLIED, gas, record);
  }

  /** Ends a message that was refused. */
  refused(gas: number, code: string): void {
    this.#end(REFUSED, gas, utf8(code));
  }

  #end(outcome: number, gas: number, result: Uint8Array): void {
    this.#u8(outcome);
    this.#u64(BigInt(gas));
    this.#varying(result);
    this.#previous = hashBytes(TAG, this.#scratch.subarray(0, this.#length));
  }

  #u8(value: number): void {
    this.#reserve(1);
    this.#scratch[this.#length] = value;
    this.#length += 1;
  }

  #u64(value: bigint): void {
    this.#reserve(8);
    this.#view.setBigUint64(this.#length, value);
    this.#length += 8;
  }

  #varying(bytes: Uint8Array): void {
    this.#reserve(4);
    this.#view.setUint32(this.#length, bytes.length);
    this.#length += 4;
    this.#bytes(bytes);
  }

  #bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#scratch.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#scratch.length) return;
    const wider = new Uint8Array(2 * (this.#length + bytes));
    wider.set(this.#scratch.subarray(0, this.#length));
    this.#scratch = wider;
    this.#view = new DataView(wider.buffer);
  }
}
