import type { ChallengeContext } from '../machines/challenge/record.ts';
import { ANYONE, CONSUMER, CREATOR, MODEL_OWNER, ownerOf, poolNames } from './names.ts';
import type { Setting } from './setting.ts';

/**
 * What the hashes of a world stand for: people by their addresses, and the commitments that have
 * been made so far by the output behind them, which nobody else could know.
 */
export class Lexicon {
  readonly #people = new Map<string, string>();
  readonly #outputs = new Map<string, string>();

  constructor(setting: Setting) {
    const { world } = setting;
    const providers = [...world.defendants.map(({ name }) => name), ...poolNames(world)];
    const others = [ANYONE, CONSUMER, CREATOR, MODEL_OWNER, ...world.challengers];
    const people = [...others, ...providers, ...providers.map(ownerOf)];
    for (const name of people) this.#people.set(setting.address(name), name);
  }

  /** Notes which output a commitment or a root of evidence (32 bytes, hex) is of. */
  learn(hash: string, output: string): void {
    this.#outputs.set(hash, output);
  }

  /** The output behind a commitment or a root of evidence, if it was learnt. */
  outputOf(hash: string): string | undefined {
    return this.#outputs.get(hash);
  }

  /** The person at an address, or the address itself. */
  person(address: string): string {
    return this.#people.get(address) ?? address;
  }

  /** Every address (20 bytes, hex) of a text by the name of whom it is. */
  readable(text: string): string {
    return text.replaceAll(/\b[0-9a-f]{40}\b/g, (address) => this.person(address));
  }

  challenge({ form, defendants }: Pick<ChallengeContext, 'form' | 'defendants'>): string {
    const names = defendants.map(({ provider }) => this.person(provider)).toSorted(byText);
    return `${form}(${names.join(', ')})`;
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
