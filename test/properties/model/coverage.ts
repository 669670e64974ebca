// What random lives have to meet, or the generators have lost their grip on the chain.
import { REGISTRY } from '../../../src/machines/registry.ts';
import type { Tally } from './chain-run.ts';

/** Messages that the model has no rules for, and why not. */
const NOT_MODELLED: readonly string[] = [
  // Reports of trusted hardware.
  'profile appendMeasurement',
  'provider enrolEnclaveKey',
  'provider dropEnclaveKey',
  'trustStore upsertCollateral',
  // Outputs of comparators that are teacher-forced: the model has `exact` and `tokens`.
  'challenge publishOutput',
  // Genesis names no authority here.
  'parameters propose',
  'parameters enact',
];

const fromPeople = Object.entries(REGISTRY).flatMap(([kind, { rules }]) =>
  Object.entries(rules).flatMap(([type, { from }]) =>
    from.includes('account') ? [`${kind} ${type}`] : [],
  ),
);

/** Every message that people send, applied. */
const APPLIED = fromPeople
  .filter((message) => !NOT_MODELLED.includes(message))
  .map((message) => `${message} applied`);

/** Every verdict by both comparators, and every way in which a seat ends. */
const OUTCOMES = [
  ...['exact', 'tokens'].flatMap((comparator) =>
    ['valid', 'faulty', 'unsubstantiated', 'void'].map((of) => `verdict ${comparator} ${of}`),
  ),
  ...['answered', 'silent', 'unable', 'withheld', 'stray'].map((state) => `seat ${state}`),
  ...['active', 'inactive', 'jailed', 'exited', 'tombstoned'].map(
    (state) => `provider is ${state}`,
  ),
];

/** Every way in which a challenge ends but `outputsMissing`, whatever its form and round. */
const ENDINGS: readonly RegExp[] = [
  ...['pair', 'audit', 'protocolAudit'].map((form) => new RegExp(`^ending ${form} `)),
  ...['decided', 'lastPanel', 'panelCannotSit', 'payloadMissing', 'seedMissing', 'lapsed'].map(
    (ending) => new RegExp(`^ending (?:pair|audit) ${ending} `),
  ),
  /^ending equivocation equivocation /,
  ...[1, 2, 3].map((round) => new RegExp(`^ending pair .* round ${round}$`)),
];

/** What of all that a tally does not have. */
export const missingIn = (tally: Tally): readonly string[] => [
  ...[...APPLIED, ...OUTCOMES].filter((what) => !tally.has(what)),
  ...ENDINGS.filter((like) => ![...tally.keys()].some((what) => like.test(what))).map(String),
];
