import { describe, expect, test } from 'vitest';
import type { Call } from '../../../../src/machines/kit/index.ts';
import { collateralFor } from '../../../../src/machines/tee/collateral.ts';
import { judgeFacts, judgeReport } from '../../../../src/machines/tee/report.ts';
import { crls, pckCas, qeIdentities } from '../../../../src/machines/trust-store/record.ts';
import { slotKey, tcbInfos } from '../../../../src/machines/trust-store/record.ts';
import * as slots from '../../../../src/machines/trust-store/slots.ts';
import { LOCAL_TEE } from '../../../../src/genesis/presets/tee.ts';
import { initialProfile } from '../../../../src/machines/profile/record.ts';
import { createTestWorld, makeWorldQuote } from '../../../../src/tee/generator/index.ts';
import { hex, toHex } from '../../../../src/tee/bytes.ts';
import { SHORT } from '../../../support/parameters.ts';
import { LOCAL, localWorld, measured, reportDataOf } from '../../../support/tee-market.ts';
import { ANCHOR, callOf, factsOf, NOW, profileOf } from './tee-support.ts';

const FMSPC = hex('a17a00000000');
const caKey = LOCAL.keys.pckCa.publicKey;
const PLATFORM = { tee: 'TDX', fmspc: FMSPC, caKey } as const;
const DIGEST = 'd1'.repeat(32);
const QUOTE = makeWorldQuote(LOCAL, { reportData: reportDataOf(DIGEST) });
const other = () =>
  measured(makeWorldQuote(LOCAL, { patches: [[136, new Uint8Array(48).fill(9)]] }));

const SLOTS = {
  'revocation list of the root': [crls, slots.crlSlotOf(ANCHOR.publicKey)],
  'certificate of the PCK CA': [pckCas, slots.pckCaSlotOf(caKey)],
  'revocation list of the PCK CA': [crls, slots.crlSlotOf(caKey)],
  'TCB information of a17a00000000': [tcbInfos, slots.tcbInfoSlotOf('TDX', FMSPC, 20)],
  'quoting enclave identity': [qeIdentities, slots.qeIdentitySlotOf('TDX', 20)],
} as const;

describe('the collateral of a platform', () => {
  test('is all that stands in the trust store for it', () => {
    const found = collateralFor(PLATFORM, callOf());
    if (!found.ok) throw new Error(found.reason.code);
    const { anchor, rootCrl, pckCa, pckCrl, tcbInfo, qeIdentity } = found.collateral;
    expect(anchor).toEqual(ANCHOR);
    expect(rootCrl.issuerKey).toEqual(ANCHOR.publicKey);
    expect(pckCa.publicKey).toEqual(caKey);
    expect(pckCrl.issuerKey).toEqual(caKey);
    expect(toHex(tcbInfo.fmspc)).toBe('a17a00000000');
    expect(qeIdentity.id).toBe('TD_QE');
  });

  test.each(Object.entries(SLOTS))('is refused without one of its documents: %s', (name, of) => {
    const [{ name: collection }, slot] = of;
    const found = collateralFor(PLATFORM, callOf([`${collection}/${slotKey(slot)}`]));
    const details = { document: name, slot };
    expect(found).toEqual({ ok: false, reason: { code: 'collateral-missing', details } });
  });

  test('is refused without a trust store', () => {
    const details = { document: 'root certificate', slot: 'root' };
    const reason = { code: 'collateral-missing', details };
    expect(collateralFor(PLATFORM, callOf(['actor']))).toEqual({ ok: false, reason });
  });
});

describe('facts', () => {
  const facts = factsOf(LOCAL);
  const chain = (change: Partial<typeof LOCAL_TEE.policy>): Partial<Call> => ({
    parameters: { ...SHORT, tee: { ...SHORT.tee, policy: { ...SHORT.tee.policy, ...change } } },
  });

  test('are accepted by the policies of the chain and of a profile that asks for no more', () => {
    expect(judgeFacts(facts, profileOf(), callOf())).toBeUndefined();
    expect(judgeFacts(facts, profileOf({ policy: LOCAL_TEE.policy }), callOf())).toBeUndefined();
  });

  test('are accepted if one of many measurements is theirs, wherever it stands', () => {
    const own = measured(makeWorldQuote(LOCAL));
    for (const list of [
      [own, other()],
      [other(), own],
    ]) {
      expect(judgeFacts(facts, profileOf({}, list), callOf())).toBeUndefined();
    }
    for (const list of [[], [other()]]) {
      expect(judgeFacts(facts, profileOf({}, list), callOf())?.code).toBe(
        'measurement-not-accepted',
      );
    }
  });

  test('are refused by a profile that asks for no report', () => {
    expect(judgeFacts(facts, initialProfile, callOf())).toEqual({
      code: 'report-unexpected',
      details: {},
    });
  });

  test('are refused by the policy of the chain, and by that of a profile', () => {
    const refused = { code: 'report-below-policy', details: { cause: 'tee/policy-tee' } };
    const policy = { ...LOCAL_TEE.policy, tees: ['SGX'] as const };
    const onlySgx = { tees: policy.tees };
    expect(judgeFacts(facts, profileOf(), callOf([], chain(onlySgx)))).toMatchObject(refused);
    expect(judgeFacts(facts, profileOf({ policy }), callOf())).toMatchObject(refused);
  });

  test('with what the chain denies are denied by profiles too', () => {
    const own = { ...LOCAL_TEE.policy, deniedPlatforms: [] };
    const deniedPlatforms = [toHex(facts.platform.ppidHash)];
    const call = callOf([], chain({ deniedPlatforms }));
    expect(judgeFacts(facts, profileOf({ policy: own }), call)).toMatchObject({
      details: { cause: 'tee/policy-platform-denied' },
    });
  });
});

describe('a report', () => {
  const judge = (bytes: Uint8Array, call = callOf(), profile = profileOf()) =>
    judgeReport(bytes, DIGEST, profile, call);
  const codeOf = (judged: ReturnType<typeof judge>) =>
    judged.ok ? 'accepted' : judged.reason.code;

  test('that holds names its platform', () => {
    const judged = judge(QUOTE);
    if (!judged.ok) throw new Error(judged.reason.code);
    const { facts, pckSerial } = judged.report;
    expect(facts.verifiedAt).toBe(NOW);
    expect(facts.report.raw).toHaveLength(584);
    expect(judged.report.caKey).toEqual(caKey);
    expect(pckSerial).toEqual(LOCAL.specs.pck.serial);
  });

  test('has at most as many bytes as the parameters say', () => {
    const most = (quoteBytes: number) => callOf([], { parameters: { ...SHORT, quoteBytes } });
    expect(judge(QUOTE, most(QUOTE.length)).ok).toBe(true);
    expect(judge(QUOTE, most(QUOTE.length - 1))).toEqual({
      ok: false,
      reason: {
        code: 'report-too-large',
        details: { bytes: String(QUOTE.length), most: String(QUOTE.length - 1) },
      },
    });
  });

  test('is judged once in a delivery: guard and step get the very same', () => {
    const call = callOf();
    expect(judge(QUOTE, call)).toBe(judge(QUOTE, call));
  });

  test('is refused where it does not parse, lacks collateral, verifies not or is not bound', () => {
    const changed = QUOTE.slice();
    changed[300] = 1;
    const foreign = makeWorldQuote(createTestWorld('another seed'));
    const unbound = makeWorldQuote(LOCAL, { reportData: reportDataOf('d2'.repeat(32)) });
    expect([QUOTE.slice(0, 900), foreign, changed, unbound].map((each) => judge(each))).toEqual([
      expect.objectContaining({
        ok: false,
        reason: {
          code: 'report-refused',
          details: expect.objectContaining({ cause: 'tee/quote-truncated' }) as unknown,
        },
      }),
      {
        ok: false,
        reason: {
          code: 'collateral-missing',
          details: expect.objectContaining({ document: 'certificate of the PCK CA' }) as unknown,
        },
      },
      {
        ok: false,
        reason: {
          code: 'report-refused',
          details: expect.objectContaining({ cause: 'tee/quote-signature' }) as unknown,
        },
      },
      { ok: false, reason: { code: 'report-not-bound', details: expect.anything() as unknown } },
    ]);
  });

  test('that measures something else is refused before anything it is bound to', () => {
    expect(codeOf(judge(QUOTE, callOf(), profileOf({}, [other()])))).toBe(
      'measurement-not-accepted',
    );
    const elsewhere = localWorld({ platform: { fmspc: hex('b0c06f000000') } });
    const quote = makeWorldQuote(elsewhere, { reportData: reportDataOf(DIGEST) });
    expect(codeOf(judge(quote))).toBe('collateral-missing');
  });
});
