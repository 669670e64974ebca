import { openGas } from '../../src/machines/challenge/gas.ts';
import { GAS } from '../../src/machines/kit/index.ts';
import { MAX_SERVED_PROFILES } from '../../src/machines/provider/record.ts';
import { sum } from '../chain/statistics.ts';
import { castOf, parametersOf } from './cast.ts';
import { profilesOf } from './deepest.ts';
import { Disputes } from './disputes.ts';
import { openMarket } from './market.ts';
import type { Options } from './options.ts';
import { openAll, playToTheEnd } from './play.ts';
import { profileOf, TEXT } from './profiles.ts';
import { withChain } from './session.ts';

/** What the timers of one challenge cost, and what it has paid for them (PROTOCOL §3). */
export interface Prepaid {
  /** Profiles that each provider serves. */
  readonly served: number;
  /** By the opening, and by the locks of both defendants. */
  readonly prepaidGas: number;
  /** Of all its timers, were they metered. */
  readonly usedGas: number;
}

const DEFENDANTS = 2;

const usedGas = (served: number, { providers }: Options): number => {
  const cast = castOf(providers, parametersOf({ drainBlocks: 1, answerBlocks: 4 }));
  const profiles = profilesOf(TEXT).slice(0, served);
  return withChain(cast, 1, (chain) => {
    openMarket(chain, profiles);
    const disputes = new Disputes(chain, profileOf(TEXT), 1);
    openAll(chain, disputes);
    return sum(playToTheEnd(chain, disputes, 1).runs.flatMap(({ gas }) => gas));
  });
};

/** The dearest way of a challenge: 33 seats, of which all are told to each profile they serve. */
export const measurePrepaid = (options: Options): readonly Prepaid[] =>
  [1, MAX_SERVED_PROFILES].map((served) => ({
    served,
    prepaidGas: openGas() + DEFENDANTS * GAS.reweigh * served,
    usedGas: usedGas(served, options),
  }));
