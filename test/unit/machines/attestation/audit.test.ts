import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isDrawn, ticketOf, ticketRound } from '../../../../src/machines/attestation/audit.ts';
import { initialAttestation, type Payment } from '../../../../src/machines/attestation/record.ts';
import type { BeaconSource } from '../../../../src/machines/beacon/record.ts';
import { timeOfRound } from '../../../../src/machines/beacon/rounds.ts';
import { actorId } from '../../../../src/machines/kit/index.ts';

const ID = 'a7'.repeat(32);
const roundValue = (n: number): string => createHash('sha256').update(`round ${n}`).digest('hex');

/** PROTOCOL §6, written again over Node's own hash: H(tag, randomness, id). */
const fraction = (randomness: string): bigint => {
  const tag = 'aivm/audit/1';
  const digest = createHash('sha256')
    .update(Buffer.from([tag.length]))
    .update(tag, 'latin1')
    .update(Buffer.from(randomness + ID, 'hex'))
    .digest('hex');
  return BigInt(`0x${digest}`);
};

describe('isDrawn', () => {
  test('never at rate 0, always at 10000', () => {
    for (let n = 0; n < 50; n++) {
      expect(isDrawn(roundValue(n), ID, 0)).toBe(false);
      expect(isDrawn(roundValue(n), ID, 10_000)).toBe(true);
    }
  });

  test('turns at exactly the rate that the hash is a fraction of', () => {
    for (let n = 0; n < 50; n++) {
      const least = Number((fraction(roundValue(n)) * 10_000n) >> 256n) + 1;
      expect(isDrawn(roundValue(n), ID, least - 1)).toBe(false);
      expect(isDrawn(roundValue(n), ID, least)).toBe(true);
    }
  });

  test('comes as often as the rate says: 500 bp of 4000 rounds, within four deviations', () => {
    const rounds = Array.from({ length: 4_000 }, (_, n) => roundValue(n));
    const drawn = rounds.filter((value) => isDrawn(value, ID, 500)).length;
    // 4·√(4000 · 0.05 · 0.95) = 55.1
    expect(Math.abs(drawn - 200)).toBeLessThanOrEqual(55);
  });

  test('depends on the attestation too', () => {
    const ids = Array.from({ length: 200 }, (_, n) => roundValue(n));
    const drawn = ids.filter((id) => isDrawn(roundValue(7), id, 5_000)).length;
    expect(drawn).toBeGreaterThan(60);
    expect(drawn).toBeLessThan(140);
  });
});

describe('ticketRound', () => {
  const SOURCES: readonly BeaconSource[] = [
    { type: 'dev', genesisTime: 1_000n, periodSeconds: 1n },
    { type: 'drand', publicKey: '00'.repeat(96), genesisTime: 1_000n, periodSeconds: 3n },
  ];

  test.each(SOURCES)('is the first that is due a margin after payment: $type', (source) => {
    for (let paidAt = 1_000n; paidAt < 1_020n; paidAt += 1n) {
      const round = ticketRound(source, paidAt, 60n);
      expect(timeOfRound(source, round)).toBeGreaterThanOrEqual(paidAt + 60n);
      expect(timeOfRound(source, round - 1n)).toBeLessThan(paidAt + 60n);
    }
  });

  test('is the first round of all before the beacon began', () => {
    expect(ticketRound(SOURCES[1] as BeaconSource, 100n, 60n)).toBe(1n);
  });
});

describe('ticketOf', () => {
  const slot = actorId('attestation', '51'.repeat(32));
  const [asker, buyer, nobody] = ['11'.repeat(20), '22'.repeat(20), '33'.repeat(20)];
  const payments: Readonly<Record<string, Payment>> = {
    [asker]: { amountNlux: 9n, paidAt: 500n },
    [buyer]: { amountNlux: 5n, paidAt: 700n },
  };
  const read = { entry: (_: unknown, __: unknown, key: string) => payments[key] as never };
  const context = { ...initialAttestation, requester: asker, requesterNlux: 4n, includedAt: 300n };
  const at = (payer: string, of = context) => ticketOf(of, slot, payer, read);

  test('is of the inclusion for who asked, whatever it pays on top', () => {
    expect(at(asker)).toBe(300n);
  });

  test('is of the first payment for any other payer', () => {
    expect(at(buyer)).toBe(700n);
    expect(at(asker, { ...context, requesterNlux: 0n })).toBe(500n);
  });

  test('is nothing for who has not paid', () => {
    expect(at(nobody)).toBeUndefined();
    expect(at(nobody, { ...initialAttestation, requester: nobody })).toBeUndefined();
  });
});
