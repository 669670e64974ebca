import { describe, expect, test } from 'vitest';
import { createTestWorld, makeWorldQuote } from '../../../../src/tee/generator/index.ts';
import { LOCAL_TEE } from '../../../../src/genesis/presets/tee.ts';
import type { Parameters } from '../../../../src/machines/parameters/record.ts';
import { hex } from '../../../../src/tee/bytes.ts';
import { formatIsoTime } from '../../../../src/tee/time.ts';
import { RIGHT, WRONG } from '../../../support/market.ts';
import { SHORT } from '../../../support/parameters.ts';
import { documentOf, LOCAL, localWorld } from '../../../support/tee-market.ts';
import { measured, reportDataOf, TeeMarket } from '../../../support/tee-market.ts';

type ReportOf = (digest: string) => Uint8Array;

const detailsOf = ({ details }: { readonly details: readonly { name: string; value: string }[] }) =>
  Object.fromEntries(details.map(({ name, value }) => [name, value]));

const refuse = (market: TeeMarket, reportOf: ReportOf, signer = 'p0') => {
  const { to, message } = market.teeClaim('p0', RIGHT, reportOf, signer);
  const refusal = market.refused('p0', to, message);
  return { code: refusal.code, ...detailsOf(refusal) } as Readonly<Record<string, string>>;
};

const withTee = (change: Partial<Parameters['tee']['policy']>): Parameters => ({
  ...SHORT,
  tee: { ...SHORT.tee, policy: { ...SHORT.tee.policy, ...change } },
});

const flip = (bytes: Uint8Array, at: number): Uint8Array => {
  const changed = bytes.slice();
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
};

describe('a report is refused', () => {
  const market = new TeeMarket().open();
  const start = market.snapshot();
  const fresh = (): TeeMarket => {
    market.restore(start);
    return market;
  };

  test('when there is none', () => {
    expect(refuse(fresh(), () => new Uint8Array()).code).toBe('report-missing');
  });

  test('when it is made for another claim: the report of a neighbour does not do', () => {
    const other = fresh().unsigned('p1', RIGHT).digest;
    expect(refuse(market, () => market.quote(other))).toMatchObject({ code: 'report-not-bound' });
  });

  test('when it is made for another output of the same provider', () => {
    const other = fresh().unsigned('p0', WRONG).digest;
    expect(refuse(market, () => market.quote(other)).code).toBe('report-not-bound');
  });

  test('when the second half of REPORTDATA is not zero', () => {
    const reportOf = (digest: string) =>
      fresh().quote(digest, { reportData: flip(reportDataOf(digest), 63) });
    expect(refuse(fresh(), reportOf).code).toBe('report-not-bound');
  });

  test('when one bit of it is changed', () => {
    expect(refuse(fresh(), (digest) => flip(market.quote(digest), 300))).toMatchObject({
      code: 'report-refused',
      cause: 'tee/quote-signature',
      document: 'quote',
    });
  });

  test('when it is cut', () => {
    expect(refuse(fresh(), (digest) => market.quote(digest).slice(0, 900))).toMatchObject({
      code: 'report-refused',
    });
  });

  test('when other bytes follow it', () => {
    const padded = (digest: string) => Uint8Array.of(...market.quote(digest), 1);
    expect(refuse(fresh(), padded)).toMatchObject({ cause: 'tee/quote-trailing-bytes' });
  });

  test('when it measures something else', () => {
    const patches = [[136, new Uint8Array(48).fill(9)]] as const;
    const reportOf = (digest: string) => market.quote(digest, { patches });
    expect(refuse(fresh(), reportOf).code).toBe('measurement-not-accepted');
  });

  test('when a register beside MRTD differs: the firmware alone is not the workload', () => {
    const patches = [[376, new Uint8Array(48).fill(9)]] as const;
    const reportOf = (digest: string) => market.quote(digest, { patches });
    expect(refuse(fresh(), reportOf).code).toBe('measurement-not-accepted');
  });

  test('in debug mode', () => {
    const patches = [[120, hex('0100001000000000')]] as const;
    expect(refuse(fresh(), (digest) => market.quote(digest, { patches }))).toMatchObject({
      code: 'report-below-policy',
      cause: 'tee/policy-debug',
    });
  });

  test('without SEPT_VE_DISABLE', () => {
    const patches = [[120, hex('0000000000000000')]] as const;
    expect(refuse(fresh(), (digest) => market.quote(digest, { patches }))).toMatchObject({
      code: 'report-below-policy',
      cause: 'tee/policy-sept-ve',
    });
  });

  test('below another root', () => {
    const foreign = (digest: string) =>
      makeWorldQuote(createTestWorld('another seed'), { reportData: reportDataOf(digest) });
    // Its PCK CA is unknown already; with the CA of this root the chain itself is at fault.
    expect(refuse(fresh(), foreign)).toMatchObject({ code: 'collateral-missing' });
  });

  test('of a platform family without TCB information', () => {
    const elsewhere = localWorld({ platform: { fmspc: hex('b0c06f000000') } });
    expect(refuse(fresh(), (digest) => market.quote(digest, {}, elsewhere))).toMatchObject({
      code: 'collateral-missing',
      document: 'TCB information of b0c06f000000',
      slot: 'tcb/TDX/b0c06f000000/20',
    });
  });

  test('of a platform that is out of date, with what to update', () => {
    const old = { components: [...Array.from({ length: 15 }, () => 5), 4] };
    const behind = localWorld({ platform: old });
    const said = refuse(fresh(), (digest) => market.quote(digest, {}, behind));
    expect(said).toMatchObject({ code: 'report-below-policy', cause: 'tee/policy-status' });
    expect(said['status']).toBe('OutOfDate');
    expect(said['shortfall']).toContain('sgx[15] has 4, needs 5');
  });

  test('once its PCK certificate is on the list', () => {
    fresh();
    const [thisUpdate, nextUpdate] = [Number(market.time) - 60, Number(market.time) + 86_400];
    const revoking = localWorld({
      pckRevoked: [LOCAL.specs.pck.serial],
      crlWindow: [thisUpdate, nextUpdate],
    });
    market.attestWithReport('p1', RIGHT);
    market.upsert(documentOf(revoking, 'pckCrl'));
    expect(refuse(market, (digest) => market.quote(digest))).toMatchObject({
      code: 'report-refused',
      cause: 'tee/certificate-revoked',
      document: 'PCK certificate',
    });
  });

  test('when an enclave key, or nobody known, has signed it', () => {
    expect(refuse(fresh(), (digest) => market.quote(digest), 'stranger').code).toBe(
      'signature-of-other',
    );
  });
});

describe('collateral that has run out', () => {
  const DAY = 86_400;
  const until = (market: TeeMarket, seconds: number) => Number(market.time) + seconds;

  const expired = (change: (market: TeeMarket) => void): Readonly<Record<string, string>> => {
    const market = new TeeMarket().open();
    change(market);
    market.time += BigInt(DAY);
    return refuse(market, (digest) => market.quote(digest));
  };

  test('names TCB information and the moment', () => {
    let end = 0;
    const said = expired((market) => {
      end = until(market, 600);
      const window = { issueDate: until(market, -60), nextUpdate: end };
      market.upsert(documentOf(localWorld({ tcbInfo: window }), 'tcbInfo'));
    });
    expect(said).toMatchObject({
      code: 'collateral-expired',
      document: 'TCB information',
      expiredAt: String(end),
      expired: formatIsoTime(end),
    });
  });

  test('names the quoting enclave identity and the moment', () => {
    let end = 0;
    const said = expired((market) => {
      end = until(market, 600);
      const window = { issueDate: until(market, -60), nextUpdate: end };
      market.upsert(documentOf(localWorld({ qeIdentity: window }), 'qeIdentity'));
    });
    expect(said).toMatchObject({
      code: 'collateral-expired',
      document: 'quoting enclave identity',
      expired: formatIsoTime(end),
    });
  });

  test.each([
    ['rootCrl', 'revocation list of the root'],
    ['pckCrl', 'revocation list of the PCK CA'],
  ] as const)('names the list of %s and the moment', (type, document) => {
    let end = 0;
    const said = expired((market) => {
      end = until(market, 600);
      const world = localWorld({ crlWindow: [until(market, -60), end] });
      market.upsert(documentOf(world, type));
    });
    expect(said).toMatchObject({
      code: 'collateral-expired',
      document,
      expired: formatIsoTime(end),
    });
  });

  test('is an answer even where time has run past the year 9999', () => {
    const market = new TeeMarket().open();
    market.time = 2n ** 62n;
    expect(refuse(market, (digest) => market.quote(digest)).code).toBe('collateral-expired');
  });
});

describe('lists and policies', () => {
  const platformOf = (market: TeeMarket): string => {
    const { to, message } = market.teeClaim('p1', RIGHT, (digest) => market.quote(digest));
    const { events } = market.do('p1', to, message);
    const attested = events.find(({ name }) => name === 'attested');
    return attested?.fields.find(({ name }) => name === 'platform')?.value ?? '';
  };
  const platform = platformOf(new TeeMarket().open());

  test('a platform on the deny list of the chain is refused', () => {
    const market = new TeeMarket({}, withTee({ deniedPlatforms: [platform] })).open();
    expect(refuse(market, (digest) => market.quote(digest))).toMatchObject({
      code: 'report-below-policy',
      cause: 'tee/policy-platform-denied',
    });
  });

  test('so is one that is not on an allow list that has entries', () => {
    const market = new TeeMarket({}, withTee({ allowedPlatforms: ['ab'.repeat(32)] })).open();
    expect(refuse(market, (digest) => market.quote(digest))).toMatchObject({
      cause: 'tee/policy-platform-not-allowed',
    });
    const allowed = new TeeMarket({}, withTee({ allowedPlatforms: [platform] })).open();
    allowed.attestWithReport('p0', RIGHT);
  });

  test('a profile denies platforms of its own', () => {
    const policy = { ...LOCAL_TEE.policy, deniedPlatforms: [platform] };
    const market = new TeeMarket({ policy }).open();
    expect(refuse(market, (digest) => market.quote(digest))).toMatchObject({
      code: 'report-below-policy',
      cause: 'tee/policy-platform-denied',
    });
  });

  test('documents of another evaluation number than the one that applies do not count', () => {
    const next: Parameters = { ...SHORT, tee: { ...SHORT.tee, evaluationNumber: 21 } };
    const market = new TeeMarket({}, next).open();
    const early = localWorld({
      tcbInfo: { evaluationNumber: 21 },
      qeIdentity: { evaluationNumber: 21 },
    });
    expect(refuse(market, (digest) => market.quote(digest))).toMatchObject({
      code: 'collateral-missing',
      slot: 'tcb/TDX/a17a00000000/21',
    });
    market.upsert(documentOf(early, 'tcbInfo'));
    market.upsert(documentOf(early, 'qeIdentity'));
    market.attestWithReport('p0', RIGHT);
  });

  test('a report above the limit of the parameters is not looked at', () => {
    const market = new TeeMarket({}, { ...SHORT, quoteBytes: 1_000 }).open();
    expect(refuse(market, (digest) => market.quote(digest)).code).toBe('report-too-large');
  });

  test('a measurement counts once its creator has appended it', () => {
    const patches = [[136, new Uint8Array(48).fill(9)]] as const;
    const market = new TeeMarket().open();
    const reportOf = (digest: string) => market.quote(digest, { patches });
    expect(refuse(market, reportOf).code).toBe('measurement-not-accepted');
    const added = measured(makeWorldQuote(LOCAL, { patches }));
    market.do('creator', market.profile, { type: 'appendMeasurement', measurement: added });
    const { to, message } = market.teeClaim('p0', RIGHT, reportOf);
    market.do('p0', to, message);
  });

  test('a profile without measurements accepts nothing', () => {
    const market = new TeeMarket({ measurements: [] }).open();
    expect(refuse(market, (digest) => market.quote(digest)).code).toBe('measurement-not-accepted');
  });
});
