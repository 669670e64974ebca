import { parseCollateralFile } from '../collateral/file.ts';
import { asObject, textField } from '../json/fields.ts';
import { type Json, parseJson } from '../json/parser.ts';
import { ok, type Result } from '../result.ts';
import { judge, MAX_CASES_BYTES, numberOf, unreadable, unusable } from './judge.ts';
import type { ConformanceFiles, ConformanceOptions, Disagreement, Tally } from './types.ts';
import { compareVerdict, readExpected } from './verdict.ts';

const INTEL_INDEX = 'intel/cases.json';

export const runIntel = (
  files: ConformanceFiles,
  options: ConformanceOptions,
  disagreements: Disagreement[],
): Result<Tally> => {
  const tally: Tally = { total: 0, agree: 0 };
  const listing = files.read(INTEL_INDEX);
  if (listing === undefined) return ok(tally);
  const json = parseJson(listing, MAX_CASES_BYTES);
  if (!json.ok) return json;
  const object = asObject(json.value, INTEL_INDEX);
  if (!object.ok) return object;
  const cases = object.value.members.get('cases');
  const rootName = textField(object.value, 'trustAnchor');
  const root = rootName.ok ? files.read(`intel/${rootName.value}`) : undefined;
  if (cases?.kind !== 'array' || root === undefined) return unusable('cases and trustAnchor');
  for (const [index, item] of cases.items.entries()) {
    const done = runIntelCase(item, root, files, options);
    const difference = done.ok ? done.value : unreadable('intel', index, done.failure);
    tally.total += 1;
    if (difference === undefined) tally.agree += 1;
    else disagreements.push(difference);
  }
  return ok(tally);
};

const runIntelCase = (
  item: Json,
  root: Uint8Array,
  files: ConformanceFiles,
  options: ConformanceOptions,
): Result<Disagreement | undefined> => {
  const object = asObject(item, 'case');
  if (!object.ok) return object;
  const textOf = (field: string): string => {
    const value = object.value.members.get(field);
    return value?.kind === 'string' ? value.text : '';
  };
  const now = numberOf(object.value, 'now');
  if (!now.ok) return now;
  const expected = readExpected(object.value.members.get('expected'));
  if (!expected.ok) return expected;
  const quote = files.read(`intel/${textOf('quote')}`);
  const collateral = files.read(`intel/${textOf('collateral')}`);
  if (quote === undefined || collateral === undefined) return unusable(`files of ${textOf('id')}`);
  const inputs = { quote, root, collateral: parseCollateralFile(collateral), now: now.value };
  const found = judge(inputs, options);
  const difference = compareVerdict(expected.value, found);
  return ok(
    difference === undefined
      ? undefined
      : { suite: 'intel', kind: 'oracle', id: textOf('id'), ...difference },
  );
};
