import { fromHex, hex, mapped, ok, toHex, u64, type Schema } from '../../codec/index.ts';
import { codecFail } from '../../codec/errors.ts';
import { MAX_SECONDS, type Seconds } from '../../tee/time.ts';

/** Unix seconds of the TEE library, whose times are numbers and end with the year 9999. */
export const seconds: Schema<Seconds> = mapped(
  u64,
  (value) =>
    value <= BigInt(MAX_SECONDS)
      ? ok(Number(value))
      : codecFail('codec/integer-range', { limit: String(MAX_SECONDS), found: String(value) }),
  (value) => BigInt(value),
);

/** So many bytes as the TEE library has them, where the rest of the chain writes hex. */
export const bytes = (length: number): Schema<Uint8Array> =>
  mapped(hex(length), (text) => ok(fromHex(text)), toHex);
