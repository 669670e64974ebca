import type { Json } from '../json/parser.ts';
import { asObject } from '../json/fields.ts';
import { ok, reject, type Result } from '../result.ts';
import type { QuoteFacts } from '../verify/facts.ts';

/** A verdict to compare with: of a rejection only that it is one, codes are each verifier's own. */
export type ExpectedVerdict = { readonly ok: false } | ExpectedAcceptance;

interface ExpectedAcceptance {
  readonly ok: true;
  readonly facts: ReadonlyMap<string, string>;
}

/** The facts that are compared, under the names of the case files. */
const FACTS: readonly (readonly [string, (facts: QuoteFacts) => string])[] = [
  ['status', (facts) => facts.status],
  ['launch_status', (facts) => facts.status],
  ['current_status', (facts) => facts.current.status],
  ['advisory_ids', (facts) => facts.advisoryIds.join(' ')],
  ['current_advisory_ids', (facts) => facts.current.advisoryIds.join(' ')],
  ['tcb_date', (facts) => String(facts.tcbDate)],
  ['current_tcb_date', (facts) => String(facts.current.tcbDate)],
  ['tcb_eval', (facts) => String(facts.evaluationNumber)],
];

/** Text of a value; lists as sets. */
const textOf = (value: Json): string => {
  if (value.kind === 'string') return value.text;
  if (value.kind === 'integer') return String(value.value);
  if (value.kind !== 'array') return value.kind;
  const items = new Set(value.items.map(textOf));
  return [...items].toSorted((a, b) => (a < b ? -1 : 1)).join(' ');
};

export const readExpected = (value: Json | undefined): Result<ExpectedVerdict> => {
  const object = asObject(value, 'expected');
  if (!object.ok) return object;
  const accepted = object.value.members.get('ok');
  if (accepted?.kind !== 'boolean') {
    return reject('collateral', 'tee/json-field', {
      field: 'expected.ok',
      expected: 'true or false',
    });
  }
  if (!accepted.value) return ok({ ok: false });
  const facts = new Map<string, string>();
  for (const [name] of FACTS) {
    const member = object.value.members.get(name);
    if (member !== undefined) facts.set(name, textOf(member));
  }
  return ok({ ok: true, facts });
};

/** What differs, in words, or undefined when the verdicts agree. */
export const compareVerdict = (
  expected: ExpectedVerdict,
  found: Result<QuoteFacts>,
): { readonly expected: string; readonly found: string } | undefined => {
  if (!expected.ok) {
    return found.ok ? { expected: 'rejected', found: found.value.status } : undefined;
  }
  if (!found.ok) {
    const { stage, code } = found.failure;
    return { expected: expected.facts.get('status') ?? 'accepted', found: `${stage}: ${code}` };
  }
  const wrong = FACTS.filter(([name, read]) => {
    const text = expected.facts.get(name);
    return text !== undefined && text !== read(found.value);
  });
  if (wrong.length === 0) return undefined;
  const list = (read: (name: string, of: (facts: QuoteFacts) => string) => string) =>
    wrong.map(([name, of]) => `${name}=${read(name, of)}`).join(', ');
  return {
    expected: list((name) => expected.facts.get(name) ?? ''),
    found: list((_name, of) => of(found.value)),
  };
};
