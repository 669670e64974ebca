import { describe, expect, test } from 'vitest';
import { fromHex } from '../../../../src/codec/index.ts';
import { beaconRounds, initialBeacon } from '../../../../src/machines/beacon/record.ts';
import { devRandomness } from '../../../../src/machines/beacon/rounds.ts';
import { actorId, BEACON, u64Key } from '../../../../src/machines/kit/index.ts';
import { retentionBlocks } from '../../../../src/machines/parameters/schedule.ts';
import { Solo } from '../support/solo.ts';

const GENESIS_TIME = 1_800_000_000n;
const PERIOD = 30n;

const running = (): Solo<'beacon'> => {
  const solo = new Solo(BEACON);
  const source = { type: 'dev', genesisTime: GENESIS_TIME, periodSeconds: PERIOD } as const;
  solo.context = { ...initialBeacon, source };
  solo.time = GENESIS_TIME + 100n * PERIOD;
  return solo;
};

const submit = (solo: Solo<'beacon'>, round: bigint) => {
  const proof = fromHex(devRandomness(solo.chainId, round));
  return solo.send(actorId('account', '11'.repeat(20)), { type: 'submitRound', round, proof });
};

describe('a round of the beacon (PROTOCOL §6.4)', () => {
  test('is taken from the second on in which it is due', () => {
    const solo = running();
    solo.time = GENESIS_TIME + 4n * PERIOD - 1n;
    expect(submit(solo, 5n)).toBe('beacon-round-future');
    solo.time += 1n;
    expect(submit(solo, 5n)).toBeUndefined();
  });

  test('is kept for as long as somebody can ask for it, to the block', () => {
    const solo = running();
    expect(submit(solo, 1n)).toBeUndefined();
    const end = solo.height + retentionBlocks(solo.parameters);
    solo.height = end - 1n;
    expect(submit(solo, 2n)).toBeUndefined();
    expect(solo.entry(beaconRounds, u64Key(1n))).toBeDefined();
    solo.height = end;
    expect(submit(solo, 3n)).toBeUndefined();
    expect(solo.entry(beaconRounds, u64Key(1n))).toBeUndefined();
    expect(solo.entry(beaconRounds, u64Key(2n))).toBeDefined();
  });
});
