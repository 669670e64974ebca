import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint';
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup';
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema';
import * as OpenApi from 'effect/http-api/OpenApi';
import * as Schema from 'effect/Schema';
import {
  blockAnswer,
  blockEvents,
  blockPage,
  blockReceipts,
  MAX_PAGE_BLOCKS,
} from '../../../client/wire/index.ts';
import { answer, decimal, failures } from './wire.ts';

const described = (summary: string, description: string) =>
  OpenApi.annotations({ summary, description });

const block = {
  block: Schema.String.check(
    Schema.isPattern(/^(?:latest|[0-9a-f]{64}|0|[1-9][0-9]{0,19})$/u, {
      description: 'Height, id, or `latest`.',
      expected: 'a height, an id of 64 hex digits, or latest',
    }),
  ),
};

export const history = HttpApiGroup.make('history', { topLevel: true })
  .add(
    HttpApiEndpoint.get('blocks', '/blocks', {
      query: {
        from: decimal('First height.'),
        limit: Schema.optionalKey(decimal(`Blocks, at most ${MAX_PAGE_BLOCKS}.`)),
      },
      success: answer(blockPage, {
        identifier: 'BlockPage',
        description: 'Blocks in the order of their heights.',
      }),
      error: failures(),
    }).annotateMerge(described('List blocks', 'From a height on, a page at a time.')),
  )
  .add(
    HttpApiEndpoint.get('block', '/blocks/:block', {
      params: block,
      success: answer(blockAnswer, {
        identifier: 'Block',
        description: 'Header, state root and transaction ids of a block.',
      }),
      error: failures(404),
    }).annotateMerge(described('A block', 'By height, by id, or the last committed one.')),
  )
  .add(
    HttpApiEndpoint.get('blockReceipts', '/blocks/:block/receipts', {
      params: block,
      success: answer(blockReceipts, {
        identifier: 'BlockReceipts',
        description: 'What came of each transaction, and of the timers at the beginning.',
      }),
      error: failures(404),
    }).annotateMerge(described('The receipts of a block', 'In the order of its transactions.')),
  )
  .add(
    HttpApiEndpoint.get('blockBytes', '/blocks/:block/bytes', {
      params: block,
      success: Schema.Uint8Array.pipe(
        HttpApiSchema.asUint8Array({ contentType: 'application/cbor' }),
      ),
      error: failures(404),
    }).annotateMerge(
      described('A block as it travels', 'Header and signed transactions, for another node.'),
    ),
  )
  .add(
    HttpApiEndpoint.get('events', '/events', {
      query: {
        from: Schema.optionalKey(decimal('Height of the first block; the next one unless told.')),
      },
      success: [
        Schema.String.pipe(HttpApiSchema.asText({ contentType: 'text/event-stream' })),
        answer(blockEvents, {
          identifier: 'BlockEvents',
          description: 'The data of each message named `block`.',
        }),
      ],
      error: failures(429),
    }).annotateMerge(
      described(
        'Follow what happens',
        'A stream (text/event-stream) with one message `block` for every block, in order and ' +
          'without a gap; its id is the height. The header Last-Event-ID goes on behind a ' +
          'height. A message `failure` ends the stream.',
      ),
    ),
  )
  .annotateMerge(OpenApi.annotations({ description: 'Blocks, receipts, events.' }));
