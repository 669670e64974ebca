import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  AssertionError,
  MAX_PAYLOAD_BYTES,
  type Output,
  type Payload,
  SAMPLING_ONE,
  type Tensor,
  decodeOutput,
  decodePayload,
  encode,
  encodeOutput,
  encodePayload,
  payloadHash,
  payloadSchema,
  toHex,
  weightsHash,
} from '../../../src/codec/index.ts';
import { expectCode } from './support.ts';

const greedy = { temperature: 0, topP: SAMPLING_ONE, topK: 0, repetitionPenalty: SAMPLING_ONE };
const prompt: Payload = {
  type: 'text',
  tokens: [1, 15_043, 3_186],
  seed: 42n,
  sampling: greedy,
  outputLimit: 128,
};
const tensor: Tensor = { name: 'x', dtype: 'f32', shape: [1, 2], data: new Uint8Array(8) };

describe('payload', () => {
  test('a prompt in its one form', () => {
    const bytes = encodePayload(prompt);
    expect(toHex(bytes)).toBe(
      '85' + '00' + '8301193ac3190c72' + '182a' + '84001a000f4240001a000f4240' + '1880',
    );
    expect(decodePayload(bytes)).toEqual({ ok: true, value: prompt });
    expect(payloadHash(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  test('tensors in their one form', () => {
    const payload: Payload = { type: 'tensors', tensors: [tensor], seed: 0n, outputLimit: 0 };
    const bytes = encodePayload(payload);
    expect(toHex(bytes)).toBe(`84018184617800820102480000000000000000${'0000'}`);
    expect(decodePayload(bytes)).toEqual({ ok: true, value: payload });
  });

  test.each([
    ['f32', [3], 12],
    ['f16', [2, 3], 12],
    ['bf16', [0, 9], 0],
    ['i64', [], 8],
    ['u8', [4_294_967_295, 0], 0],
  ] as const)('the data of %s %j are %i bytes', (dtype, shape, length) => {
    const of = (bytes: number): Payload => ({
      type: 'tensors',
      tensors: [tensor, { name: 'y', dtype, shape, data: new Uint8Array(bytes) }],
      seed: 0n,
      outputLimit: 1,
    });
    expect(decodePayload(encodePayload(of(length))).ok).toBe(true);
    const refused = decodePayload(encodePayload(of(length + 1)));
    expectCode(refused, 'codec/tensor-shape');
    expect(refused).toMatchObject({
      failure: {
        details: { path: 'tensors[1]', expected: String(length), found: String(length + 1) },
      },
    });
  });

  test('a shape whose size overflows every integer is refused', () => {
    const shape = Array.from({ length: 8 }, () => 0xffff_ffff);
    const bad: Payload = {
      type: 'tensors',
      tensors: [{ ...tensor, shape }],
      seed: 0n,
      outputLimit: 0,
    };
    expectCode(decodePayload(encodePayload(bad)), 'codec/tensor-shape');
  });

  test('top-p above one is refused', () => {
    const sampling = { ...greedy, topP: SAMPLING_ONE + 1 };
    expectCode(decodePayload(encodePayload({ ...prompt, sampling })), 'codec/sampling-range');
  });

  test('a payload has at most 256 KiB', () => {
    const room = MAX_PAYLOAD_BYTES - encodePayload({ ...prompt, tokens: [] }).length;
    const tokens = Array.from({ length: Math.floor((room - 4) / 5) }, () => 0xffff_ffff);
    expect(decodePayload(encodePayload({ ...prompt, tokens })).ok).toBe(true);
    const above = encodePayload({ ...prompt, tokens: [...tokens, 0xffff_ffff, 0xffff_ffff] });
    expect(above.length).toBeGreaterThan(MAX_PAYLOAD_BYTES);
    expectCode(decodePayload(above), 'codec/too-large');
  });

  test('a float where an integer is due is an assertion', () => {
    const sampling = { ...greedy, temperature: 0.7 };
    expect(() => encode(payloadSchema, { ...prompt, sampling })).toThrow(AssertionError);
  });
});

describe('output', () => {
  test('tokens and tensors there and back', () => {
    const outputs: readonly Output[] = [
      { type: 'text', tokens: [] },
      { type: 'text', tokens: [7, 0xffff_ffff] },
      { type: 'tensors', tensors: [tensor] },
    ];
    for (const output of outputs) {
      expect(decodeOutput(encodeOutput(output))).toEqual({ ok: true, value: output });
    }
    expect(toHex(encodeOutput({ type: 'text', tokens: [] }))).toBe('820080');
  });

  test('a payload is not an output', () => {
    expectCode(decodeOutput(encodePayload(prompt)), 'codec/wrong-field-count');
  });
});

test('weights are hashed as they are', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  expect(weightsHash(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
});
