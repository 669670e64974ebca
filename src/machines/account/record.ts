import { record, u64, type Infer } from '../../codec/index.ts';

export const accountContext = record({
  /** Of the next transaction; starts at 0 and counts those that were included, refused or not. */
  nonce: u64,
});
export type AccountContext = Infer<typeof accountContext>;
export const initialAccount: AccountContext = { nonce: 0n };
