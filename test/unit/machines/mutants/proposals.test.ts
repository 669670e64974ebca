import { expect, test } from 'vitest';
import { MAINNET } from '../../../../src/genesis/presets/mainnet.ts';
import { actorId, PARAMETERS } from '../../../../src/machines/kit/index.ts';
import type { Parameters } from '../../../../src/machines/parameters/record.ts';
import { checkSuccession } from '../../../../src/machines/parameters/relations.ts';
import { Solo } from '../support/solo.ts';

// PROTOCOL §3, §9: what is said of a change of parameters, and who may send another.

const authority = actorId('account', '11'.repeat(20));
const stranger = actorId('account', '22'.repeat(20));
const cheaper = { ...MAINNET, minimumStakeNlux: 50_000_000_000n };
const proposal = { type: 'propose', parameters: cheaper } as const;

const running = (): Solo<'parameters'> => {
  const solo = new Solo(PARAMETERS);
  solo.context = { current: MAINNET, authority: '11'.repeat(20), pending: undefined };
  return solo;
};

test('a proposal tells from when on it may be enacted', () => {
  const solo = running();
  expect(solo.send(authority, proposal)).toBeUndefined();
  expect(solo.effects).toEqual([
    {
      type: 'emit',
      name: 'proposed',
      fields: { enactableAt: String(100n + MAINNET.noticeBlocks) },
    },
  ]);
});

test('that parameters are in force is told', () => {
  const solo = running();
  solo.send(authority, proposal);
  solo.height += MAINNET.noticeBlocks;
  expect(solo.send(stranger, { type: 'enact' })).toBeUndefined();
  expect(solo.effects).toEqual([{ type: 'emit', name: 'enacted', fields: {} }]);
});

test('who may not propose may not replace a proposal either, nor with unsound parameters', () => {
  const solo = running();
  solo.send(authority, proposal);
  const before = solo.context;
  expect(solo.send(stranger, proposal)).toBe('not-authority');
  const greedy = { ...MAINNET, exposureBps: 31 };
  expect(solo.send(authority, { type: 'propose', parameters: greedy })).toBe('parameter-relation');
  expect(solo.context).toBe(before);
});

test('nothing is enacted where nothing is proposed, whatever the state says', () => {
  const solo = running();
  solo.state = 'proposed';
  expect(solo.send(authority, { type: 'enact' })).toBe('nothing-proposed');
});

const broken = (next: Partial<Parameters>): readonly string[] =>
  checkSuccession(MAINNET, { ...MAINNET, ...next }).map(
    ({ relation, path }) => `${relation} ${path}`,
  );

test('outputs are always cut into chunks of one size', () => {
  expect(broken({ chunkBytes: MAINNET.chunkBytes - 1 })).toEqual(['chunk-size-fixed chunkBytes']);
  expect(broken({ chunkBytes: MAINNET.chunkBytes + 1 })).toEqual(['chunk-size-fixed chunkBytes']);
  expect(broken({ chunkBytes: MAINNET.chunkBytes })).toEqual([]);
});

test('a payload that was attested may still be published: its limit never falls', () => {
  expect(broken({ payloadBytes: MAINNET.payloadBytes - 1 })).toEqual([
    'payload-size-stays payloadBytes',
  ]);
  expect(broken({ payloadBytes: MAINNET.payloadBytes })).toEqual([]);
  expect(broken({ payloadBytes: MAINNET.payloadBytes + 1 })).toEqual([]);
});
