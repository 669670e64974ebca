import { expect, test } from 'vitest';
import { sha256Hex } from '../../../../src/codec/index.ts';
import { isThePayload } from '../../../../src/machines/challenge/publication.ts';
import { initialChallenge } from '../../../../src/machines/challenge/record.ts';
import type { Call } from '../../../../src/machines/kit/index.ts';

/** PROTOCOL §6, 2: the payload is published, of whatever size could be attested. */
test.each([
  [256, undefined],
  [257, 'payload-too-large'],
  [0, undefined],
])('a payload of %d bytes, where 256 are the most', (bytes, code) => {
  const payload = new Uint8Array(bytes).fill(7);
  const context = { ...initialChallenge, payloadBytes: 256, payloadHash: sha256Hex(payload) };
  const asked = (sent: Uint8Array) =>
    isThePayload(context, { type: 'publish', payload: sent }, {} as Call)?.code;
  expect(asked(payload)).toBe(code);
  if (code === undefined) expect(asked(Uint8Array.of(...payload.slice(1), 8))).toBeDefined();
});
