import type { EngineName, WeightsName } from '../../test/engines/index.ts';
import type { Provider } from './outputs.ts';

/** A provider and its outputs, one for each sentence. */
export interface Recorded extends Provider {
  readonly outputs: readonly Uint8Array[];
}

/** One provider against one seat that is honest. */
export interface Encounter {
  readonly provider: EngineName;
  readonly weights: WeightsName;
  readonly seat: EngineName;
}

/** Who is compared with whom, and the outputs of both on each sentence. */
export interface Meeting extends Encounter {
  readonly outputs: readonly (readonly [ofProvider: Uint8Array, ofSeat: Uint8Array])[];
}

const isHonest = ({ weights }: { readonly weights: WeightsName }): boolean => weights === 'honest';

/** Each pair of honest engines once, and each provider with changed weights with each of them. */
export const meetingsOf = (recorded: readonly Recorded[]): readonly Meeting[] =>
  recorded.flatMap((provider, place) =>
    recorded
      .filter((seat, other) => isHonest(seat) && (!isHonest(provider) || place < other))
      .map((seat) => ({
        provider: provider.engine,
        weights: provider.weights,
        seat: seat.engine,
        outputs: provider.outputs.map((output, index) => {
          const ofSeat = seat.outputs[index];
          if (ofSeat === undefined) throw new RangeError(`${seat.engine} answered too little.`);
          return [output, ofSeat] as const;
        }),
      })),
  );

/** The meetings of which distances set thresholds. */
export const honestOnly = <T extends Encounter>(encounters: readonly T[]): readonly T[] =>
  encounters.filter(isHonest);
