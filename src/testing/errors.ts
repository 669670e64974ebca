import { failWith } from '../codec/failure.ts';
import { AivmError } from '../runtime/aivm-error.ts';

/** What the test kit throws, as an AivmError: code to the sentence that explains it. */
export const testingErrors = {
  'testing/refused':
    'The order was refused, and the test meant it to be applied: details say by whom and why.',
  'testing/not-refused': 'The order was applied, and the test meant it to be refused.',
  'testing/left-out':
    'No block may include the order: details.cause is the rule that it breaks, before any message.',
  'testing/no-runtime':
    "This chain runs on the kernel alone: boot it with engine 'runtime' to ask its operations.",
  'testing/bad-advance': 'A chain goes forward only: name a height or a time that is to come.',
  'testing/not-dev-beacon':
    'The rounds of this beacon cannot be computed: boot the chain with a dev beacon.',
  'testing/unsound': 'An invariant does not hold: details name it and the actors concerned.',
} as const;

export type TestingErrorCode = keyof typeof testingErrors;

const testingFail = failWith<TestingErrorCode>(testingErrors);

/** The failure of a test, to be thrown. Runners show its message, so details stand there too. */
export const testingError = (
  code: TestingErrorCode,
  details: Readonly<Record<string, string>> = {},
): AivmError => {
  const { failure } = testingFail(code, details);
  const about = Object.entries(details).map(([name, value]) => `${name}: ${value}`);
  return new AivmError({ ...failure, message: [failure.message, ...about].join('\n') });
};
