import * as Result from 'effect/Result';
import * as Schema from 'effect/Schema';
import * as SchemaIssue from 'effect/SchemaIssue';
import type { Failure } from '../codec/index.ts';
import { HRP, hrpOf, NETWORK_IDS } from '../codec/index.ts';
import { DEFAULT_LUX_DECIMALS, MAX_LUX_DECIMALS } from './amount.ts';
import { genesisFailure } from './errors.ts';
import { genesisFile, type FileForms, type GenesisFile } from './file.ts';
import type { Json, JsonObject } from './json/parse.ts';
import { NETWORKS, type Network } from './networks.ts';
import { pathText } from './path.ts';

/** Failures listed at once; of a file with more, the first ones are enough to go on. */
export const MAX_FAILURES = 100;

const MISSING = 'missing';
const UNKNOWN = 'unknown';

const leafHook: SchemaIssue.LeafHook = (issue) => {
  const { _tag: kind } = issue;
  if (kind === 'MissingKey') return MISSING;
  return kind === 'UnexpectedKey' ? UNKNOWN : SchemaIssue.defaultLeafHook(issue);
};

const issuesOf = SchemaIssue.makeFormatterStandardSchemaV1({ leafHook });

const failureOf = (path: string, message: string): Failure => {
  if (message === MISSING) return genesisFailure('genesis/missing-field', { path });
  if (message === UNKNOWN) return genesisFailure('genesis/unknown-field', { path });
  const expected = message.replace(/^Expected /, '');
  return genesisFailure('genesis/wrong-field', { path, expected });
};

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hrpFor = (network: Json | undefined): FileForms['hrp'] => {
  if (!NETWORKS.includes(network as Network)) return undefined;
  return network === 'custom'
    ? HRP.custom
    : hrpOf(NETWORK_IDS[network as keyof typeof NETWORK_IDS]);
};

/** What the texts of the file depend on, as far as the file says it rightly. */
const formsOf = (file: Json): FileForms => {
  const { network, luxDecimals } = isObject(file) ? file : {};
  const isDecimals =
    typeof luxDecimals === 'number' && luxDecimals >= 0 && luxDecimals <= MAX_LUX_DECIMALS;
  return {
    luxDecimals: isDecimals ? luxDecimals : DEFAULT_LUX_DECIMALS,
    hrp: hrpFor(network),
  };
};

/** The file with every field of its type, or what is wrong with each field that is not. */
export const readFile = (
  file: Json,
):
  | { readonly ok: true; readonly value: GenesisFile }
  | { readonly ok: false; readonly failure: readonly Failure[] } => {
  const decode = Schema.decodeUnknownResult(genesisFile(formsOf(file)));
  const result = decode(file, { errors: 'all', onExcessProperty: 'error' });
  if (Result.isSuccess(result)) return { ok: true, value: result.success };
  const { issues } = issuesOf(result.failure.issue);
  const failures = issues
    .slice(0, MAX_FAILURES)
    .map(({ path, message }) => failureOf(pathText(path ?? []), message));
  if (issues.length <= MAX_FAILURES) return { ok: false, failure: failures };
  const more = genesisFailure('genesis/too-many-failures', { limit: String(MAX_FAILURES) });
  return { ok: false, failure: [...failures, more] };
};
