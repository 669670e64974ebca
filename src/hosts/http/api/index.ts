import * as HttpApi from 'effect/http-api/HttpApi';
import * as OpenApi from 'effect/http-api/OpenApi';
import { BadRequest } from './bad-request.ts';
import { history } from './history.ts';
import { node } from './node.ts';
import { state } from './state.ts';
import { transactions } from './transactions.ts';
import { componentSchemas } from './wire.ts';

/** The HTTP API of a node: addresses, parameters and bodies, and with them its description. */
export const Api = HttpApi.make('aivm')
  .add(transactions)
  .add(state)
  .add(history)
  .add(node)
  .prefix('/v1')
  .middleware(BadRequest)
  .annotate(HttpApi.AdditionalSchemas, componentSchemas())
  .annotateMerge(
    OpenApi.annotations({
      title: 'aivm node',
      version: '1',
      description:
        'One node of a chain that attests AI compute. Integers of 64 bits and amounts (nLUX) are ' +
        'decimal strings, bytes lower-case hex, actors `kind:key`. Every failure has the form ' +
        '{code, message, details} with a stable code.',
    }),
  );
