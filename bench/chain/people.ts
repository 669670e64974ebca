import { hash, keypairFromSeed, u32be, type Keypair } from '../../src/codec/index.ts';
import { chainIdOf, presetGenesis, type Genesis } from '../../src/genesis/index.ts';

/** nLUX in a LUX; the genesis says the same. */
export const LUX = 1_000_000_000n;

/** What each account of the state holds that is not somebody's here. */
export const ACCOUNT_NLUX = 10n * LUX;
const PERSON_NLUX = 10_000n * LUX;
/** Holds what the accounts of the state will get: the supply is that of genesis at every height. */
const RESERVE_NLUX = 200_000_000n * LUX;

/** Who signs. The providers come first and pay for their own transactions. */
export interface Cast {
  readonly genesis: Genesis;
  readonly chain: { readonly networkId: number; readonly chainId: string };
  readonly owner: Keypair;
  /** Its account empties into those of the state; it never signs. */
  readonly reserve: Keypair;
  readonly people: readonly Keypair[];
}

/** Senders of transfers, per transaction of a block: an account sends in every fourth block. */
const PEOPLE_PER_TRANSACTION = 4;

const person = (name: string): Keypair => keypairFromSeed(`aivm/bench/${name}`);

/** The same people for the same block size, and a genesis that funds them. */
export const castOf = (blockSize: number): Cast => {
  const owner = person('owner');
  const reserve = person('reserve');
  const count = PEOPLE_PER_TRANSACTION * blockSize;
  const people = Array.from({ length: count }, (_, index) => person(`person ${index}`));
  const ownerNlux = 1_000n * LUX * BigInt(blockSize + 100);
  const genesis = presetGenesis('local', {
    allocations: [
      { address: owner.address, amountNlux: ownerNlux },
      { address: reserve.address, amountNlux: RESERVE_NLUX },
      ...people.map(({ address }) => ({ address, amountNlux: PERSON_NLUX })),
    ],
  });
  const chain = { networkId: genesis.networkId, chainId: chainIdOf(genesis) };
  return { genesis, chain, owner, reserve, people };
};

const ADDRESS_DIGITS = 40;

/** The address of an account of the state by its number; nobody has its key. */
export const addressOfAccount = (index: number): string =>
  hash('aivm/bench-account/1', u32be(index)).slice(0, ADDRESS_DIGITS);
