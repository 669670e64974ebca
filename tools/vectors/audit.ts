// The suite `audit`: an audit that was frivolous, heard twice, and one that the beacon drew, of a
// wrong answer and paid from the pool.
import { bondFor, prepareAudit, prepareProtocolAudit } from '../../src/client/challenge.ts';
import { utf8 } from '../../src/codec/index.ts';
import { isDrawn, ticketRound } from '../../src/machines/attestation/audit.ts';
import { devRandomness } from '../../src/machines/beacon/rounds.ts';
import { AUDIT_POOL, BEACON } from '../../src/machines/kit/index.ts';
import { answer, Dispute, every } from './dispute.ts';
import { LUX, RERUN_FEE_NLUX, VectorMarket, type Given } from './market.ts';
import type { Script } from './vector.ts';

const RIGHT = utf8('the right answer');
const WRONG = utf8('a wrong answer');
/** Three for each seat of the second panel, the defendant, and those of the first panel. */
const PROVIDERS = 25;
const FEE_NLUX = LUX / 5n;
const POOL_NLUX = 5n * LUX;

/** The round that draws the ticket of the next block. */
const nextTicketRound = ({ chain }: VectorMarket): bigint => {
  const source = chain.actor(BEACON)?.context.source;
  if (source === undefined) throw new Error('there is no beacon');
  const paidAt = chain.time + chain.blockSeconds;
  return ticketRound(source, paidAt, chain.parameters.dispute.beaconMarginSeconds);
};

/** Attests with a timestamp for which the beacon will draw the attestation. */
const attestDrawn = (market: VectorMarket, provider: string, bytes: Uint8Array): Given => {
  const requestId = market.ask(provider, FEE_NLUX);
  const { chainId, time, parameters } = market.chain;
  const round = nextTicketRound(market);
  const output = market.committed(provider, bytes);
  for (let past = 0n; past < parameters.timestampPastSeconds; past += 1n) {
    const timestamp = time - past;
    const { attestationId } = market.claim(provider, output, timestamp, requestId);
    if (!isDrawn(devRandomness(chainId, round), attestationId, parameters.auditRateBps)) continue;
    const given = market.attest(provider, bytes, { requestId, timestamp });
    market.chain.submitRound(round);
    return given;
  }
  throw new Error('the beacon draws none of these');
};

/** Plays both audits. */
export const playAudits = (): Script => {
  const market = new VectorMarket(PROVIDERS, { type: 'exact' }).open();
  const { chain } = market;
  chain.send('authority', AUDIT_POOL, { type: 'deposit' }, POOL_NLUX);
  const right = market.attest('p0', RIGHT);
  const opened = prepareAudit(market.names, market.challenged(right));
  const bondNlux = bondFor(chain.parameters.dispute, RERUN_FEE_NLUX, 'audit');
  chain.send('challenger', opened.receiver, opened.message, bondNlux);
  const frivolous = new Dispute(market, opened.receiver, [right]);
  frivolous.publish();
  frivolous.playPanel(every(answer(RIGHT)));
  frivolous.appeal('challenger');
  frivolous.playPanel(every(answer(RIGHT)));
  frivolous.mustEnd('valid');
  const wrong = attestDrawn(market, 'p1', WRONG);
  const payer = chain.address('consumer');
  const drawn = prepareProtocolAudit(market.names, market.challenged(wrong), payer);
  chain.send('anyone', drawn.receiver, drawn.message);
  const audit = new Dispute(market, drawn.receiver, [wrong]);
  audit.publish();
  audit.playPanel(every(answer(RIGHT)));
  audit.accept('faulty');
  chain.send('consumer', wrong.actor, { type: 'refund' });
  return market.script();
};
