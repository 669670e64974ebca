import { describe, expect, it, test } from 'vitest';
import { ingestCollateral, ingestTrustAnchor, verifyQuote } from '../../../src/tee/index.ts';
import { makeWorldQuote, type WorldOptions } from '../../../src/tee/generator/index.ts';
import { converge, convergeRelaunch } from '../../../src/tee/verify/converge.ts';
import { must } from './vectors.ts';
import { at, engine, judgeWorld, NOW, world } from './world.ts';

/** How what is said of platform, quoting enclave and module becomes one verdict (TEE.md). */

const PLATFORM = [
  'UpToDate',
  'SWHardeningNeeded',
  'ConfigurationNeeded',
  'ConfigurationAndSWHardeningNeeded',
  'OutOfDate',
  'OutOfDateConfigurationNeeded',
  'Revoked',
] as const;

/** What each becomes beside an outdated component. */
const OUTDATED = [
  'OutOfDate',
  'OutOfDate',
  'OutOfDateConfigurationNeeded',
  'OutOfDateConfigurationNeeded',
  'OutOfDate',
  'OutOfDateConfigurationNeeded',
  'Revoked',
] as const;

describe('the status of a platform beside its components', () => {
  test.each(PLATFORM.map((status, index) => [status, OUTDATED[index]] as const))(
    '%s stays with current ones, is %s with an outdated one, revoked with a revoked one',
    (status, outdated) => {
      expect(converge(status, [])).toBe(status);
      expect(converge(status, ['UpToDate', 'UpToDate'])).toBe(status);
      for (const components of [['OutOfDate'], ['UpToDate', 'OutOfDate']] as const) {
        expect(converge(status, components)).toBe(outdated);
      }
      expect(converge(status, ['OutOfDate', 'Revoked'])).toBe('Revoked');
    },
  );
});

describe('a trust domain whose module was updated since its launch', () => {
  test.each([
    ['OutOfDate', 'UpToDate', 'TDRelaunchAdvised'],
    ['OutOfDate', 'SWHardeningNeeded', 'TDRelaunchAdvised'],
    ['OutOfDate', 'ConfigurationNeeded', 'TDRelaunchAdvisedConfigurationNeeded'],
    ['OutOfDateConfigurationNeeded', 'UpToDate', 'TDRelaunchAdvisedConfigurationNeeded'],
    ['OutOfDate', 'OutOfDate', 'OutOfDate'],
    ['OutOfDate', 'OutOfDateConfigurationNeeded', 'OutOfDate'],
    ['OutOfDateConfigurationNeeded', 'OutOfDate', 'OutOfDateConfigurationNeeded'],
    ['UpToDate', 'OutOfDate', 'UpToDate'],
    ['ConfigurationNeeded', 'UpToDate', 'ConfigurationNeeded'],
  ] as const)('%s at launch and %s now is %s', (launch, current, status) => {
    expect(convergeRelaunch(launch, current)).toBe(status);
  });
});

describe('the date of a TCB', () => {
  const [older, newer] = [at('2024-11-13T00:00:00Z'), at('2025-05-14T00:00:00Z')];

  it.each([
    ['the platform', older, newer],
    ['the quoting enclave', newer, older],
  ])('is that of its oldest part: %s', (_, ofPlatform, ofEnclave) => {
    const levels = world()
      .specs.tcbInfo.levels.slice(0, 1)
      .map((level) => ({ ...level, date: ofPlatform }));
    const qe = [{ isvSvn: 8, date: ofEnclave, status: 'UpToDate' }] as const;
    const facts = must(judgeWorld({ tcbInfo: { levels }, qeIdentity: { levels: qe } }));
    expect(facts.tcbDate).toBe(older);
  });
});

describe('facts are believed as long as everything that they rest on', () => {
  /** What makes the world, and the last second in which all of it is valid. */
  const end = NOW + 86_400;
  const quoteOf = (options: WorldOptions) => must(judgeWorld(options));

  it.each<[string, WorldOptions, number]>([
    ['TCB information, its last second included', { tcbInfo: { nextUpdate: end } }, end],
    ['the identity of the enclave, likewise', { qeIdentity: { nextUpdate: end } }, end],
    ['the PCK certificate, likewise', { pck: { notAfter: end } }, end],
    ['the certificate of the PCK CA, likewise', { pckCa: { notAfter: end } }, end],
    ['the certificate that signs documents, likewise', { tcbSigner: { notAfter: end } }, end],
    [
      'both revocation lists, to the second before their successors',
      {
        crlWindow: [at('2024-01-01T00:00:00Z'), end],
      },
      end - 1,
    ],
  ])('%s', (_, options, through) => {
    expect(quoteOf(options).validThrough).toBe(through);
  });

  it.each(['rootCrl', 'pckCrl'] as const)('the %s alone, if it ends first', (part) => {
    const made = world();
    const anchor = must(ingestTrustAnchor(made.rootDer, engine));
    const trusted = must(ingestCollateral(made.collateral, anchor, NOW, { engine }));
    const ended = { ...trusted, [part]: { ...trusted[part], nextUpdate: end } };
    const verify = (now: number) => verifyQuote(makeWorldQuote(made), ended, now, { engine });
    expect(must(verify(NOW)).validThrough).toBe(end - 1);
    expect(verify(end - 1).ok).toBe(true);
    expect(verify(end).ok).toBe(false);
  });
});
