import { expect, test } from 'vitest';
import { MAINNET } from '../../../../src/genesis/presets/mainnet.ts';
import { actorId, PARAMETERS } from '../../../../src/machines/kit/index.ts';
import { parameters } from '../../../../src/machines/parameters/machine.ts';
import { Solo } from '../support/solo.ts';

const authority = actorId('account', '11'.repeat(20));
const stranger = actorId('account', '22'.repeat(20));
const cheaper = { ...MAINNET, minimumStakeNlux: 50_000_000_000n };
const proposal = { type: 'propose', parameters: cheaper } as const;

const running = (named: string | undefined = '11'.repeat(20)): Solo<'parameters'> => {
  const solo = new Solo(PARAMETERS);
  solo.context = { current: MAINNET, authority: named, pending: undefined };
  return solo;
};

test('only the authority proposes; without one nobody does', () => {
  expect(running().send(stranger, proposal)).toBe('not-authority');
  const nobody = running();
  nobody.context = { ...nobody.context, authority: undefined };
  expect(nobody.send(authority, proposal)).toBe('no-authority');
  expect(nobody.send(authority, { type: 'enact' })).toBe('not-accepted');
});

test('a proposal waits for its notice, then anybody enacts it', () => {
  const solo = running();
  expect(solo.send(authority, proposal)).toBeUndefined();
  expect(solo.state).toBe('proposed');
  expect(solo.context.current).toEqual(MAINNET);
  solo.height = 100n + MAINNET.noticeBlocks - 1n;
  expect(solo.send(stranger, { type: 'enact' })).toBe('enact-too-early');
  solo.height += 1n;
  expect(solo.send(stranger, { type: 'enact' })).toBeUndefined();
  expect(solo.context).toEqual({
    current: cheaper,
    authority: '11'.repeat(20),
    pending: undefined,
  });
  expect(solo.send(stranger, { type: 'enact' })).toBe('not-accepted');
});

test('a new proposal takes the place of the old one, with a notice of its own', () => {
  const solo = running();
  solo.send(authority, proposal);
  solo.height = 50_000n;
  const dearer = { ...MAINNET, minimumStakeNlux: 200_000_000_000n };
  solo.send(authority, { type: 'propose', parameters: dearer });
  solo.height = 100n + MAINNET.noticeBlocks;
  expect(solo.send(stranger, { type: 'enact' })).toBe('enact-too-early');
  solo.height = 50_000n + MAINNET.noticeBlocks;
  expect(solo.send(stranger, { type: 'enact' })).toBeUndefined();
  expect(solo.context.current).toEqual(dearer);
});

test('what contradicts itself or the parameters in force is refused (I49)', () => {
  const solo = running();
  const greedy = { ...MAINNET, exposureBps: 31 };
  expect(solo.send(authority, { type: 'propose', parameters: greedy })).toBe('parameter-relation');
  const hasty = { ...MAINNET, epochBlocks: 1_800n };
  expect(solo.send(authority, { type: 'propose', parameters: hasty })).toBe('parameter-relation');
  expect(solo.state).toBe('enacted');
});

test('relations are checked again when a proposal is enacted', () => {
  const solo = running();
  solo.send(authority, proposal);
  const broken = { ...cheaper, exposureBps: 31 };
  solo.context = { ...solo.context, pending: { parameters: broken, enactableAt: 0n } };
  expect(solo.send(stranger, { type: 'enact' })).toBe('parameter-relation');
});

test('every context fits its limit', () => {
  expect(parameters.context.maxBytes).toBeLessThanOrEqual(parameters.contextBytes);
});
