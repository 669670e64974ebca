import { bindingDigest, attestationId, inputHash, utf8 } from '../../../../src/codec/index.ts';
import { prepareAudit, prepareProtocolAudit } from '../../../../src/client/challenge.ts';
import { isDrawn, ticketRound } from '../../../../src/machines/attestation/audit.ts';
import { devRandomness } from '../../../../src/machines/beacon/rounds.ts';
import { auditReserve } from '../../../../src/machines/challenge/money.ts';
import { actorId, AUDIT_POOL, BEACON, type ActorId } from '../../../../src/machines/kit/index.ts';
import type { Messages } from '../../../../src/machines/messages.ts';
import { Market, RIGHT, SPECIFICATION, ZERO_HASH } from '../../../support/market.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import { CHAIN } from '../../../support/world.ts';

const { networkId, chainId } = CHAIN;

/** Enough owners for the first panel of an audit, of three seats, and not for the second. */
export const OWNERS = 12;
/** Enough for the second, of seven seats, too: 3 · 7 besides the first three and the defendant. */
export const OWNERS_OF_TWO_PANELS = 25;

export const RERUN_FEE = SPECIFICATION.rerunFeeNlux;
export const STAKE = 100n * LUX;
/** What a ticket owes the audit pool: 5 % of ten seats. */
export const DEPOSIT = RERUN_FEE / 2n;
export const RESERVE = auditReserve(SHORT.dispute, RERUN_FEE);
export const POOL = 5n * LUX;

/** Three different answers beside the right one, for seats that agree with nobody. */
export const OTHERS = ['one thing', 'another', 'a third'].map(utf8);

/** A market whose audit pool can pay. */
export const auditMarket = (count = OWNERS, parameters = SHORT, stakeNlux = STAKE): Market => {
  const market = new Market(count, parameters).open(() => stakeNlux);
  market.do('authority', AUDIT_POOL, { type: 'deposit' }, POOL);
  return market;
};

type Claim = ReturnType<Market['claim']>;

export const idOf = (claim: Claim): string => {
  const digest = bindingDigest({ ...claim, networkId, chainId, inputHash: inputHash(claim) });
  return attestationId({ bindingDigest: digest, teeReport: claim.teeReport });
};

/** The round that draws a ticket made in a block of this time. */
export const roundOf = (market: Market, time: bigint): bigint => {
  const source = market.actor(BEACON)?.context.source;
  if (source === undefined) throw new Error('no beacon');
  return ticketRound(source, time, market.parameters.dispute.beaconMarginSeconds);
};

/** Would the ticket of a block of this time have the attestation audited? */
export const drawnAt = (market: Market, id: string, time: bigint): boolean =>
  isDrawn(devRandomness(chainId, roundOf(market, time)), id, market.parameters.auditRateBps);

const BLOCK_SECONDS = 2n;
/** Unix seconds of the block so many blocks after the next. */
export const timeAfter = (market: Market, blocks = 0n): bigint =>
  market.time + (blocks + 1n) * BLOCK_SECONDS;

/** Timestamps within the skew: each makes another attestation id of one claim. */
const TRIES = 500n;

/** Attests in the next block, with an id for which the draws are as wanted. */
export const attestWhere = (
  market: Market,
  wanted: (id: string) => boolean,
  { name = 'p0', output = RIGHT, requestId = ZERO_HASH } = {},
): ActorId<'attestation'> => {
  for (let back = 0n; back < TRIES; back += 1n) {
    const claim = market.claim(name, output, { requestId, timestamp: market.time - back });
    if (!wanted(idOf(claim))) continue;
    const to = market.attestation(name, requestId);
    market.do(name, to, claim);
    return to;
  }
  throw new Error('no timestamp gives such draws');
};

export const accusedAt = (market: Market, to: ActorId<'attestation'>) => {
  const context = market.actor(to)?.context;
  if (context === undefined) throw new Error(`${to} does not exist`);
  return { slot: to.slice('attestation:'.length), context };
};

/** Receiver and message of an audit that the ticket of `payer`, a person, asks for. */
export const protocolAudit = (market: Market, to: ActorId<'attestation'>, payer = 'consumer') =>
  prepareProtocolAudit({ networkId, chainId }, accusedAt(market, to), market.address(payer));

export const audit = (market: Market, to: ActorId<'attestation'>) =>
  prepareAudit({ networkId, chainId }, accusedAt(market, to));

/** An attestation that the consumer asked for, whose ticket the beacon has drawn and told. */
export const drawnTicket = (market: Market, output = RIGHT, feeNlux = LUX / 5n) => {
  const requestId = market.ask('p0', feeNlux);
  const time = timeAfter(market);
  const wanted = (id: string) => drawnAt(market, id, time);
  const to = attestWhere(market, wanted, { output, requestId });
  market.submitRound(roundOf(market, time));
  return to;
};

/** Opens the audit that the ticket asks for. */
export const openProtocolAudit = (
  market: Market,
  to: ActorId<'attestation'>,
  payer = 'consumer',
  from = 'anyone',
): ActorId<'challenge'> => {
  const { receiver, message } = protocolAudit(market, to, payer);
  market.do(from, receiver, message);
  return receiver;
};

/** Orders of one block, all of which must be applied. */
const together = (market: Market, orders: readonly ReturnType<Market['order']>[]): void => {
  const refused = market.block(...orders).find(({ outcome }) => outcome.type === 'refused');
  if (refused !== undefined) throw new Error(JSON.stringify(refused.outcome));
};

/** The panel in hand answers, each seat with an output, and everybody opens what is asked. */
export const playPanel = (
  market: Market,
  id: ActorId<'challenge'>,
  answers: readonly Uint8Array[],
  defendants: readonly (readonly [name: string, output: Uint8Array])[],
): void => {
  market.seed(id);
  const seats = answers.map((output, seat) => {
    const name = market.seatName(id, seat - answers.length);
    return { name, output, seat, ...market.rerun(id, name, output, seat) };
  });
  const order = (name: string, message: Messages['challenge']) => market.order(name, id, message);
  together(
    market,
    seats.map(({ name, seat, commitment }) => order(name, { type: 'commit', seat, commitment })),
  );
  while (market.actor(id)?.state === 'commit') market.pass(id);
  together(
    market,
    seats.map(({ name, seat, shown }) => order(name, { type: 'reveal', seat, ...shown })),
  );
  market.nameChunks(id);
  const parties = [...defendants, ...seats.map(({ name, output }) => [name, output] as const)];
  together(
    market,
    parties.flatMap(([name, output]) =>
      market.chunkMessages(id, name, output).map((message) => order(name, message)),
    ),
  );
  market.pass(id);
};

/** An audit of `p0` from its opening to its end, if nobody appeals. */
export const playAudit = (
  market: Market,
  id: ActorId<'challenge'>,
  output: Uint8Array,
  ...panels: readonly (readonly Uint8Array[])[]
): void => {
  market.publish(id);
  market.pass(id);
  for (const answers of panels) playPanel(market, id, answers, [['p0', output]]);
  while (market.actor(id)?.state !== 'final') market.pass(id);
};

export const same = (output: Uint8Array, seats: number): readonly Uint8Array[] =>
  Array.from({ length: seats }, () => output);

export const stakeOf = (market: Market, name: string): bigint => {
  const context = market.actor(market.provider(name))?.context;
  return (context?.freeNlux ?? 0n) + (context?.lockedNlux ?? 0n);
};

export const settlementOf = (market: Market, id: ActorId<'challenge'>) =>
  market.context(id).settlement;

/** nLUX of a person's account, fees of transactions included. */
export const purse = (market: Market, name: string): bigint =>
  market.balance(actorId('account', market.address(name)));
