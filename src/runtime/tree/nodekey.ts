/**
 * The key of a stored node: hex of version u64 ‖ number of nibbles u8 ‖ the nibbles, two a byte.
 * A node is written once under its version and never again, so what a version refers to stays
 * readable until it is pruned, and new nodes lie together in the store. As the hex digit of a
 * nibble is the nibble itself, keys are built from paths by joining text.
 */

/** Nibbles of a key's hash, hence the greatest depth of a node. */
export const MAX_DEPTH = 64;

const HEX_OF_BYTE: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** Digit of a nibble in a path. */
export const NIBBLES: readonly string[] = Array.from('0123456789abcdef');

/** A version as sixteen hex digits. */
export const versionHex = (version: bigint): string => version.toString(16).padStart(16, '0');

/** The version at `offset` of a record, as sixteen hex digits. */
export function readVersionHex(bytes: Uint8Array, offset: number): string {
  let text = '';
  for (let i = 0; i < 8; i++) text += HEX_OF_BYTE[bytes[offset + i] as number];
  return text;
}

/** Key of the node at a path (a hex digit a nibble) that was written at a version. */
export function nodeKey(version: string, path: string): string {
  const length = HEX_OF_BYTE[path.length] as string;
  return path.length % 2 === 0 ? version + length + path : `${version}${length}${path}0`;
}

/** Depth of the node that a key names, in nibbles. */
export const depthOfKey = (key: string): number => Number.parseInt(key.slice(16, 18), 16);
