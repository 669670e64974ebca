import type { ChainContext } from '../../actors/source.ts';
import type { Sha256Into } from '../tree/hash.ts';

/** What the execution of blocks takes from outside; the same for every block of a chain. */
export interface Environment {
  readonly chain: ChainContext;
  /** For the state tree; which implementation it is changes speed only. */
  readonly sha256: Sha256Into;
}
