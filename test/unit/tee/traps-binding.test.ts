/**
 * What other verifiers got wrong, each refused here under its number in docs/tee.md.
 */
import { describe, expect, it } from 'vitest';
import { concat } from '../../../src/tee/bytes.ts';
import {
  applyPolicy,
  DEFAULT_POLICY,
  ingestCollateral,
  ingestTrustAnchor,
  matchesMeasurement,
  measurementOf,
  pckSerialHash,
  ppidHash,
  requireNewerCrl,
  requireNewerTcbInfo,
  requireReportData,
} from '../../../src/tee/index.ts';
import { DEFAULT_PLATFORM } from '../../../src/tee/generator/index.ts';
import { must, refusal } from './vectors.ts';
import { engine, judgeWorld, NOW, world } from './world.ts';

describe('trap 14: older collateral replacing newer', () => {
  it('replaces a document by a strictly newer one of its slot only', () => {
    const ingest = (issueDate: number, evaluationNumber = 20) => {
      const made = world({ tcbInfo: { issueDate, evaluationNumber } });
      const anchor = must(ingestTrustAnchor(made.rootDer, engine));
      return must(ingestCollateral(made.collateral, anchor, NOW, { engine })).tcbInfo;
    };
    const [old, fresh] = [ingest(NOW - 20), ingest(NOW - 10)];
    expect(requireNewerTcbInfo(old, fresh).ok).toBe(true);
    expect(refusal(requireNewerTcbInfo(fresh, old)).code).toBe('tee/collateral-older');
    expect(refusal(requireNewerTcbInfo(fresh, fresh)).code).toBe('tee/collateral-older');
    expect(refusal(requireNewerTcbInfo(old, ingest(NOW - 5, 21))).code).toBe(
      'tee/collateral-mixed',
    );
  });

  it('moves revocation forward only', () => {
    const ingest = (thisUpdate: number) => {
      const made = world({ crlWindow: [thisUpdate, NOW + 100] });
      const anchor = must(ingestTrustAnchor(made.rootDer, engine));
      return must(ingestCollateral(made.collateral, anchor, NOW, { engine }));
    };
    const [old, fresh] = [ingest(NOW - 20), ingest(NOW - 10)];
    expect(requireNewerCrl(old.pckCrl, fresh.pckCrl).ok).toBe(true);
    expect(refusal(requireNewerCrl(fresh.pckCrl, old.pckCrl)).code).toBe('tee/collateral-older');
    const falling = { ...fresh.pckCrl, crlNumber: Uint8Array.of(0) };
    expect(refusal(requireNewerCrl(old.pckCrl, falling)).code).toBe('tee/collateral-older');
    expect(refusal(requireNewerCrl(old.rootCrl, fresh.pckCrl)).code).toBe('tee/collateral-mixed');
  });

  it('reports the lower evaluation number, for a chain to compare with its parameter', () => {
    const facts = must(
      judgeWorld({ tcbInfo: { evaluationNumber: 20 }, qeIdentity: { evaluationNumber: 19 } }),
    );
    expect(facts.evaluationNumber).toBe(19);
    const policy = { ...DEFAULT_POLICY, minEvaluationNumber: 20 };
    expect(refusal(applyPolicy(facts, policy, NOW)).code).toBe('tee/policy-evaluation-number');
  });
});

describe('trap 15: REPORTDATA not bound to the claim; MRTD alone taken for the identity', () => {
  const digest = new Uint8Array(32).fill(0xab);

  it('binds all 64 bytes', () => {
    const bound = must(judgeWorld({}, { reportData: digest }));
    expect(requireReportData(bound, digest).ok).toBe(true);
    const other = digest.slice();
    other[31] = 0;
    expect(refusal(requireReportData(bound, other)).code).toBe('tee/policy-report-data');
    const tail = must(judgeWorld({}, { reportData: concat(digest, Uint8Array.of(0, 1)) }));
    expect(refusal(requireReportData(tail, digest)).code).toBe('tee/policy-report-data');
  });

  it.each([
    ['XFAM', 128],
    ['MRTD', 136],
    ['MRCONFIGID', 184],
    ['MROWNER', 232],
    ['MROWNERCONFIG', 280],
    ['RTMR0', 328],
    ['RTMR1', 376],
    ['RTMR2', 424],
    ['RTMR3', 472],
    ['TDATTRIBUTES', 127],
  ])('tells trust domains apart by %s', (_field, offset) => {
    const base = must(judgeWorld({}));
    const changed = must(judgeWorld({}, { patches: [[offset, Uint8Array.of(0x80)]] }));
    const measurement = measurementOf(base);
    expect(matchesMeasurement(base, measurement)).toBe(true);
    expect(matchesMeasurement(changed, measurement)).toBe(false);
    const policy = { ...DEFAULT_POLICY, measurements: [measurement] };
    expect(applyPolicy(base, policy, NOW).ok).toBe(true);
    expect(refusal(applyPolicy(changed, policy, NOW)).code).toBe('tee/policy-measurements');
  });
});

describe('trap 16: keys extracted from real hardware (TEE.fail, WireTap, Battering RAM)', () => {
  it('lets a chain deny or allow platforms by the hash of PPID or PCK serial number', () => {
    const facts = must(judgeWorld({}));
    const byPpid = ppidHash(engine, DEFAULT_PLATFORM.ppid);
    const bySerial = pckSerialHash(engine, world().specs.pck.serial);
    expect(facts.platform).toMatchObject({ ppidHash: byPpid, pckSerialHash: bySerial });
    for (const id of [byPpid, bySerial]) {
      const denied = { ...DEFAULT_POLICY, deniedPlatforms: [id] };
      expect(refusal(applyPolicy(facts, denied, NOW)).code).toBe('tee/policy-platform-denied');
      const allowed = { ...DEFAULT_POLICY, allowedPlatforms: [id] };
      expect(applyPolicy(facts, allowed, NOW).ok).toBe(true);
    }
    const others = { ...DEFAULT_POLICY, allowedPlatforms: [new Uint8Array(32)] };
    expect(refusal(applyPolicy(facts, others, NOW)).code).toBe('tee/policy-platform-not-allowed');
  });
});
