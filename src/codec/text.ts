export * from './text/address.ts';
export * from './text/cb58.ts';
export * from './text/hex.ts';
