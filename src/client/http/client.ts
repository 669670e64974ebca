import { type Failure, type Json, type Result } from '../../codec/index.ts';
import type { ActorId, ActorKind } from '../../machines/kit/address.ts';
import type { Collection } from '../../machines/kit/collection.ts';
import * as wire from '../wire/index.ts';
import { streamEvents, type EventsOptions } from './events.ts';
import { askAttestation, type AttestationQuery } from './attestation.ts';
import { askActor, listActors, listEntries, type ActorQuery, type PageQuery } from './state.ts';
import { askReceipt, askTransaction, submitAndWait, type WaitOptions } from './submit.ts';
import { Transport, type TransportOptions } from './transport.ts';

type Answer<T> = Promise<Result<T, Failure>>;

/** A block by height, by id, or the last committed one. */
export type BlockRef = bigint | string;

const CBOR = 'application/cbor';

/**
 * What a node answers, typed. Every failure keeps the stable code of the node that gave it; those
 * of the connection are `client/…`. Nothing throws.
 */
export class NodeClient {
  readonly #transport: Transport;

  constructor(options: TransportOptions) {
    this.#transport = new Transport(options);
  }

  /** Hands in a signed transaction; it waits at the node from then on. */
  submit(bytes: Uint8Array): Answer<{ readonly id: string }> {
    const request = { method: 'POST', body: bytes, contentType: CBOR } as const;
    return this.#transport.answer('/v1/transactions', wire.submissionAnswer, request);
  }

  /** Hands it in and waits for its receipt, whatever that says; see `applied`. */
  submitAndWait(bytes: Uint8Array, options: WaitOptions = {}): Answer<wire.ReceiptAnswer> {
    return submitAndWait(this.#transport, bytes, options);
  }

  /** What a transaction would do in the next block, with the gas limit to sign. */
  dryRun<K extends ActorKind>(kind: K, body: wire.DryRunBody<K>): Answer<wire.DryRunAnswer> {
    const json = JSON.stringify(wire.writeJson(wire.dryRunBody(kind), body));
    const request = { method: 'POST', body: json, contentType: 'application/json' } as const;
    return this.#transport.answer('/v1/transactions/dry-run', wire.dryRunAnswer, request);
  }

  /** A transaction and how it stands; nothing if the node does not know it. */
  transaction(id: string): Answer<wire.TransactionAnswer | undefined> {
    return askTransaction(this.#transport, id);
  }

  /** The receipt of an included transaction; nothing if there is none yet. */
  receipt(id: string): Answer<wire.ReceiptAnswer | undefined> {
    return askReceipt(this.#transport, id);
  }

  /** Nonces and balance of an account, by its address in hex or bech32. */
  account(address: string): Answer<wire.AccountAnswer> {
    const path = `/v1/accounts/${encodeURIComponent(address)}`;
    return this.#transport.answer(path, wire.accountAnswer);
  }

  /** The record of an actor; with `prove` its proof is asked for and checked here. */
  actor<K extends ActorKind>(id: ActorId<K>, query: ActorQuery = {}): Answer<wire.ActorAnswer<K>> {
    return askActor(this.#transport, id, query);
  }

  /** Actors of one kind in the order of their keys, a page at a time. */
  list<K extends ActorKind>(kind: K, query: PageQuery = {}): Answer<wire.ActorPage<K>> {
    return listActors(this.#transport, kind, query);
  }

  /** Entries of a collection of an actor, such as `COLLECTION.payers`, a page at a time. */
  entries<V>(
    owner: ActorId,
    collection: Collection<V>,
    query: PageQuery = {},
  ): Answer<wire.EntryPage<V>> {
    return listEntries(this.#transport, owner, collection, query);
  }

  /** An attestation by its slot or by its claim, its proof checked here. */
  attestation(query: AttestationQuery): Answer<wire.AttestationAnswer> {
    return askAttestation(this.#transport, query);
  }

  block(block: BlockRef = 'latest'): Answer<wire.BlockAnswer> {
    return this.#transport.answer(`/v1/blocks/${block}`, wire.blockAnswer);
  }

  /** Blocks from a height on, a page at a time. */
  blocks(query: { readonly from: bigint; readonly limit?: number }): Answer<wire.BlockPage> {
    const { from, limit } = query;
    const asked = { from: String(from), limit: limit === undefined ? undefined : String(limit) };
    return this.#transport.answer('/v1/blocks', wire.blockPage, { query: asked });
  }

  /** Receipts of a block, and what its beginning brought. */
  blockReceipts(block: BlockRef = 'latest'): Answer<wire.BlockReceiptsAnswer> {
    return this.#transport.answer(`/v1/blocks/${block}/receipts`, wire.blockReceipts);
  }

  /** A block as it travels: header and signed transactions. */
  blockBytes(block: BlockRef = 'latest'): Answer<Uint8Array> {
    return this.#transport.bytes(`/v1/blocks/${block}/bytes`, { accept: CBOR });
  }

  parameters(): Answer<wire.ParametersAnswer> {
    return this.#transport.answer('/v1/parameters', wire.parametersAnswer);
  }

  supply(): Answer<wire.SupplyAnswer> {
    return this.#transport.answer('/v1/supply', wire.supplyAnswer);
  }

  node(): Answer<wire.NodeAnswer> {
    return this.#transport.answer('/v1/node', wire.nodeAnswer);
  }

  /** How the node does; a halted one answers too, with its failure. */
  health(): Answer<wire.HealthAnswer> {
    return this.#transport.answer('/v1/health', wire.healthAnswer, { anyStatus: true });
  }

  /** The genesis as a file that another node starts from. */
  genesis(): Answer<Json> {
    return this.#transport.json('/v1/genesis');
  }

  /** Metrics in Prometheus's text format. */
  async metrics(): Answer<string> {
    const bytes = await this.#transport.bytes('/v1/metrics', { accept: 'text/plain' });
    return bytes.ok ? { ok: true, value: new TextDecoder().decode(bytes.value) } : bytes;
  }

  /** Events of every block from a height on; see `streamEvents`. */
  events(options: EventsOptions = {}): AsyncGenerator<Result<wire.BlockEvents, Failure>, void> {
    return streamEvents(this.#transport, options);
  }
}
