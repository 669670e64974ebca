import { collateralFromJson } from '../collateral/file.ts';
import { asObject } from '../json/fields.ts';
import { parseJson } from '../json/parser.ts';
import { fromBase64 } from '../pem.ts';
import { applyPolicy } from '../policy/apply.ts';
import { DEFAULT_POLICY } from '../policy/default.ts';
import { ok, type Result } from '../result.ts';
import type { QuoteFacts } from '../verify/facts.ts';
import {
  type Inputs,
  judge,
  MAX_CASES_BYTES,
  numberOf,
  tell,
  unreadable,
  unusable,
} from './judge.ts';
import {
  type ConformanceFiles,
  type ConformanceOptions,
  type Disagreement,
  SYNTHETIC_KINDS,
  type SyntheticKind,
  type Tally,
} from './types.ts';
import { compareVerdict, type ExpectedVerdict, readExpected } from './verdict.ts';

const SYNTHETIC_SUITE = 'synthetic/suite.jsonl.gz';

/** The lines of a text as bytes, empty ones left out. */
const linesOf = (bytes: Uint8Array): readonly Uint8Array[] => {
  const lines: Uint8Array[] = [];
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    if (end > start) lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
};

/** What a kind of case expects when the case itself does not say; `policy` expects nothing. */
const VERDICT_OF_KIND: Readonly<Record<SyntheticKind, ExpectedVerdict | undefined>> = {
  accept: { ok: true, facts: new Map() },
  reject: { ok: false },
  oracle: undefined,
  'policy-reject': { ok: false },
  policy: undefined,
};

interface SyntheticCase {
  readonly name: string;
  readonly kind: SyntheticKind;
  readonly expected: ExpectedVerdict | undefined;
  readonly inputs: Inputs;
}

const readSyntheticCase = (line: Uint8Array): Result<SyntheticCase> => {
  const json = parseJson(line, MAX_CASES_BYTES);
  if (!json.ok) return json;
  const object = asObject(json.value, SYNTHETIC_SUITE);
  if (!object.ok) return object;
  const { members } = object.value;
  const textOf = (field: string): string => {
    const value = members.get(field);
    return value?.kind === 'string' ? value.text : '';
  };
  const kind = SYNTHETIC_KINDS.find((known) => known === textOf('expect'));
  const now = numberOf(object.value, 'now');
  const quote = fromBase64(textOf('quote_b64'));
  const root = fromBase64(textOf('root_der_b64'));
  const collateral = members.get('collateral');
  if (kind === undefined || !now.ok || quote === undefined || root === undefined) {
    return unusable(`case ${textOf('name')}`);
  }
  if (collateral === undefined) return unusable(`collateral of ${textOf('name')}`);
  const value = members.get('expected');
  const expected = value?.kind === 'object' ? readExpected(value) : ok(VERDICT_OF_KIND[kind]);
  if (!expected.ok) return expected;
  const inputs = { quote, root, collateral: collateralFromJson(collateral), now: now.value };
  return ok({ name: textOf('name'), kind, expected: expected.value, inputs });
};

/**
 * `accept`, `policy-reject`: the default policy has the last word. `oracle`, `reject`: the verifier
 * alone. `policy`: decided by the verifier and its default policy, so it always agrees.
 */
const judgeSynthetic = (entry: SyntheticCase, options: ConformanceOptions): Result<QuoteFacts> => {
  const found = judge(entry.inputs, options);
  const policed = entry.kind !== 'oracle' && entry.kind !== 'reject';
  return found.ok && policed ? applyPolicy(found.value, DEFAULT_POLICY, entry.inputs.now) : found;
};

export const runSynthetic = (
  files: ConformanceFiles,
  options: ConformanceOptions,
  report: { disagreements: Disagreement[]; decisions: { id: string; decision: string }[] },
): Record<SyntheticKind, Tally> => {
  const tally = (): Tally => ({ total: 0, agree: 0 });
  const tallies: Record<SyntheticKind, Tally> = {
    accept: tally(),
    reject: tally(),
    oracle: tally(),
    'policy-reject': tally(),
    policy: tally(),
  };
  const suite = files.readGzip(SYNTHETIC_SUITE);
  if (suite === undefined) return tallies;
  for (const [index, line] of linesOf(suite).entries()) {
    const entry = readSyntheticCase(line);
    if (!entry.ok) {
      report.disagreements.push(unreadable('synthetic', index, entry.failure));
      continue;
    }
    const { name, kind, expected } = entry.value;
    const found = judgeSynthetic(entry.value, options);
    tallies[kind].total += 1;
    if (kind === 'policy') report.decisions.push({ id: name, decision: tell(found) });
    const difference = expected === undefined ? undefined : compareVerdict(expected, found);
    if (difference === undefined) tallies[kind].agree += 1;
    else report.disagreements.push({ suite: 'synthetic', kind, id: name, ...difference });
  }
  return tallies;
};
