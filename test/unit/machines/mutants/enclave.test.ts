import { describe, expect, test } from 'vitest';
import { RIGHT } from '../../../support/market.ts';
import { TeeMarket } from '../../../support/tee-market.ts';

// PROTOCOL §8: an enclave key to the second and to the byte, and what is told of it.

const LIFE = 600n;

const enrolled = () => {
  const market = new TeeMarket({ enclaveKeySeconds: LIFE }).open();
  market.enrol('p0', 'enclave');
  const drop = { type: 'dropEnclaveKey', key: market.address('enclave') } as const;
  const [owner, to] = [market.ownerName('p0'), market.provider('p0')];
  const endOf = () => market.enclaveKey('p0', 'enclave')?.expiresAt ?? 0n;
  return { market, owner, to, drop, endOf };
};

type Receipt = ReturnType<TeeMarket['do']>;
const named = ({ events }: Receipt): readonly string[] => events.map(({ name }) => name);

describe('an enclave key', () => {
  test('brings not a byte of a report beside its signature', () => {
    const { market } = enrolled();
    const one = () => Uint8Array.of(0);
    const { to, message } = market.teeClaim('p0', RIGHT, one, 'enclave');
    expect(market.refused('p0', to, message).code).toBe('report-unexpected');
  });

  test('attests with no signature that is nobody’s', () => {
    const { market } = enrolled();
    const { to, message } = market.teeClaim('p0', RIGHT, () => new Uint8Array(), 'enclave');
    const nobody = { ...message, signature: '00'.repeat(65) };
    expect(market.refused('p0', to, nobody).code).toBe('signature-invalid');
  });

  test('may still be dropped in its last second, and not after it', () => {
    const { market, owner, to, drop, endOf } = enrolled();
    const end = endOf();
    // The block that comes is two seconds later.
    market.time = end - 1n;
    expect(market.refused(owner, to, drop).code).toBe('enclave-key-liable');
    market.time = end - 2n;
    market.do(owner, to, drop);
    expect(endOf()).toBe(end - 1n);
  });

  test('is told of when it is enrolled, when it is dropped and when it is forgotten', () => {
    const { market, owner, to, drop, endOf } = enrolled();
    expect(named(market.do(owner, to, drop))).toContain('enclaveKeyDropped');
    market.time = endOf() + 10n * LIFE;
    expect(named(market.do(owner, to, drop))).toContain('enclaveKeyForgotten');
    const again = market.do(owner, to, market.enrolment('p0', 'other'));
    expect(named(again)).toContain('enclaveKeyEnrolled');
  });
});
