import { utf8 } from '../../../../src/codec/index.ts';
import {
  openDrawnChunks,
  prepareAudit,
  prepareChallenge,
} from '../../../../src/client/challenge.ts';
import { prepareEquivocation } from '../../../../src/client/challenge.ts';
import { attestationId, bindingDigest, inputHash, sha256Hex } from '../../../../src/codec/index.ts';
import { devRandomness } from '../../../../src/machines/beacon/rounds.ts';
import { appealDeposit, bondOf } from '../../../../src/machines/challenge/money.ts';
import type { ActorId } from '../../../../src/machines/kit/index.ts';
import { CHAIN, type World } from '../../../support/world.ts';
import { PAYLOADS, PEOPLE, toNlux, type SpecMarket } from './spec-market.ts';
import { challengeAt, type SpecChallenge, type SpecState, type SpecWorld } from './trace.ts';

/** What a step of the specification is in transactions: those of one block, in order. */

type Order = ReturnType<World['order']>;
type ChallengeId = ActorId<'challenge'>;

export interface Move {
  readonly market: SpecMarket;
  /** The world before the step; `after.did` says what it was. */
  readonly before: SpecWorld;
  readonly after: SpecState;
}

const { networkId, chainId } = CHAIN;

/** The outputs of the specification are words. */
const outputOf = (word: string): Uint8Array => utf8(`the ${word} answer`);

export const idOf = (market: SpecMarket, { defendants }: SpecChallenge): ChallengeId =>
  market.challengeAbout(defendants.map(({ provider, claim }) => [provider, claim] as const));

const attest = ({ market, after }: Move): readonly Order[] => {
  const { who, at } = after.did;
  const word = after.world.attestations.get(`${who}/${at}`)?.output ?? '';
  const claim = market.claim(who, outputOf(word), { payloadHash: market.payloadHash(at) });
  return [market.order(who, market.claimSlot(who, at), claim)];
};

const open = ({ market, after }: Move): readonly Order[] => {
  const { form, defendants } = challengeAt(after.world, after.did.at);
  const [first, second] = defendants.map(({ provider, claim }) =>
    market.attestationAt(provider, claim),
  );
  if (first === undefined) throw new Error('a challenge has a defendant');
  const { receiver, message } =
    second === undefined ? prepareAudit(CHAIN, first) : prepareChallenge(CHAIN, first, second);
  const bondNlux = bondOf(market.parameters.dispute, market.specification.rerunFeeNlux, form);
  return [market.order(PEOPLE.challenger, receiver, message, bondNlux)];
};

const publish = ({ market, after }: Move): readonly Order[] => {
  const challenge = challengeAt(after.world, after.did.at);
  const payload = PAYLOADS[challenge.defendants[0]?.claim ?? -1] ?? new Uint8Array();
  return [market.order('anyone', idOf(market, challenge), { type: 'publish', payload })];
};

const round = (market: SpecMarket, number: bigint): readonly Order[] =>
  market.knowsRound(number) ? [] : [market.roundOrder(number)];

const seed = ({ market, after }: Move): readonly Order[] => {
  const id = idOf(market, challengeAt(after.world, after.did.at));
  const submit = market.order('anyone', id, { type: 'submitSeed' });
  return [...round(market, market.seedRound(id)), submit];
};

/** The number of the seat in which the provider sits. */
const seatOf = (market: SpecMarket, id: ChallengeId, provider: string): number => {
  const { seats, round: current } = market.context(id);
  const address = market.address(provider);
  const found = seats.find((seat) => seat.round === current && seat.provider === address);
  if (found === undefined) throw new Error(`${provider} has no seat`);
  return found.seat;
};

/** Seats of the specification that the step has changed. */
const changedSeats = ({ before, after }: Move) => {
  const seats = challengeAt(before, after.did.at).seats;
  return challengeAt(after.world, after.did.at).seats.filter(
    (seat, index) => seat.state !== seats[index]?.state,
  );
};

const commit = (move: Move): readonly Order[] => {
  const { market, after } = move;
  const id = idOf(market, challengeAt(after.world, after.did.at));
  return changedSeats(move).map(({ provider, state, output }) => {
    const seat = seatOf(market, id, provider);
    if (state === 'unable') return market.order(provider, id, { type: 'cannotRun', seat });
    const { commitment } = market.rerun(id, provider, outputOf(output), seat);
    return market.order(provider, id, { type: 'commit', seat, commitment });
  });
};

/** In one block: the round that names the chunks, what is revealed, and the chunks of it all. */
const reveal = (move: Move): readonly Order[] => {
  const { market, after } = move;
  const spec = challengeAt(after.world, after.did.at);
  const id = idOf(market, spec);
  const context = market.context(id);
  const revealed = changedSeats(move).map(({ provider, output, opened }) => {
    const seat = seatOf(market, id, provider);
    const { shown } = market.rerun(id, provider, outputOf(output), seat);
    return { provider, output, opened, seat, shown };
  });
  const seats = context.seats.map((each) => {
    const found = revealed.find(({ provider }) => market.address(provider) === each.provider);
    const isIts = found !== undefined && each.round === context.round;
    return isIts ? { ...each, ...found.shown, state: 'revealed' as const, seat: each.seat } : each;
  });
  const shows = [
    ...spec.defendants.filter(({ shown }) => shown),
    ...revealed.filter(({ opened }) => opened),
  ];
  const beacon = devRandomness(chainId, context.chunkRound);
  const chunks = shows.flatMap(({ provider, output }) =>
    openDrawnChunks({
      challenge: id,
      context: { ...context, seats },
      output: market.committed(provider, outputOf(output)),
      beacon,
    }).map((message) => market.order(provider, id, message)),
  );
  return [
    ...(spec.chunksNamed ? round(market, context.chunkRound) : []),
    ...revealed.map(({ provider, seat, shown }) =>
      market.order(provider, id, { type: 'reveal', seat, ...shown }),
    ),
    ...chunks,
  ];
};

const appeal = ({ market, after }: Move): readonly Order[] => {
  const id = idOf(market, challengeAt(after.world, after.did.at));
  const depositNlux = appealDeposit(market.context(id));
  const message = { type: 'appeal', named: [] } as const;
  return [market.order(PEOPLE.appellant, id, message, depositNlux)];
};

const unstake = ({ market, after }: Move): readonly Order[] => {
  const { who } = after.did;
  const amountNlux = toNlux(after.world.providers.get(who)?.lots.at(-1)?.amount ?? 0);
  const message = { type: 'unstake', amountNlux } as const;
  return [market.order(market.ownerName(who), market.provider(who), message)];
};

const withdraw = ({ market, after }: Move): readonly Order[] => [
  market.order('anyone', market.provider(after.did.who), { type: 'withdraw' }),
];

const unjail = ({ market, after }: Move): readonly Order[] => {
  const { who } = after.did;
  return [market.order(market.ownerName(who), market.provider(who), { type: 'unjail' })];
};

/** Another answer of the provider to the same claim, signed and on no chain. */
const equivocate = ({ market, after }: Move): readonly Order[] => {
  const { who, at } = after.did;
  const accused = market.attestationAt(who, at);
  const { outputHash, evidenceRoot } = market.committed(who, utf8('one more answer'));
  const other = {
    outputHash,
    evidenceRoot,
    requestId: sha256Hex(utf8(`request at ${after.world.height}`)),
    timestamp: market.time,
    teeReportHash: sha256Hex(new Uint8Array()),
  };
  const { provider, modelId } = accused.context;
  const claim = { networkId, chainId, modelId, inputHash: inputHash(accused.context), provider };
  const binding = bindingDigest({ ...claim, ...other });
  const id = attestationId({ bindingDigest: binding, teeReport: new Uint8Array() });
  const signed = { ...other, signature: market.sign(who, id) };
  const { receiver, message } = prepareEquivocation(CHAIN, accused, signed);
  return [market.order(PEOPLE.reporter, receiver, message)];
};

const MOVES: Readonly<Record<string, (move: Move) => readonly Order[]>> = {
  attest,
  open,
  publish,
  seed,
  commit,
  reveal,
  appeal,
  unstake,
  withdraw,
  unjail,
  equivocate,
  wait: () => [],
};

/** The names of all steps. */
export const REPLAYED: readonly string[] = Object.keys(MOVES);

/** The transactions of a step; none where time passes. */
export const ordersOf = (move: Move): readonly Order[] => {
  const make = MOVES[move.after.did.name];
  if (make === undefined) throw new Error(`the replay does not know ${move.after.did.name}`);
  return make(move);
};
