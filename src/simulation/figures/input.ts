import type { Figure } from '../figure.ts';
import type { Estimate } from '../result.ts';
import type { Tallies } from '../tally.ts';

/** What a market was played with, as far as pictures need it and its tallies do not say it. */
export interface MarketFacts {
  /** D: blocks that the longest challenge takes. */
  readonly deadlineBlocks?: number | undefined;
  /** The largest distance that the comparator accepts, in the unit of the tallies. */
  readonly tolerance?: bigint | undefined;
  /** Share of the eligible stake by group. */
  readonly stakeShares?: ReadonlyMap<string, number> | undefined;
  /** Free stake of one honest provider, in nLUX. */
  readonly honestStakeNlux?: bigint | undefined;
  /** How much one provider works. */
  readonly attestationsPerDay?: number | undefined;
}

/** One market that was played. */
export interface PlayedMarket {
  readonly name: string;
  readonly tallies: Tallies;
  readonly facts: MarketFacts;
}

/** Everything that pictures are made of. */
export interface FigureInput {
  readonly estimates: readonly Estimate[];
  readonly markets: readonly PlayedMarket[];
  /**
   * The closed form of an estimate with one parameter changed: gives lines of theory their shape
   * between the points that were played. Without it they are drawn from point to point.
   */
  readonly theory?:
    | ((estimate: Estimate, parameter: string, value: number) => number | null)
    | undefined;
}

/** Makes the pictures of one kind: none where there is nothing to show. */
export interface FigureBuilder {
  /** The id of its figures, or how they begin; a scenario may ask for it. */
  readonly name: string;
  /** What it shows, in a clause. */
  readonly about: string;
  /** The estimate that it shows, so that no other picture repeats it. */
  readonly estimate?: string;
  readonly build: (input: FigureInput) => readonly Figure[];
}

/** The id and the title of a market's picture: of the only market they need not name it. */
export const titledFor = (
  { markets }: FigureInput,
  market: PlayedMarket,
  id: string,
  title: string,
): { readonly id: string; readonly title: string } => {
  if (markets.length === 1) return { id, title };
  const at = markets.indexOf(market) + 1;
  return { id: `${id}-${at}`, title: `${title}: ${market.name}` };
};
