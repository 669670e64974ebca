import { type Failure, type Result, ok } from './failure.ts';
import { codecFail } from './errors.ts';
import { sha256Hex } from './hash.ts';
import {
  type Infer,
  blob,
  decode,
  encode,
  list,
  literalEnum,
  mapped,
  record,
  text,
  u32,
  u64,
  variants,
} from './schema.ts';

/** The most bytes of a canonical payload, 256 KiB: it fits one transaction (PROTOCOL §6, §9). */
export const MAX_PAYLOAD_BYTES = 262_144;
/** The most bytes of a canonical output, 64 MiB. */
export const MAX_OUTPUT_BYTES = 67_108_864;
/** The most tokens of a payload: each takes at least one byte. */
export const MAX_PAYLOAD_TOKENS = MAX_PAYLOAD_BYTES;
/** The most tokens of an output. */
export const MAX_OUTPUT_TOKENS = 1_048_576;
/** The most tensors of a payload or an output. */
export const MAX_TENSORS = 16;
/** The most dimensions of a tensor. */
export const MAX_TENSOR_RANK = 8;
/** The longest name of a tensor, bytes of UTF-8. */
export const MAX_TENSOR_NAME_BYTES = 64;
/** One as a sampling setting: settings are integers in millionths, no float touches a claim. */
export const SAMPLING_ONE = 1_000_000;

/** Element types and their widths in bytes; the order is the wire's and is only appended to. */
const DTYPE_BYTES = {
  f32: 4,
  f16: 2,
  bf16: 2,
  i32: 4,
  u8: 1,
  f64: 8,
  i8: 1,
  i16: 2,
  u16: 2,
  u32: 4,
  i64: 8,
  u64: 8,
} as const;

/** Element type of a tensor. */
export const dtype = literalEnum([
  'f32',
  'f16',
  'bf16',
  'i32',
  'u8',
  'f64',
  'i8',
  'i16',
  'u16',
  'u32',
  'i64',
  'u64',
]);
export type Dtype = Infer<typeof dtype>;

const tensorFields = (maxDataBytes: number) =>
  record({
    name: text(MAX_TENSOR_NAME_BYTES),
    dtype,
    shape: list(u32, MAX_TENSOR_RANK),
    data: blob(maxDataBytes),
  });

/** A tensor: little-endian elements in row-major order; an empty shape is a scalar. */
export type Tensor = Infer<ReturnType<typeof tensorFields>>;

function checkTensor(tensor: Tensor): Result<Tensor, Failure> {
  let bytes = BigInt(DTYPE_BYTES[tensor.dtype]);
  for (const size of tensor.shape) bytes *= BigInt(size);
  if (bytes === BigInt(tensor.data.length)) return ok(tensor);
  const details = { expected: String(bytes), found: String(tensor.data.length) };
  return codecFail('codec/tensor-shape', details);
}

const same = <T>(value: T): T => value;
const tensors = (maxDataBytes: number) =>
  list(mapped(tensorFields(maxDataBytes), checkTensor, same), MAX_TENSORS);

const samplingFields = record({
  /** Millionths; 0 is greedy. */
  temperature: u32,
  /** Millionths, at most SAMPLING_ONE, which keeps all tokens. */
  topP: u32,
  /** The number of candidates; 0 keeps all. */
  topK: u32,
  /** Millionths; SAMPLING_ONE penalises nothing. */
  repetitionPenalty: u32,
});

/** How tokens are chosen. */
export type Sampling = Infer<typeof samplingFields>;

const checkSampling = (sampling: Sampling): Result<Sampling, Failure> =>
  sampling.topP <= SAMPLING_ONE
    ? ok(sampling)
    : codecFail('codec/sampling-range', { found: String(sampling.topP) });

/**
 * What a model is asked, in one form for all providers (PROTOCOL §2): a prompt as token ids, or
 * named input tensors. `outputLimit` counts tokens, or elements over all output tensors.
 */
export const payloadSchema = variants({
  text: [
    0,
    {
      tokens: list(u32, MAX_PAYLOAD_TOKENS),
      seed: u64,
      sampling: mapped(samplingFields, checkSampling, same),
      outputLimit: u32,
    },
  ],
  tensors: [1, { tensors: tensors(MAX_PAYLOAD_BYTES), seed: u64, outputLimit: u32 }],
});
export type Payload = Infer<typeof payloadSchema>;

/** What a model answers: token ids without the prompt, or named output tensors. */
export const outputSchema = variants({
  text: [0, { tokens: list(u32, MAX_OUTPUT_TOKENS) }],
  tensors: [1, { tensors: tensors(MAX_OUTPUT_BYTES) }],
});
export type Output = Infer<typeof outputSchema>;

/** The canonical payload; its size is checked when it is decoded. */
export const encodePayload = (payload: Payload): Uint8Array => encode(payloadSchema, payload);

/** The payload that the bytes stand for, or why they are not canonical. */
export const decodePayload = (bytes: Uint8Array): Result<Payload, Failure> =>
  decode(payloadSchema, bytes, MAX_PAYLOAD_BYTES);

/** The canonical output, which is cut into chunks for the output tree. */
export const encodeOutput = (output: Output): Uint8Array => encode(outputSchema, output);

/** The output that the bytes stand for, or why they are not canonical. */
export const decodeOutput = (bytes: Uint8Array): Result<Output, Failure> =>
  decode(outputSchema, bytes, MAX_OUTPUT_BYTES);

/** SHA-256 of a canonical payload (PROTOCOL §2, Attestation). */
export const payloadHash = (bytes: Uint8Array): string => sha256Hex(bytes);

/**
 * SHA-256 of a model's weights in memory. Weights in several files are hashed as the concatenation
 * of the files in the order of the model's manifest (PROTOCOL §2); large ones are streamed by the
 * command line, which gives the same digest.
 */
export const weightsHash = (bytes: Uint8Array): string => sha256Hex(bytes);
