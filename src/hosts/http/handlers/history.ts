import * as Effect from 'effect/Effect';
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder';
import * as HttpServerResponse from 'effect/http/HttpServerResponse';
import { ok, type Failure, type Result } from '../../../codec/index.ts';
import { MAX_PAGE_BLOCKS, type BlockPage, type BlockSummary } from '../../../client/wire/index.ts';
import type { BlockReference } from '../../../runtime/index.ts';
import { NodeService } from '../../embedded/layer.ts';
import type { EmbeddedNode } from '../../embedded/node.ts';
import { hostFail } from '../../errors.ts';
import { Api } from '../api/index.ts';
import { EventStreams } from '../events/streams.ts';
import { parseHeight, parseLimit } from '../parse.ts';
import { reply } from '../respond.ts';
import { blockView } from '../views.ts';

/** Transactions after which a page of blocks ends: each has to be read to count it. */
const MAX_PAGE_TRANSACTIONS = 20_000;
const BLOCK_ID_DIGITS = 64;
const DECIMAL = /^(?:0|[1-9][0-9]{0,19})$/;

/** The block that a path names, which the schema has checked. */
const referenceOf = (node: EmbeddedNode, text: string): Result<BlockReference, Failure> => {
  if (text.length === BLOCK_ID_DIGITS) return ok(text);
  if (text !== 'latest') return ok(BigInt(text));
  const tip = node.chain.tip();
  return tip.ok ? ok(tip.value.height) : tip;
};

/** Asks for something of a block; nothing becomes the failure that says so. */
const ofBlock = <T>(
  node: EmbeddedNode,
  text: string,
  ask: (reference: BlockReference) => Result<T | undefined, Failure>,
): Result<T, Failure> => {
  const reference = referenceOf(node, text);
  if (!reference.ok) return reference;
  const found = ask(reference.value);
  if (!found.ok) return found;
  return found.value === undefined ? hostFail('hosts/unknown-block') : ok(found.value);
};

const block = (node: EmbeddedNode, text: string) => {
  const found = ofBlock(node, text, node.chain.block);
  return found.ok ? ok(blockView(found.value)) : found;
};

const receipts = (node: EmbeddedNode, text: string) => {
  const found = ofBlock(node, text, node.chain.receipts);
  if (!found.ok) return found;
  const { blockId: id, height, begin, receipts: all } = found.value;
  return ok({
    id,
    height,
    begin,
    receipts: all.map(({ txId, receipt }) => ({ id: txId, receipt })),
  });
};

const blocks = (
  node: EmbeddedNode,
  query: { readonly from: string; readonly limit?: string },
): Result<BlockPage, Failure> => {
  const limit = parseLimit(query.limit, MAX_PAGE_BLOCKS);
  if (!limit.ok) return limit;
  const items: BlockSummary[] = [];
  let transactions = 0;
  let next = BigInt(query.from);
  while (items.length < limit.value && transactions < MAX_PAGE_TRANSACTIONS) {
    const found = node.chain.block(next);
    if (!found.ok) return found;
    if (found.value === undefined) return ok({ items, next: undefined });
    const { transactionIds, ...header } = blockView(found.value);
    items.push({ ...header, transactions: transactionIds.length });
    transactions += transactionIds.length;
    next += 1n;
  }
  return ok({ items, next });
};

/** Where a stream of events begins: as asked, behind what the client has, or with what comes. */
const firstHeight = (from: string | undefined, lastId: string | undefined): bigint | undefined => {
  if (from !== undefined) return parseHeight(from);
  return lastId !== undefined && DECIMAL.test(lastId) ? BigInt(lastId) + 1n : undefined;
};

const EVENT_HEADERS = { 'cache-control': 'no-store', 'x-accel-buffering': 'no' };

export const historyHandlers = HttpApiBuilder.group(Api, 'history', (handlers) =>
  Effect.gen(function* () {
    const node = yield* NodeService;
    const streams = yield* EventStreams;
    return handlers
      .handle('blocks', ({ query }) => reply(blocks(node, query)))
      .handle('block', ({ params }) => reply(block(node, params.block)))
      .handle('blockReceipts', ({ params }) => reply(receipts(node, params.block)))
      .handle('blockBytes', ({ params }) =>
        reply(ofBlock(node, params.block, node.chain.blockBytes)),
      )
      .handle('events', ({ query, request }) => {
        const lastId = request.headers['last-event-id'];
        const opened = streams.open(firstHeight(query.from, lastId));
        if (!opened.ok) return reply(opened);
        const options = { contentType: 'text/event-stream', headers: EVENT_HEADERS };
        return Effect.succeed(HttpServerResponse.raw(opened.value, options));
      });
  }),
);
