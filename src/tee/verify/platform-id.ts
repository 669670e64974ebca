import { ascii, concat } from '../bytes.ts';
import type { Engine } from '../p256/engine.ts';

/**
 * PROTOCOL §2: H(tag, parts…) = SHA-256(u8(len(tag)) ‖ tag ‖ parts…), here with one part of fixed
 * length.
 */
const taggedHash = (engine: Engine, tag: string, part: Uint8Array): Uint8Array =>
  engine.sha256(concat(Uint8Array.of(tag.length), ascii(tag), part));

/** The name of a platform on allow and deny lists: by its PPID, 16 bytes. */
export const ppidHash = (engine: Engine, ppid: Uint8Array): Uint8Array =>
  taggedHash(engine, 'aivm/tee-ppid/1', ppid);

/** The same by the serial number of its PCK certificate, 20 bytes, padded on the left. */
export const pckSerialHash = (engine: Engine, serial: Uint8Array): Uint8Array =>
  taggedHash(engine, 'aivm/tee-pck-serial/1', serial);
