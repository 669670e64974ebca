import { describe, expect, it } from 'vitest';
import { bondOf } from '../../../../src/machines/challenge/money.ts';
import { hasKnownShape } from '../../../../src/machines/comparators/index.ts';
import { BURN } from '../../../../src/machines/kit/index.ts';
import { PAYLOAD, SPECIFICATION } from '../../../support/market.ts';
import { SCALES, type Scale } from '../../../support/scales.ts';
import { flat, marketOf, type ChallengeId } from '../../../support/tolerance.ts';
import type { ToleranceMarket } from '../../../support/tolerance.ts';

type Orders = Parameters<ToleranceMarket['doAll']>[0];

/** A dispute of one of the pairs: what it asks for in each of its windows. */
interface Dispute {
  readonly id: ChallengeId;
  readonly names: readonly [string, string];
}

const PAIRS: readonly Dispute['names'][] = [
  ['p0', 'p1'],
  ['p2', 'p3'],
];
const LEVELS = { p0: 0, p1: 6, p2: 1, p3: 5 };

const shownBy = (market: ToleranceMarket, name: string): Uint8Array =>
  market.shows.get(name) ?? new Uint8Array();

const opening = (market: ToleranceMarket, { id, names: [first, second] }: Dispute): Orders => {
  const bond = bondOf(market.parameters.dispute, SPECIFICATION.rerunFeeNlux);
  const message = market.challengeMessage(first, second);
  return [market.order(`${first} owner`, id, message, bond)];
};

const publishing = (market: ToleranceMarket, { id, names }: Dispute): Orders => [
  market.order('anyone', id, { type: 'publish', payload: PAYLOAD }),
  ...(hasKnownShape(market.scale.comparator) ? names : []).map((name) =>
    market.order('anyone', id, market.showing(id, name)),
  ),
];

const chunks = (market: ToleranceMarket, { id, names }: Dispute, answer: Uint8Array): Orders => {
  const parties = [
    ...names.map((name) => ({ name, output: shownBy(market, name) })),
    { name: market.seatName(id), output: answer },
  ];
  return parties.flatMap(({ name, output }) =>
    market.chunkMessages(id, name, output).map((message) => market.order(name, id, message)),
  );
};

/** Two disputes at once; every block holds what both ask for, in one order or back. */
const played = (scale: Scale, isReversed: boolean) => {
  const market = marketOf(scale);
  Object.entries(LEVELS).forEach(([name, level], text) => {
    market.attestAs(name, market.outputOf(flat(level), text));
  });
  const disputes = PAIRS.map((names): Dispute => ({ id: market.challengeOf(...names), names }));
  const [first] = disputes;
  if (first === undefined) throw new Error('two pairs');
  const together = (ordersOf: (dispute: Dispute) => Orders): void => {
    const orders = disputes.flatMap(ordersOf);
    market.doAll(isReversed ? orders.toReversed() : orders);
  };
  together((each) => opening(market, each));
  together((each) => publishing(market, each));
  market.pass(first.id);
  market.submitRound(market.seedRound(first.id));
  together(({ id }) => [market.order('anyone', id, { type: 'submitSeed' })]);
  const answers = new Map(disputes.map(({ id }) => [id, market.answerOf(id, flat(0))]));
  const answerOf = (id: ChallengeId) => answers.get(id) ?? new Uint8Array();
  const rerun = (id: ChallengeId) => market.rerun(id, market.seatName(id), answerOf(id));
  together(({ id }) => {
    const { commitment } = rerun(id);
    return [market.order(market.seatName(id), id, { type: 'commit', seat: 0, commitment })];
  });
  market.pass(first.id);
  together(({ id }) => {
    const { shown } = rerun(id);
    return [market.order(market.seatName(id), id, { type: 'reveal', seat: 0, ...shown })];
  });
  market.nameChunks(first.id);
  together((each) => chunks(market, each, answerOf(each.id)));
  market.pass(first.id);
  return { market, ids: disputes.map(({ id }) => id) };
};

const outcome = ({ market, ids }: ReturnType<typeof played>) => ({
  challenges: ids.map((id) => market.actor(id)),
  providers: market.providers.map((name) => market.actor(market.provider(name))),
  burned: market.balance(BURN),
});

describe.each(SCALES.map((scale) => [scale.comparator.type, scale] as const))(
  '%s: two disputes at once on one claim',
  (_, scale) => {
    it('end alike whichever comes first in every block (I47)', () => {
      const { market, ids } = played(scale, false);
      expect(ids.map((id) => market.verdicts(id))).toEqual([
        ['valid', 'faulty'],
        ['valid', 'faulty'],
      ]);
      const straight = outcome({ market, ids });
      expect(outcome(played(scale, true))).toEqual(straight);
    });
  },
);
