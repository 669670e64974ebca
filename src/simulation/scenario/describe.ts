import type { JsonSchema } from '../../codec/json/index.ts';
import type { EstimateDefinition } from '../estimates/definition.ts';
import type { Parameter, ParameterType } from '../estimates/parameters.ts';
import { ESTIMATES } from '../estimates/registry.ts';
import { namesOf } from './estimate.ts';
import { MAX_ABOUT_CHARACTERS, MAX_ESTIMATES, MAX_FIGURES, MAX_RUNS } from './limits.ts';
import { MAX_NAME_CHARACTERS, MAX_SWEEPS, RUNS_LEAST } from './limits.ts';

const FRACTION = String.raw`^\d{1,40}(/\d{1,40}|\.\d+)?$`;

const share = {
  anyOf: [
    { type: 'number', minimum: 0, maximum: 1 },
    { type: 'string', pattern: FRACTION },
  ],
} satisfies JsonSchema;

const describeType = (is: ParameterType): JsonSchema => {
  switch (is.type) {
    case 'share':
      return share;
    case 'shares': {
      const items = { type: 'number', minimum: 0, maximum: 1 };
      const list = { type: 'array', items, minItems: 1, maxItems: is.most };
      return is.orOne === true ? { anyOf: [...share.anyOf, list] } : list;
    }
    case 'count':
      return { type: 'integer', minimum: is.least, maximum: is.most };
    case 'counts': {
      const items = { type: 'integer', minimum: is.least, maximum: is.most };
      return { type: 'array', items, minItems: 1, maxItems: is.items };
    }
    case 'amount':
      return { type: 'number', minimum: 0 };
    case 'amounts':
      return {
        type: 'array',
        items: { type: 'number', minimum: 0 },
        minItems: 1,
        maxItems: is.items,
      };
    case 'flag':
      return { type: 'boolean' };
    case 'choice':
      return { type: 'string', enum: is.choices };
  }
};

const runs: JsonSchema = {
  type: 'integer',
  minimum: RUNS_LEAST,
  maximum: MAX_RUNS,
  description: 'Runs to be played; unless told, as many as take a few seconds.',
};

const describeParameter = (parameter: Parameter): readonly [string, JsonSchema][] => {
  const { about, is, default: value } = parameter;
  return namesOf(parameter).map((name) => [
    name,
    {
      ...describeType(is),
      description: `${about.charAt(0).toUpperCase()}${about.slice(1)}.`,
      ...(value === undefined ? {} : { default: value }),
    },
  ]);
};

const describeEstimate = ({ name, about, source, parameters }: EstimateDefinition): JsonSchema => ({
  type: 'object',
  description: `${about} Closed form: ${source}.`,
  properties: {
    estimate: { const: name },
    runs,
    ...Object.fromEntries(parameters.flatMap(describeParameter)),
  },
  required: ['estimate'],
  additionalProperties: false,
});

const definitionsOf = (): JsonSchema =>
  Object.fromEntries(ESTIMATES.map((each) => [each.name, describeEstimate(each)]));

const text = (maxLength: number, description: string): JsonSchema => ({
  type: 'string',
  maxLength,
  description,
});

/**
 * The JSON Schema (draft 2020-12) of scenario files, from the tables of the estimates: editors
 * check and complete by it. What goes together is beyond it; `parseScenario` says that.
 */
export const scenarioJsonSchema = (): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Scenario of `aivm simulate`',
  type: 'object',
  properties: {
    $schema: { type: 'string' },
    name: { ...text(MAX_NAME_CHARACTERS, 'Name of the scenario.'), minLength: 1 },
    about: text(MAX_ABOUT_CHARACTERS, 'What it is about, for a reader of the report.'),
    seed: {
      type: ['string', 'integer'],
      description: 'Of all randomness: the same seed gives the same result.',
    },
    runs: { ...runs, description: 'Runs of everything that does not say how many itself.' },
    estimates: {
      type: 'array',
      maxItems: MAX_ESTIMATES,
      description: 'What is estimated, in the order of the result.',
      items: { oneOf: ESTIMATES.map(({ name }) => ({ $ref: `#/$defs/${name}` })) },
    },
    sweeps: {
      type: 'array',
      maxItems: MAX_SWEEPS,
      description: 'Grids: an estimate at every combination of values.',
      items: {
        type: 'object',
        properties: {
          estimate: { type: 'object', required: ['estimate'] },
          over: {
            type: 'object',
            minProperties: 1,
            additionalProperties: { type: 'array', minItems: 1 },
          },
        },
        required: ['estimate', 'over'],
        additionalProperties: false,
      },
    },
    market: { type: 'object', description: 'Agents that play on a chain of their own.' },
    figures: {
      type: 'array',
      maxItems: MAX_FIGURES,
      items: text(MAX_NAME_CHARACTERS, 'Name of a picture.'),
    },
  },
  required: ['name', 'seed'],
  additionalProperties: false,
  $defs: definitionsOf(),
});
