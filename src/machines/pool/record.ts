import { record, type Infer } from '../../codec/index.ts';

/** A pool is its balance. */
export const poolContext = record({});
export type PoolContext = Infer<typeof poolContext>;
export const initialPool: PoolContext = {};
