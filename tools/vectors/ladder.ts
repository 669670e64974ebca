// The suite `ladder`: a pair under `exact` that goes through all panels, with appeals against each
// verdict, seats that are silent, decline, withhold and are wrong, and the money at its end.
import { bondFor, prepareChallenge } from '../../src/client/challenge.ts';
import { utf8 } from '../../src/codec/index.ts';
import { answer, Dispute, each, every, type Plan } from './dispute.ts';
import { LUX, ownerOf, RERUN_FEE_NLUX, VectorMarket } from './market.ts';
import type { Script } from './vector.ts';

const RIGHT = utf8('the right answer');
const WRONG = utf8('a wrong answer');
/** Three for each seat of the last panel, the parties, and all who sat or were drawn before. */
const PROVIDERS = 29;
const FEE_NLUX = LUX / 10n;

/** The first who is drawn says nothing, the second cannot, the third is wrong. */
const first: Plan = (_, attempt) => {
  if (attempt === 0) return { does: 'silence' };
  return attempt === 1 ? { does: 'decline' } : answer(WRONG);
};
const last = each(...Array.from({ length: 5 }, () => answer(RIGHT)), answer(WRONG), {
  does: 'withhold',
  output: RIGHT,
});

/** Plays the ladder. */
export const playLadder = (): Script => {
  const market = new VectorMarket(PROVIDERS, { type: 'exact' }).open();
  const { chain } = market;
  const right = market.attest('p0', RIGHT, { requestId: market.ask('p0', FEE_NLUX) });
  const wrong = market.attest('p1', WRONG);
  chain.send('consumer', wrong.actor, { type: 'pay' }, FEE_NLUX);
  const opened = prepareChallenge(market.names, market.challenged(right), market.challenged(wrong));
  const bondNlux = bondFor(chain.parameters.dispute, RERUN_FEE_NLUX);
  chain.send('challenger', opened.receiver, opened.message, bondNlux);
  const dispute = new Dispute(market, opened.receiver, [right, wrong]);
  dispute.publish();
  dispute.playPanel(first);
  dispute.mustFind('faulty', 'valid');
  dispute.appeal(ownerOf('p0'));
  dispute.playPanel(every(answer(RIGHT)));
  dispute.mustFind('valid', 'faulty');
  dispute.appeal(ownerOf('p1'));
  dispute.playPanel(last);
  dispute.mustEnd('valid', 'faulty');
  chain.send(ownerOf('p0'), right.actor, { type: 'settle' });
  chain.send('consumer', wrong.actor, { type: 'refund' });
  return market.script();
};
