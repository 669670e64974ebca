import { hash, keypairFromSeed, nobleSecp256k1, u32be } from '../../src/codec/index.ts';
import type { Secp256k1 } from '../../src/codec/index.ts';
import { loadNative, loadSecp256k1, loadWasm } from '../../src/codec/node.ts';
import { median, rounded } from './statistics.ts';

const PAIRS = 200;
/** The slow engines only for comparison. */
const FEW = 20;

const { privateKey } = keypairFromSeed('aivm/bench/floor');
const signer = loadSecp256k1();
const pairs = Array.from({ length: PAIRS }, (_, index) => {
  const digest = hash('aivm/bench-floor/1', u32be(index));
  return { digest, signature: signer.sign(digest, privateKey) };
});

/** Microseconds of one signature check by an engine, over the first so many pairs. */
const checkMicros = (engine: Secp256k1, count: number): number => {
  const start = performance.now();
  for (const { digest, signature } of pairs.slice(0, count)) {
    if (engine.recover(digest, signature) === undefined) throw new Error('a check failed');
  }
  return ((performance.now() - start) * 1000) / count;
};

/** One signature check and nothing else, sampled between blocks, so under the same load as they. */
export class Floor {
  readonly engine = signer.name;
  readonly #samples: number[] = [];

  constructor() {
    // Until the code is compiled it says little.
    for (let i = 0; i < 5; i++) checkMicros(signer, PAIRS);
  }

  sample(): void {
    this.#samples.push(checkMicros(signer, PAIRS));
  }

  micros(): number {
    return rounded(median(this.#samples));
  }
}

/** One check by each engine that this machine has, microseconds. */
export const engineMicros = (): Readonly<Record<string, number>> => {
  const engines = [loadNative(), loadWasm(), nobleSecp256k1].filter((each) => each !== undefined);
  return Object.fromEntries(
    engines.map((engine) => {
      const runs = Array.from({ length: 7 }, () => checkMicros(engine, FEW));
      return [engine.name, rounded(median(runs.slice(2)))];
    }),
  );
};
