/*
 * All that a node needs to embed the chain: open it, drive it block by block, ask it, prove what it
 * answers, and make transactions for it. The parts stand alone under their own entries, such as
 * `aivm/codec` and `aivm/machines`.
 */
export {
  type BuiltTransaction,
  buildTransaction,
  type TransactionRequest,
} from './client/transaction.ts';
export {
  addressOf,
  type Failure,
  fromHex,
  type Keypair,
  keypairFromSeed,
  keypairOf,
  type Result,
  toHex,
} from './codec/index.ts';
export {
  chainIdOf,
  checkGenesis,
  type DevelopmentAccount,
  developmentAccounts,
  type Genesis,
  genesisHash,
  parseGenesis,
  presetGenesis,
} from './genesis/index.ts';
export { type ActorId, actorId, type ActorKind, parseActorId } from './machines/kit/address.ts';
export * from './runtime/index.ts';
