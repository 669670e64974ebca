/** What the naive encoder takes: a schema's value by its positional form. */
export type Item = boolean | bigint | string | Uint8Array | readonly Item[];

function head(major: number, argument: bigint): number[] {
  const widths = [1, 2, 4, 8] as const;
  if (argument < 24n) return [major * 32 + Number(argument)];
  const index = widths.findIndex((width) => argument < 1n << BigInt(8 * width));
  const width = widths[index] as number;
  const bytes = [major * 32 + 24 + index];
  for (let i = width - 1; i >= 0; i--) bytes.push(Number((argument >> BigInt(8 * i)) & 255n));
  return bytes;
}

/** Deterministic CBOR straight from RFC 8949 §3 and §4.2.1, sharing no code with the project. */
export function naiveCbor(item: Item): number[] {
  if (typeof item === 'boolean') return [item ? 0xf5 : 0xf4];
  if (typeof item === 'bigint') return head(0, item);
  if (item instanceof Uint8Array) return [...head(2, BigInt(item.length)), ...item];
  if (typeof item === 'string') {
    const bytes = Buffer.from(item, 'utf8');
    return [...head(3, BigInt(bytes.length)), ...bytes];
  }
  return [...head(4, BigInt(item.length)), ...item.flatMap(naiveCbor)];
}
