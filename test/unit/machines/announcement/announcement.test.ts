import { describe, expect, test } from 'vitest';
import { challengeAnnouncement, decode, encode, toHex } from '../../../../src/codec/index.ts';
import { announcement } from '../../../../src/machines/announcement/machine.ts';
import { initialAnnouncement } from '../../../../src/machines/announcement/record.ts';
import { actorId, addressHex, anyActor } from '../../../../src/machines/kit/index.ts';
import { Lone } from '../support/lone.ts';

const ALICE = '11'.repeat(20);
const BOB = '22'.repeat(20);
const alice = actorId('account', ALICE);
const bob = actorId('account', BOB);
const about = { challengeId: 'c1'.repeat(32), challenger: ALICE, salt: '5a'.repeat(32) };
const id = actorId('announcement', challengeAnnouncement(about));

const announced = () => {
  const lone = new Lone(announcement, id);
  expect(lone.send(alice, { type: 'announce' })).toBeUndefined();
  return lone;
};

describe('an announcement', () => {
  test('says who and when, and nothing of what', () => {
    const lone = announced();
    expect(lone.state).toBe('standing');
    expect(lone.context).toEqual({ announcer: ALICE, height: 100n });
    expect(lone.events).toEqual([['announced', { announcer: alice }]]);
    expect(toHex(encode(announcement.context, lone.context))).not.toContain(about.challengeId);
  });

  test('stands: neither its maker nor anybody else makes it again', () => {
    const lone = announced();
    lone.height = 101n;
    for (const from of [alice, bob]) {
      expect(lone.send(from, { type: 'announce' })).toBe('not-accepted');
    }
    expect(lone.context.height).toBe(100n);
  });

  test('is withdrawn by its maker alone, and then was never in state', () => {
    const lone = announced();
    expect(lone.send(bob, { type: 'withdraw' })).toBe('not-announcer');
    expect(lone.send(alice, { type: 'withdraw' })).toBeUndefined();
    expect([lone.state, lone.context]).toEqual(['absent', initialAnnouncement]);
    expect(lone.send(alice, { type: 'withdraw' })).toBe('not-accepted');
  });

  test('made anew counts from its new height', () => {
    const lone = announced();
    lone.send(alice, { type: 'withdraw' });
    lone.height = 107n;
    expect(lone.send(alice, { type: 'announce' })).toBeUndefined();
    expect(lone.context.height).toBe(107n);
  });

  test('takes no value, and comes from accounts', () => {
    const lone = new Lone(announcement, id);
    expect(lone.send(alice, { type: 'announce' }, 1n)).toBe('value-not-payable');
    const challenge = actorId('challenge', about.challengeId);
    expect(lone.send(challenge, { type: 'announce' })).toBe('sender-not-entitled');
  });

  test('fits its context limit whoever and whenever', () => {
    const largest = { announcer: 'ff'.repeat(20), height: 2n ** 64n - 1n };
    const bytes = encode(announcement.context, largest);
    expect(bytes.length).toBeLessThanOrEqual(announcement.contextBytes);
    expect(decode(announcement.context, bytes, bytes.length)).toEqual({ ok: true, value: largest });
  });
});

describe('its address', () => {
  test('is code 14 and 32 bytes, and depends on challenge, challenger and salt', () => {
    expect(addressHex(id)).toBe(`0e${challengeAnnouncement(about)}`);
    const bytes = encode(anyActor, id);
    expect(decode(anyActor, bytes, bytes.length)).toEqual({ ok: true, value: id });
    const others = [
      { ...about, challengeId: 'c2'.repeat(32) },
      { ...about, challenger: BOB },
      { ...about, salt: '5b'.repeat(32) },
    ].map(challengeAnnouncement);
    expect(new Set([challengeAnnouncement(about), ...others]).size).toBe(4);
  });
});
