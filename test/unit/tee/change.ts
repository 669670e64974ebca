import { type QuoteFacts, type RawCollateral, type Result } from '../../../src/tee/index.ts';
import { signDocument, testKey, type TestWorld } from '../../../src/tee/generator/index.ts';
import { at, judgeWorld } from './world.ts';

export const DATE = at('2025-05-14T00:00:00Z');

export const repeat = (svn: number): number[] => Array.from({ length: 16 }, () => svn);

/** A key outside the hierarchy. */
export const evil = testKey('evil', 'key');

/** Re-signs a changed TCB information or QE identity with the world's own TCB signing key. */
const resigned = (
  made: TestWorld,
  part: 'tcbInfo' | 'qeIdentity',
  change: (text: string) => string,
): RawCollateral => {
  const document = made.collateral[part];
  const text = change(String.fromCharCode(...document.body));
  const signed = signDocument(text, made.keys.tcbSigner, document.issuerChain);
  return { ...made.collateral, [part]: signed };
};

export const withTcbInfo = (change: (text: string) => string): Result<QuoteFacts> =>
  judgeWorld({}, {}, (_same, made) => resigned(made, 'tcbInfo', change));

export const withQeIdentity = (change: (text: string) => string): Result<QuoteFacts> =>
  judgeWorld({}, {}, (_same, made) => resigned(made, 'qeIdentity', change));
