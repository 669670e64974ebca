import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint';
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup';
import * as OpenApi from 'effect/http-api/OpenApi';
import * as Schema from 'effect/Schema';
import { COLLECTIONS } from '../../../client/collections.ts';
import {
  accountAnswer,
  actorAnswer,
  actorPage,
  attestationAnswer,
  entryPage,
  MAX_PAGE_ITEMS,
  parametersAnswer,
  supplyAnswer,
} from '../../../client/wire/index.ts';
import { ACTOR_KINDS, type ActorKind } from '../../../machines/kit/address.ts';
import { anyAnswer, answer, decimal, failures, flag, hexDigits } from './wire.ts';

const KINDS = Object.keys(ACTOR_KINDS) as ActorKind[];
const described = (summary: string, description: string) =>
  OpenApi.annotations({ summary, description });

const kind = Schema.String.annotate({ description: `One of ${KINDS.join(', ')}.` });
const key = Schema.String.annotate({
  description:
    'Key of the actor in hex; of accounts and providers also as A-…1…; `-` where the kind ' +
    'has one actor only.',
});
const paging = {
  from: Schema.optionalKey(
    Schema.String.annotate({ description: 'Key to begin with: `next` of the page before.' }),
  ),
  limit: Schema.optionalKey(decimal(`Items, at most ${MAX_PAGE_ITEMS}.`)),
};
const prove = Schema.optionalKey(flag('Whether to add an ICS-23 proof under `root`.'));
const height = Schema.optionalKey(decimal('Height to ask at; the last committed one unless told.'));

const attestation = answer(attestationAnswer, {
  identifier: 'Attestation',
  description: 'An attestation, how it stands, and the proof of it or of its absence.',
});

export const state = HttpApiGroup.make('state', { topLevel: true })
  .add(
    HttpApiEndpoint.get('account', '/accounts/:address', {
      params: { address: Schema.String.annotate({ description: '40 hex digits, or A-…1….' }) },
      success: answer(accountAnswer, {
        identifier: 'Account',
        description: 'What an account needs to sign its next transaction.',
      }),
      error: failures(),
    }).annotateMerge(
      described('Nonce and balance of an account', 'An account that never was has neither.'),
    ),
  )
  .add(
    HttpApiEndpoint.get('actors', '/actors/:kind', {
      params: { kind },
      query: paging,
      success: anyAnswer(KINDS.map(actorPage), {
        identifier: 'ActorPage',
        description: 'Actors of one kind in the order of their keys.',
      }),
      error: failures(404),
    }).annotateMerge(described('List the actors of a kind', 'A page at a time, without proofs.')),
  )
  .add(
    HttpApiEndpoint.get('actor', '/actors/:kind/:key', {
      params: { kind, key },
      query: { height, prove },
      success: anyAnswer(KINDS.map(actorAnswer), {
        identifier: 'Actor',
        description: 'The record of an actor; null if it is not in state.',
      }),
      error: failures(404, 410),
    }).annotateMerge(
      described(
        'The record of an actor',
        'Every address is an actor: one that is not in state has no record; that too is provable.',
      ),
    ),
  )
  .add(
    HttpApiEndpoint.get('entries', '/actors/:kind/:key/:collection', {
      params: {
        kind,
        key,
        collection: Schema.String.annotate({ description: 'Such as `payers` of attestations.' }),
      },
      query: paging,
      success: anyAnswer(COLLECTIONS.map(entryPage), {
        identifier: 'EntryPage',
        description: 'Entries of a collection in the order of their keys.',
      }),
      error: failures(404),
    }).annotateMerge(described('List a collection of an actor', 'A page at a time.')),
  )
  .add(
    HttpApiEndpoint.get('attestationByClaim', '/attestations', {
      query: {
        provider: Schema.String.annotate({ description: 'Address of the provider.' }),
        modelId: hexDigits(32, 'Id of the model.'),
        profileHash: hexDigits(32, 'Hash of the profile.'),
        payloadHash: hexDigits(32, 'SHA-256 of the canonical payload.'),
        requestId: Schema.optionalKey(hexDigits(32, 'Id of the request, if it answers one.')),
        prove,
      },
      success: attestation,
      error: failures(),
    }).annotateMerge(
      described('Look an attestation up by its claim', 'Who ran which profile on which payload.'),
    ),
  )
  .add(
    HttpApiEndpoint.get('attestation', '/attestations/:slot', {
      params: { slot: hexDigits(32, 'Key of the attestation.') },
      query: { height, prove },
      success: attestation,
      error: failures(404, 410),
    }).annotateMerge(described('Look an attestation up by its slot', 'With a proof if asked.')),
  )
  .add(
    HttpApiEndpoint.get('parameters', '/parameters', {
      success: answer(parametersAnswer, {
        identifier: 'Parameters',
        description: 'In force, proposed, and who may propose.',
      }),
      error: failures(),
    }).annotateMerge(described('The parameters of the chain', 'PROTOCOL §9.')),
  )
  .add(
    HttpApiEndpoint.get('supply', '/supply', {
      success: answer(supplyAnswer, {
        identifier: 'Supply',
        description: 'All coins, and those that are burned.',
      }),
      error: failures(),
    }).annotateMerge(described('The supply', 'Constant from genesis on; burned coins are in it.')),
  )
  .annotateMerge(OpenApi.annotations({ description: 'The committed state, with proofs.' }));
