import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actorKey, type RecordOf } from '../../../src/actors/index.ts';
import { preparedKind } from '../../../src/actors/record.ts';
import { encode } from '../../../src/codec/index.ts';
import { TEE_MARKS } from '../../../src/machines/attestation/record.ts';
import { PARAMETERS, type ActorId, type ActorKind } from '../../../src/machines/kit/index.ts';
import { REGISTRY } from '../../../src/machines/registry.ts';
import { LADDER_OWNERS, LadderMarket, pairOf } from '../../support/ladder.ts';
import { MODEL_ID, RIGHT, WRONG } from '../../support/market.ts';
import { LUX } from '../../support/parameters.ts';
import { answer, hide, type Plan, SILENT, UNABLE, withhold } from '../../support/plans.ts';

const FIXED = { seed: 20_261_205, numRuns: 7 };

const market = new LadderMarket(LADDER_OWNERS).open();
const { id } = pairOf(market);
const start = market.snapshot();

/** Writes a record as no message could. */
const tamper = <K extends ActorKind>(
  of: ActorId<K>,
  change: (record: RecordOf<K>) => RecordOf<K>,
): void => {
  const record = market.actor(of);
  if (record === undefined) throw new Error(`${of} is not in state`);
  const bytes = encode(preparedKind(REGISTRY, of as ActorId).record, change(record));
  market.state = market.state.apply(new Map([[actorKey(of as ActorId), bytes]]));
};

const PLANS = [
  answer(RIGHT),
  answer(RIGHT),
  answer(WRONG),
  SILENT,
  UNABLE,
  withhold(RIGHT),
  hide(RIGHT),
];
const plans: fc.Arbitrary<Plan> = fc
  .array(fc.constantFrom(...PLANS), { minLength: 7, maxLength: 7 })
  .map((answers) => (seat, attempt) => answers[(seat + attempt) % 7] ?? SILENT);

/** The challenge through its ladder, with something done before a panel sits. */
const judged = (plan: Plan, meddle: (round: number) => void) => {
  market.restore(start);
  while (market.stateOf(id) !== 'final') {
    if (market.stateOf(id) !== 'decided') {
      meddle(market.context(id).round);
      market.playPanel(id, plan);
    } else if (market.context(id).appeals.length === 0) market.appeal(id, 'consumer');
    else market.accept(id);
  }
  const { seats, defendants, settlement, slashedNlux, ending } = market.context(id);
  const drawn = seats.map(({ round, seat, attempt, provider }) => [round, seat, attempt, provider]);
  return { verdicts: defendants, drawn, seats, settlement, slashedNlux, ending };
};

const nothing = (): void => undefined;

describe('what was fixed as a challenge opened', () => {
  it('I15: other rules and rates that come into force change nothing of it', () => {
    const rates = fc.record({
      lockBps: fc.constantFrom(2_500, 5_000),
      wrongResultBps: fc.constantFrom([1, 2, 3], [5_000, 6_000, 7_000]),
      challengerShareBps: fc.constantFrom(0, 10_000),
      appealPanels: fc.constantFrom(1, 9),
      pairPanels: fc.constantFrom([1], [3], [5, 7]),
      drawnChunks: fc.constantFrom(1, 16),
      publishBlocks: fc.bigInt(1n, 40n),
      commitBlocks: fc.bigInt(1n, 40n),
      revealBlocks: fc.bigInt(1n, 40n),
    });
    fc.assert(
      fc.property(plans, rates, fc.integer({ min: 1, max: 3 }), (plan, changed, from) => {
        const expected = judged(plan, nothing);
        const found = judged(plan, (round) => {
          if (round !== from) return;
          tamper(PARAMETERS, (record) => {
            const { current } = record.context;
            const next = { ...current, dispute: { ...current.dispute, ...changed } };
            return { ...record, context: { ...record.context, current: next } };
          });
        });
        expect(found).toEqual(expected);
      }),
      FIXED,
    );
  });

  it('I21: how a TEE stands behind an attestation is no matter for its verdict', () => {
    const mark = fc.constantFrom(...TEE_MARKS);
    fc.assert(
      fc.property(plans, mark, mark, (plan, first, second) => {
        const expected = judged(plan, nothing);
        const found = judged(plan, () => {
          for (const [name, tee] of [
            ['p0', first],
            ['p1', second],
          ] as const) {
            tamper(market.attestation(name), (record) => ({
              ...record,
              context: { ...record.context, tee },
            }));
          }
        });
        expect(found).toEqual(expected);
      }),
      FIXED,
    );
  });

  it('I25: stakes that come and go afterwards change no draw', () => {
    const move = fc.record({
      name: fc.constantFrom(...market.providers.slice(2)),
      kind: fc.constantFrom('stake', 'unstake', 'leave', 'serve'),
      amountNlux: fc.bigInt(1n, 9n).map((lux) => lux * LUX),
    });
    const order = ({
      name,
      kind,
      amountNlux,
    }: typeof move extends fc.Arbitrary<infer T> ? T : never) => {
      const [owner, to] = [market.ownerName(name), market.provider(name)];
      const { profileHash } = market;
      if (kind === 'stake') return market.order(owner, to, { type: 'stake' }, 100n * amountNlux);
      if (kind === 'unstake') return market.order(owner, to, { type: 'unstake', amountNlux });
      if (kind === 'leave') return market.order(owner, to, { type: 'leave', profileHash });
      return market.order(owner, to, { type: 'serve', profileHash, modelId: MODEL_ID });
    };
    fc.assert(
      fc.property(plans, fc.array(move, { maxLength: 12 }), (plan, moves) => {
        const expected = judged(plan, nothing).drawn;
        const found = judged(plan, (round) => {
          // The first window has room for a block more.
          if (round === 1) market.block(...moves.map(order));
        });
        expect(found.drawn).toEqual(expected);
      }),
      FIXED,
    );
  });
});
