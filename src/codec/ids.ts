export * from './ids/chain.ts';
export * from './ids/challenges.ts';
export * from './ids/claims.ts';
export type { ChainRef } from './ids/parts.ts';
