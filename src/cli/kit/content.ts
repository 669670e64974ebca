import {
  decodeOutput,
  decodePayload,
  encodeOutput,
  encodePayload,
  MAX_OUTPUT_BYTES,
  MAX_PAYLOAD_BYTES,
  outputSchema,
  payloadSchema,
  type Output as Answer,
} from '../../codec/preimage.ts';
import { concatBytes } from '../../codec/bytes.ts';
import { elementBytes, encodeTokens, type Comparator } from '../../machines/comparators/index.ts';
import { fromJson, type Json } from '../../codec/json/index.ts';
import { readBytes, readJson } from './files.ts';
import type { Output } from './output.ts';
import { orStop, stop } from './stop.ts';

const isJson = (file: string): boolean => file.endsWith('.json');

const remark = (out: Output, file: string, what: string): void =>
  out.note(
    `${file} is taken as it is: it is not a canonical ${what}. Others agree with you only if ` +
      'they use the same bytes.',
  );

/**
 * The bytes of a payload: a `.json` file describes it (PROTOCOL §2) and is encoded canonically, any
 * other file is taken byte by byte.
 */
export const readPayload = (file: string, out: Output): Uint8Array => {
  if (isJson(file)) return encodePayload(orStop(fromJson(payloadSchema, readJson(file) as Json)));
  const bytes = readBytes(file, MAX_PAYLOAD_BYTES);
  if (!decodePayload(bytes).ok) remark(out, file, 'payload');
  return bytes;
};

/** The bytes of an output, in the same two forms. */
export const readOutput = (file: string, out: Output): Uint8Array => {
  if (isJson(file)) return encodeOutput(orStop(fromJson(outputSchema, readJson(file) as Json)));
  const bytes = readBytes(file, MAX_OUTPUT_BYTES);
  if (!decodeOutput(bytes).ok) remark(out, file, 'output');
  return bytes;
};

/** The elements alone, as every comparator but `exact` reads them (PROTOCOL §7). */
const elementsOf = (answer: Answer): Uint8Array =>
  answer.type === 'text'
    ? encodeTokens(answer.tokens)
    : concatBytes(...answer.tensors.map(({ data }) => data));

/**
 * The bytes of an output as the comparator of its profile takes them. `exact` compares canonical
 * bytes; all others the elements or tokens alone, little-endian: those of a description, or a file
 * that holds nothing else.
 */
export const readCompared = (file: string, comparator: Comparator, out: Output): Uint8Array => {
  if (comparator.type === 'exact') return readOutput(file, out);
  const bytes = isJson(file)
    ? elementsOf(orStop(fromJson(outputSchema, readJson(file) as Json)))
    : readBytes(file, MAX_OUTPUT_BYTES);
  const width = elementBytes(comparator);
  return bytes.length % width === 0
    ? bytes
    : stop('cli/bad-output', { file, expected: `elements of ${width} bytes, and nothing else` });
};
