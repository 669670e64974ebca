import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint';
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup';
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema';
import * as OpenApi from 'effect/http-api/OpenApi';
import * as Schema from 'effect/Schema';
import type { JsonSchema } from '../../../codec/index.ts';
import { healthAnswer, nodeAnswer } from '../../../client/wire/index.ts';
import { genesisJsonSchema } from '../../../genesis/file.ts';
import { answer, described as describe, failures } from './wire.ts';

const described = (summary: string, description: string) =>
  OpenApi.annotations({ summary, description });

/** The media type of Prometheus's text format. */
export const METRICS_TYPE = 'text/plain; version=0.0.4';

const genesisSchema = (): JsonSchema => {
  const { $schema: _, ...schema } = genesisJsonSchema();
  return schema as JsonSchema;
};

export const node = HttpApiGroup.make('node', { topLevel: true })
  .add(
    HttpApiEndpoint.get('health', '/health', {
      success: answer(healthAnswer, {
        identifier: 'Health',
        description: 'The last block, how old it is, and why there is no newer one, if so.',
      }),
      error: failures(),
    }).annotateMerge(
      described('Whether the node does its work', 'Status 503 with the same body if it does not.'),
    ),
  )
  .add(
    HttpApiEndpoint.get('node', '/node', {
      success: answer(nodeAnswer, {
        identifier: 'Node',
        description: 'Version, chain and limits of the node.',
      }),
      error: failures(),
    }).annotateMerge(described('What this node is', 'The limits hold for every request.')),
  )
  .add(
    HttpApiEndpoint.get('genesis', '/genesis', {
      success: describe({ identifier: 'Genesis', description: 'A genesis file.' }, genesisSchema),
      error: failures(),
    }).annotateMerge(
      described('The genesis of the chain', 'A file from which another node of it starts.'),
    ),
  )
  .add(
    HttpApiEndpoint.get('metrics', '/metrics', {
      success: Schema.String.pipe(HttpApiSchema.asText({ contentType: METRICS_TYPE })),
      error: failures(),
    }).annotateMerge(described('Metrics', 'In the text format of Prometheus.')),
  )
  .annotateMerge(OpenApi.annotations({ description: 'The node itself.' }));
