import * as Effect from 'effect/Effect';
import type { HttpServerRequest } from 'effect/http/HttpServerRequest';
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder';
import type { PreparedTransaction } from '../../../actors/transaction.ts';
import { encode, ok, type Failure, type Json, type Result } from '../../../codec/index.ts';
import {
  dryRunBody,
  MESSAGES,
  readRequest,
  submission,
  transactionAnswer,
  writeJson,
  type TransactionAnswer,
  type TransactionView,
} from '../../../client/index.ts';
import { kindOf, parseActorId, type ActorKind } from '../../../machines/kit/address.ts';
import type { Messages } from '../../../machines/messages.ts';
import type { Schema } from '../../../codec/index.ts';
import { NodeService } from '../../embedded/layer.ts';
import type { EmbeddedNode } from '../../embedded/node.ts';
import { hostFail } from '../../errors.ts';
import { Api } from '../api/index.ts';
import { bodyBytes, bodyJson, mediaType } from '../body.ts';
import { reply } from '../respond.ts';

const JSON_TYPE = 'application/json';
const BYTE_TYPES = ['application/cbor', 'application/octet-stream'];

const unsupported = (expected: readonly string[], found: string) =>
  hostFail('hosts/unsupported-media-type', { expected: expected.join(', '), found });

/** The transaction of a submission, in either of its forms. */
const submitted = (request: HttpServerRequest, body: Uint8Array): Result<Uint8Array, Failure> => {
  const type = mediaType(request);
  if (BYTE_TYPES.includes(type)) return ok(body);
  if (type !== JSON_TYPE) return unsupported([JSON_TYPE, ...BYTE_TYPES], type);
  const json = bodyJson(body);
  const read = json.ok ? readRequest(submission, json.value) : json;
  return read.ok ? ok(read.value.transaction) : read;
};

/** Kind of the receiver that a dry run names: it says which messages there are. */
const receiverKind = (json: Json): Result<ActorKind, Failure> => {
  const isObject = typeof json === 'object' && json !== null && 'receiver' in json;
  const receiver = isObject ? json.receiver : undefined;
  const parsed = parseActorId(typeof receiver === 'string' ? receiver : '');
  return parsed.ok ? ok(kindOf(parsed.value)) : parsed;
};

const dryRun = (node: EmbeddedNode, request: HttpServerRequest, body: Uint8Array) => {
  const type = mediaType(request);
  if (type !== JSON_TYPE) return unsupported([JSON_TYPE], type);
  const json = bodyJson(body);
  if (!json.ok) return json;
  const kind = receiverKind(json.value);
  if (!kind.ok) return kind;
  const read = readRequest(dryRunBody(kind.value), json.value);
  if (!read.ok) return read;
  const { sender, receiver, valueNlux, gasLimit, gasPriceNlux, message } = read.value;
  const given = Object.entries({ valueNlux, gasLimit, gasPriceNlux });
  const chosen = Object.fromEntries(given.filter((entry) => entry[1] !== undefined));
  const schema = MESSAGES[kind.value] as Schema<Messages[ActorKind]>;
  return node.chain.dryRun({
    sender,
    body: { receiver, message: encode(schema, message), ...chosen },
    time: node.config.clock(),
  });
};

const viewOf = (prepared: PreparedTransaction, bytes: Uint8Array): TransactionView => {
  const { nonce, expiry, gasLimit, gasPriceNlux, receiver, valueNlux } = prepared.body;
  const message = prepared.message as Messages[ActorKind];
  const { sender } = prepared;
  return { sender, nonce, expiry, gasLimit, gasPriceNlux, receiver, valueNlux, message, bytes };
};

/** What is known of a transaction; its message is written by the kind of its receiver. */
const lookUp = (node: EmbeddedNode, id: string): Result<Json, Failure> => {
  const status = node.transaction(id);
  if (!status.ok) return status;
  const found = status.value;
  if (found.type === 'unknown') return hostFail('hosts/unknown-transaction', { id });
  const nothing = { place: undefined, dropped: undefined, transaction: undefined };
  const write = (kind: ActorKind, answer: TransactionAnswer): Result<Json, Failure> =>
    ok(writeJson(transactionAnswer(kind), answer));
  if (found.type === 'dropped') {
    const { code, message } = found.failure;
    return write('account', { ...nothing, id, status: 'dropped', dropped: { code, message } });
  }
  const { prepared, bytes } = found;
  const kind = kindOf(prepared.body.receiver);
  const transaction = viewOf(prepared, bytes);
  if (found.type === 'pending')
    return write(kind, { ...nothing, id, status: 'pending', transaction });
  const { height, blockId, index } = found.receipt;
  const place = { height, blockId, index };
  return write(kind, { ...nothing, id, status: 'included', place, transaction });
};

const receiptOf = (node: EmbeddedNode, id: string) => {
  const found = node.chain.receipt(id);
  if (!found.ok) return found;
  if (found.value === undefined) return hostFail('hosts/unknown-transaction', { id });
  const { height, blockId, index, receipt } = found.value;
  return ok({ id, height, blockId, index, receipt });
};

export const transactionHandlers = HttpApiBuilder.group(Api, 'transactions', (handlers) =>
  Effect.gen(function* () {
    const node = yield* NodeService;
    return handlers
      .handleRaw('submitTransaction', ({ request }) =>
        Effect.flatMap(bodyBytes(request), (body) => {
          const transaction = submitted(request, body);
          return reply(transaction.ok ? node.submit(transaction.value) : transaction);
        }),
      )
      .handleRaw('dryRunTransaction', ({ request }) =>
        Effect.flatMap(bodyBytes(request), (body) => reply(dryRun(node, request, body))),
      )
      .handle('transaction', ({ params }) => reply(lookUp(node, params.id)))
      .handle('receipt', ({ params }) => reply(receiptOf(node, params.id)));
  }),
);
