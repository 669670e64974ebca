import * as Effect from 'effect/Effect';
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder';
import type { ActorRecord } from '../../../actors/record.ts';
import { assert, ok, type Failure, type Json, type Result } from '../../../codec/index.ts';
import { COLLECTIONS } from '../../../client/collections.ts';
import { attestationActor } from '../../../client/index.ts';
import {
  actorAnswer,
  actorPage,
  entryPage,
  MAX_PAGE_ITEMS,
  writeJson,
  type AttestationAnswer,
} from '../../../client/wire/index.ts';
import { chainIdOf } from '../../../genesis/genesis.ts';
import { actorId, keyOf, kindOf, type ActorId } from '../../../machines/kit/address.ts';
import type { Contexts } from '../../../machines/records.ts';
import type { Tip } from '../../../runtime/index.ts';
import { NodeService } from '../../embedded/layer.ts';
import type { EmbeddedNode } from '../../embedded/node.ts';
import { Api } from '../api/index.ts';
import { parseAccount, parseActor, parseHeight, parseKind, parseLimit } from '../parse.ts';
import { reply } from '../respond.ts';
import { attestationView, placeOf, proofOf, viewOf } from '../views.ts';

interface Paging {
  readonly from?: string;
  readonly limit?: string;
}
interface At {
  readonly height?: string;
  readonly prove?: string;
}

/** An answer about the committed state, with the block that it is of. */
const withTip = <T, U>(
  { chain }: EmbeddedNode,
  found: Result<T, Failure>,
  answer: (value: T, tip: Tip) => U,
): Result<U, Failure> => {
  if (!found.ok) return found;
  const tip = chain.tip();
  return tip.ok ? ok(answer(found.value, tip.value)) : tip;
};

const networkOf = (node: EmbeddedNode): number => node.config.genesis.networkId;

const account = (node: EmbeddedNode, text: string) => {
  const address = parseAccount(text, networkOf(node));
  if (!address.ok) return address;
  const state = node.account(address.value);
  return withTip(node, state, (value, { height, blockId, root }) => ({
    address: address.value,
    height,
    blockId,
    root,
    ...value,
  }));
};

const actor = (
  node: EmbeddedNode,
  { kind, key }: { readonly kind: string; readonly key: string },
  { height, prove }: At,
): Result<Json, Failure> => {
  const id = parseActor(kind, key, networkOf(node));
  if (!id.ok) return id;
  const asked = { actor: id.value, height: parseHeight(height), prove: prove === 'true' };
  const answer = node.chain.query(asked);
  if (!answer.ok) return answer;
  const record = answer.value.decoded as ActorRecord<never> | undefined;
  return ok(
    writeJson(actorAnswer(kindOf(id.value)), {
      actor: id.value,
      ...placeOf(answer.value),
      record: record === undefined ? undefined : viewOf(record),
      proof: proofOf(answer.value),
    }),
  );
};

const actors = (
  node: EmbeddedNode,
  kindText: string,
  { from = '', limit: limitText }: Paging,
): Result<Json, Failure> => {
  const kind = parseKind(kindText);
  if (!kind.ok) return kind;
  const limit = parseLimit(limitText, MAX_PAGE_ITEMS);
  if (!limit.ok) return limit;
  const page = node.chain.list({ kind: kind.value, from, limit: limit.value });
  return withTip(node, page, ({ items, next }, { height }) => {
    const views = items.map(({ id, record }) => ({
      actor: id as ActorId,
      record: viewOf(record as ActorRecord<never>),
    }));
    return writeJson(actorPage(kind.value), { height, items: views, next });
  });
};

const entries = (
  node: EmbeddedNode,
  params: { readonly kind: string; readonly key: string; readonly collection: string },
  { from = '', limit: limitText }: Paging,
): Result<Json, Failure> => {
  const owner = parseActor(params.kind, params.key, networkOf(node));
  if (!owner.ok) return owner;
  const limit = parseLimit(limitText, MAX_PAGE_ITEMS);
  if (!limit.ok) return limit;
  const { collection: name } = params;
  const page = node.chain.list({ owner: owner.value, collection: name, from, limit: limit.value });
  return withTip(node, page, ({ items, next }, { height }) => {
    const kind = kindOf(owner.value);
    const collection = COLLECTIONS.find((each) => each.name === name && each.kind === kind);
    assert(collection !== undefined, 'the runtime has just listed the collection');
    const values = items.map(({ id, record }) => ({ key: id, value: record }));
    return writeJson(entryPage(collection), { owner: owner.value, height, items: values, next });
  });
};

/** The provider of an attestation at the same height: its tombstone voids what is pending. */
const providerBehind = (
  node: EmbeddedNode,
  record: ActorRecord<Contexts['attestation']> | undefined,
  height: bigint,
): Result<Contexts['provider'] | undefined, Failure> => {
  if (record === undefined) return ok(undefined);
  const asked = { actor: actorId('provider', record.context.provider), height };
  const answer = node.chain.query(asked);
  if (!answer.ok) return answer;
  const found = answer.value.decoded as ActorRecord<Contexts['provider']> | undefined;
  return ok(found?.context);
};

const attestation = (
  node: EmbeddedNode,
  id: ActorId<'attestation'>,
  { height, prove }: At,
): Result<AttestationAnswer, Failure> => {
  const asked = { actor: id, height: parseHeight(height), prove: prove === 'true' };
  const answer = node.chain.query(asked);
  if (!answer.ok) return answer;
  const record = answer.value.decoded as ActorRecord<Contexts['attestation']> | undefined;
  const provider = providerBehind(node, record, answer.value.height);
  if (!provider.ok) return provider;
  const view = record && attestationView(record, answer.value.height, provider.value);
  const proof = proofOf(answer.value);
  return ok({ slot: keyOf(id), ...placeOf(answer.value), attestation: view, proof });
};

interface ClaimQuery extends At {
  readonly provider: string;
  readonly modelId: string;
  readonly profileHash: string;
  readonly payloadHash: string;
  readonly requestId?: string;
}

const attestationByClaim = (node: EmbeddedNode, query: ClaimQuery) => {
  const provider = parseAccount(query.provider, networkOf(node));
  if (!provider.ok) return provider;
  const { genesis } = node.config;
  const chain = { networkId: genesis.networkId, chainId: chainIdOf(genesis) };
  return attestation(
    node,
    attestationActor({ ...query, ...chain, provider: provider.value }),
    query,
  );
};

const parameters = (node: EmbeddedNode) =>
  withTip(node, node.chain.parameters(), (value, { height }) => ({ height, parameters: value }));

const supply = (node: EmbeddedNode) =>
  withTip(node, node.chain.supply(), (value, { height }) => ({ height, ...value }));

export const stateHandlers = HttpApiBuilder.group(Api, 'state', (handlers) =>
  Effect.gen(function* () {
    const node = yield* NodeService;
    return handlers
      .handle('account', ({ params }) => reply(account(node, params.address)))
      .handle('actors', ({ params, query }) => reply(actors(node, params.kind, query)))
      .handle('actor', ({ params, query }) => reply(actor(node, params, query)))
      .handle('entries', ({ params, query }) => reply(entries(node, params, query)))
      .handle('attestationByClaim', ({ query }) => reply(attestationByClaim(node, query)))
      .handle('attestation', ({ params, query }) =>
        reply(attestation(node, actorId('attestation', params.slot), query)),
      )
      .handle('parameters', () => reply(parameters(node)))
      .handle('supply', () => reply(supply(node)));
  }),
);
