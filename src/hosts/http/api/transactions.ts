import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint';
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup';
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema';
import * as OpenApi from 'effect/http-api/OpenApi';
import * as Schema from 'effect/Schema';
import {
  dryRunAnswer,
  dryRunBody,
  receiptAnswer,
  submission,
  submissionAnswer,
  transactionAnswer,
} from '../../../client/wire/index.ts';
import { ACTOR_KINDS, type ActorKind } from '../../../machines/kit/address.ts';
import { anyAnswer, answer, failures, hexDigits, request } from './wire.ts';

const KINDS = Object.keys(ACTOR_KINDS) as ActorKind[];
const id = { id: hexDigits(32, 'Id of the transaction.') };
const described = (summary: string, description: string) =>
  OpenApi.annotations({ summary, description });

export const transactions = HttpApiGroup.make('transactions', { topLevel: true })
  .add(
    HttpApiEndpoint.post('submitTransaction', '/transactions', {
      payload: [
        request([submission], {
          identifier: 'Submission',
          description: 'The canonical bytes of a signed transaction, in hex.',
        }),
        Schema.Uint8Array.pipe(HttpApiSchema.asUint8Array({ contentType: 'application/cbor' })),
      ],
      success: answer(submissionAnswer, {
        identifier: 'Submitted',
        description: 'The transaction waits for a block.',
      }).pipe(HttpApiSchema.status(202)),
      error: failures(409, 413, 415),
    }).annotateMerge(
      described(
        'Hand in a signed transaction',
        'As JSON with its bytes in hex, or as the bytes themselves (application/cbor). It is ' +
          'checked and waits; what its message does, its receipt tells once a block has it.',
      ),
    ),
  )
  .add(
    HttpApiEndpoint.post('dryRunTransaction', '/transactions/dry-run', {
      payload: request(KINDS.map(dryRunBody), {
        identifier: 'DryRun',
        description: 'Who would send which message to whom.',
      }),
      success: answer(dryRunAnswer, {
        identifier: 'DryRunResult',
        description: 'The receipt that it would get, and a gas limit to sign.',
      }),
      error: failures(409, 413, 415),
    }).annotateMerge(
      described('Try a transaction without signing it', 'Nothing is changed, and nothing waits.'),
    ),
  )
  .add(
    HttpApiEndpoint.get('transaction', '/transactions/:id', {
      params: id,
      success: anyAnswer(KINDS.map(transactionAnswer), {
        identifier: 'Transaction',
        description: 'How a transaction stands at this node, and what it says.',
      }),
      error: failures(404),
    }).annotateMerge(
      described(
        'Look a transaction up',
        'Status `pending`, `included` or `dropped`; 404 for one that this node does not know.',
      ),
    ),
  )
  .add(
    HttpApiEndpoint.get('receipt', '/receipts/:id', {
      params: id,
      success: answer(receiptAnswer, {
        identifier: 'Receipt',
        description: 'What came of a transaction, and where it stands in the chain.',
      }),
      error: failures(404),
    }).annotateMerge(described('The receipt of a transaction', '404 as long as no block has it.')),
  )
  .annotateMerge(OpenApi.annotations({ description: 'Signed messages to actors.' }));
