import { beforeAll, describe, expect, it } from 'vitest';
import { calibrateUlp } from '../../../../examples/calibrate.ts';
import { calibrate, measureKinds, type KindOutputs } from '../../../../src/calibration/index.ts';
import { whyUnsound, type Comparator } from '../../../../src/machines/comparators/index.ts';
import { judge } from '../../../../tools/calibrate/judge.ts';
import { settingsWith } from '../../../../tools/calibrate/settings.ts';
import { ENGINES, SENTENCES, whyAbsent } from '../../../engines/index.ts';
import { LUX } from '../../../support/parameters.ts';
import { BOND, EngineMarket, FEE } from './market.ts';
import { between, within } from './noise.ts';
import {
  changed,
  honestOn,
  keptComparator,
  kindsOf,
  PAIRS,
  runAll,
  WRONG_WEIGHTS,
  type OutputOf,
} from './runs.ts';

// Providers run a real model on engines that round differently (PROTOCOL §6.2, §7). Nothing here
// knows an output beforehand: bits belong to a processor and a version of Node.

const absent = whyAbsent();
const [OWN, CPU] = [honestOn('own'), honestOn('tfjs-cpu')];
const SETTINGS = ['cosine, 1 chunk', 'cosine, 8 chunks', 'ulp, 8 chunks'] as const;
const NOTHING = new Uint8Array();
const SLASH = { one: 5n * LUX, three: 10n * LUX, seven: 20n * LUX };

/** Each wrong run beside an honest one. */
const faultsOf = (outputOf: OutputOf): readonly KindOutputs[] =>
  WRONG_WEIGHTS.map((weights) => ({
    kind: weights,
    outputs: SENTENCES.map((_, at) => [outputOf(changed(weights), at), outputOf(OWN, at)]),
  }));

/** Thresholds from the ten sentences, which the wrong weights must exceed. */
const calibrateHere = (setting: string, outputOf: OutputOf): Comparator => {
  const [honest, wrong] = [kindsOf(outputOf), faultsOf(outputOf)];
  const template = settingsWith(0n).find(({ name }) => name === setting)?.comparator;
  if (template === undefined) throw new RangeError(`There is no setting ${setting}.`);
  const [samples, faults] = [measureKinds(template, honest), measureKinds(template, wrong)];
  if (!samples.ok || !faults.ok) throw new Error('outputs that cannot be measured');
  const found =
    template.type === 'ulp'
      ? calibrateUlp(honest, wrong)
      : calibrate(template, samples.value, {
          faults: faults.value.flatMap(({ distances }) => distances),
        });
  if (!found.ok) throw new Error(found.failure.message);
  return found.value.comparator;
};

describe.skipIf(absent !== '')(`${absent}real outputs`, () => {
  let outputOf: OutputOf;
  const here = new Map<string, Comparator>();
  const comparatorOf = (from: 'here' | 'kept', setting: string): Comparator =>
    from === 'kept' ? keptComparator(setting) : (here.get(setting) ?? { type: 'exact' });

  beforeAll(async () => {
    outputOf = await runAll();
    for (const setting of SETTINGS) here.set(setting, calibrateHere(setting, outputOf));
  });

  /** The first sentence, from one on, to which two engines give different bits. */
  const differing = (one: typeof OWN, other: typeof OWN, from = 0): number => {
    const order = SENTENCES.map((_, at) => (from + at) % SENTENCES.length);
    const found = order.find((at) => !Buffer.from(outputOf(one, at)).equals(outputOf(other, at)));
    if (found === undefined) throw new Error('two engines agree in every bit');
    return found;
  };

  describe('exact', () => {
    let market: EngineMarket;
    beforeAll(() => {
      market = new EngineMarket({ type: 'exact' }, outputOf);
    });

    it.each([
      ['own', 'tfjs-cpu'],
      ['tfjs-cpu', 'own'],
      ['tfjs-wasm', 'own'],
    ] as const)('slashes an honest provider on %s where the seat runs %s', (slashed, seat) => {
      const [first, second] = [honestOn(slashed), honestOn(seat)];
      market.about(differing(first, second));
      const id = market.pairOf(first, second);
      market.playPanel(id, [market.outputOf(second)]);
      expect(market.findings(id)).toEqual({ p0: 'faulty', p1: 'valid' });
      market.accept(id);
      expect(market.losses()).toEqual({ p0: SLASH.one });
    });
  });

  describe.each(SETTINGS)('thresholds of %s', (setting) => {
    it('may be registered', () => {
      expect(whyUnsound(comparatorOf('here', setting), { decoding: 'none' })).toBeUndefined();
      expect(whyUnsound(comparatorOf('kept', setting), { decoding: 'none' })).toBeUndefined();
    });

    it('that were kept reject what those of the ten sentences reject: no honest output', () => {
      const outputs = (provider: typeof OWN, seat: typeof OWN) =>
        SENTENCES.map((_, at) => [outputOf(provider, at), outputOf(seat, at)] as const);
      const honest = PAIRS.map(([provider, seat]) => ({
        provider,
        weights: 'honest' as const,
        seat,
        outputs: outputs(honestOn(provider), honestOn(seat)),
      }));
      const wrong = WRONG_WEIGHTS.flatMap((weights) =>
        ENGINES.map((seat) => ({
          provider: changed(weights).engine,
          weights,
          seat,
          outputs: outputs(changed(weights), honestOn(seat)),
        })),
      );
      for (const from of ['here', 'kept'] as const) {
        const judged = (of: typeof honest | typeof wrong) =>
          of.map((meeting) => judge(comparatorOf(from, setting), meeting));
        for (const { rejects, rejectsNamed } of judged(wrong)) {
          expect([rejects, rejectsNamed]).toEqual([SENTENCES.length, SENTENCES.length]);
        }
        for (const { supports, rejects } of judged(honest)) {
          expect(rejects).toBe(0);
          if (from === 'here') expect(supports).toBe(SENTENCES.length);
        }
      }
    });
  });

  const profiles = SETTINGS.flatMap((setting) => [
    { setting, from: 'here' as const, called: 'calibrated here' },
    { setting, from: 'kept' as const, called: 'as kept' },
  ]);

  describe.each(profiles)('$setting, $called', ({ setting, from }) => {
    let market: EngineMarket;
    beforeAll(() => {
      market = new EngineMarket(comparatorOf(from, setting), outputOf);
    });
    const all = () => ENGINES.map((engine) => market.outputOf(honestOn(engine)));

    it.each(PAIRS)('upholds honest %s and %s; the challenger pays the re-run', (one, other) => {
      const [first, second] = [honestOn(one), honestOn(other)];
      const place = PAIRS.findIndex(([a, b]) => a === one && b === other);
      market.about(differing(first, second, place));
      const seat = ENGINES[place % ENGINES.length] ?? one;
      const id = market.pairOf(first, second);
      market.playPanel(id, [market.outputOf(honestOn(seat))]);
      expect(market.findings(id)).toEqual({ p0: 'valid', p1: 'valid' });
      market.accept(id);
      expect(market.context(id).settlement).toEqual({
        burnedNlux: 0n,
        rerunsNlux: FEE,
        rewardNlux: 0n,
        bondBackNlux: BOND - FEE,
        upheldNlux: 0n,
        appealsBackNlux: 0n,
      });
      expect(market.losses()).toEqual({});
    });

    it.each(WRONG_WEIGHTS)('finds %s weights beside an honest answer, whoever sits', (weights) => {
      for (const [at, seat] of ENGINES.entries()) {
        market.about(at);
        const id = market.pairOf(changed(weights), ENGINES[0] === seat ? CPU : OWN);
        market.playPanel(id, [market.outputOf(honestOn(seat))]);
        expect(market.findings(id), seat).toEqual({ p0: 'faulty', p1: 'valid' });
        market.accept(id);
        expect(market.losses(), seat).toEqual({ p0: SLASH.one });
      }
    });

    it.each(WRONG_WEIGHTS)('finds %s weights by an audit of three engines', (weights) => {
      market.about(7);
      const id = market.auditOf(changed(weights));
      market.playPanel(id, all());
      expect(market.findings(id)).toEqual({ p0: 'faulty' });
      market.accept(id);
      expect(market.losses()).toEqual({ p0: SLASH.three });
    });

    it('upholds an honest answer that is audited', () => {
      market.about(8);
      const id = market.auditOf(CPU);
      market.playPanel(
        id,
        all().filter((_, at) => ENGINES[at] !== 'tfjs-cpu'),
      );
      expect(market.findings(id)).toEqual({ p0: 'valid' });
      market.accept(id);
      expect(market.losses()).toEqual({});
    });

    it('says the same in all panels up to seven seats on four engines', () => {
      market.about(9);
      const id = market.pairOf(changed('8bit'), CPU);
      for (const seats of [1, 3, 7]) {
        market.playPanel(id, all());
        expect(market.seats(id)).toHaveLength(seats);
        expect(market.findings(id)).toEqual({ p0: 'faulty', p1: 'valid' });
        if (seats < 7) market.appeal(id, 'p0 owner');
      }
      market.accept(id);
      expect(market.context(id).ending).toBe('lastPanel');
      expect(market.losses()).toEqual({ p0: SLASH.seven });
    });

    it('leaves a seat alone that is noisy within the thresholds', () => {
      const { comparator } = market.specification;
      market.about(5);
      const id = market.auditOf(changed('damaged'));
      const [first = NOTHING, ...others] = all();
      market.playPanel(id, [within(comparator, first), ...others]);
      market.accept(id);
      expect(market.losses()).toEqual({ p0: SLASH.three });
    });

    it('leaves a seat alone that is noisy beyond all that was measured', () => {
      const { comparator } = market.specification;
      market.about(6);
      const id = market.pairOf(changed('8bit'), CPU);
      market.playPanel(id, all());
      market.appeal(id, 'p0 owner');
      const [first = NOTHING, ...others] = all();
      market.playPanel(id, [between(comparator, first), ...others]);
      expect(market.stances(id, 'p0')).toEqual(['rejects', 'rejects', 'rejects']);
      expect(market.stances(id, 'p1')).toEqual(['abstains', 'supports', 'supports']);
      expect(market.findings(id)).toEqual({ p0: 'faulty', p1: 'valid' });
      market.accept(id);
      expect(market.losses()).toEqual({ p0: SLASH.three });
    });
  });
});
