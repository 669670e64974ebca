// The suite `equivocation`: a provider that signed two answers to one claim loses its stake while a
// challenge against it is open, which then takes its course; its fees go back.
import { bondFor, prepareChallenge, prepareEquivocation } from '../../src/client/challenge.ts';
import { sha256Hex, utf8 } from '../../src/codec/index.ts';
import { answer, Dispute, every } from './dispute.ts';
import { LUX, ownerOf, RERUN_FEE_NLUX, VectorMarket } from './market.ts';
import type { Script } from './vector.ts';

const RIGHT = utf8('the right answer');
const WRONG = utf8('a wrong answer');
const PROVIDERS = 8;
const FEE_NLUX = LUX / 10n;

/** Plays the proof, and the challenge to its end. */
export const playEquivocation = (): Script => {
  const market = new VectorMarket(PROVIDERS, { type: 'exact' }).open();
  const { chain } = market;
  const asked = market.attest('p0', RIGHT, { requestId: market.ask('p0', FEE_NLUX) });
  const first = market.attest('p0', RIGHT);
  const second = market.attest('p1', WRONG);
  const unstake = { type: 'unstake', amountNlux: 5n * LUX } as const;
  chain.send(ownerOf('p0'), market.providerActor('p0'), unstake);
  const opened = prepareChallenge(
    market.names,
    market.challenged(first),
    market.challenged(second),
  );
  const bondNlux = bondFor(chain.parameters.dispute, RERUN_FEE_NLUX);
  chain.send('challenger', opened.receiver, opened.message, bondNlux);
  const dispute = new Dispute(market, opened.receiver, [first, second]);
  const { message: other } = market.claim('p0', market.committed('p0', WRONG), chain.time);
  const proof = prepareEquivocation(market.names, market.challenged(asked), {
    ...other,
    teeReportHash: sha256Hex(other.teeReport),
  });
  chain.send('anyone', proof.receiver, proof.message);
  const tombstoned = chain.actor(market.providerActor('p0'))?.state;
  if (tombstoned !== 'tombstoned') throw new Error(`the provider is ${tombstoned}`);
  chain.send('consumer', asked.actor, { type: 'refund' });
  dispute.publish();
  dispute.playPanel(every(answer(RIGHT)));
  dispute.accept('valid', 'faulty');
  return market.script();
};
