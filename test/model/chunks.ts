// What parties open of their outputs, and what is read out of it (PROTOCOL §6, 5; §7).
import { amountIn, bytesIn, listIn, must, need, numberIn } from './chain.ts';
import type { Message, World } from './chain.ts';
import { comparedChunks, type ChunkDraw } from './draws.ts';
import type { Relations } from './judge.ts';
import type { Challenge, Defendant, Seat, Stance } from './state.ts';
import { hasShape, provesEvidence, provesOutput } from './trees.ts';

const TOKEN = 4;
const FIRST_SEAT = 2;

export const panelsOf = (of: Challenge): readonly number[] =>
  of.form === 'pair' ? of.terms.pairPanels : of.terms.auditPanels;

export const seatsNow = (of: Challenge): number => panelsOf(of)[of.round - 1] ?? 0;

export const chunkDrawOf = (
  { state }: World,
  challenge: string,
  of: Challenge,
): ChunkDraw | undefined => {
  const known = of.chunkRound === 0n ? undefined : state.rounds.get(of.chunkRound);
  if (known === undefined) return undefined;
  const blocksLeft = of.deadline - known.height;
  if (blocksLeft < of.terms.revealBlocks / 2n) return undefined;
  return { beacon: known.randomness, challenge, round: of.round, wanted: of.terms.drawnChunks };
};

/** With `tokens`, a seat also shows what it has right behind the end of an output. */
const wantedOfSeat = (of: Challenge, draw: ChunkDraw, leaves: number): readonly number[] => {
  if (of.comparator.type === 'exact') return comparedChunks(draw, leaves, of.named);
  const places = of.defendants
    .filter(({ substantiated }) => substantiated)
    .flatMap((each) => [...comparedChunks(draw, each.leaves, of.named), each.leaves]);
  return [...new Set(places)];
};

export const wanted = (
  of: Challenge,
  draw: ChunkDraw,
  party: number,
  leaves: number,
): readonly number[] =>
  party < FIRST_SEAT ? comparedChunks(draw, leaves, of.named) : wantedOfSeat(of, draw, leaves);

const revealed = (of: Challenge, seat: number): Seat | undefined =>
  of.seats.find(
    (each) => each.round === of.round && each.seat === seat && each.state === 'revealed',
  );

const partyOf = (of: Challenge, party: number): Defendant | Seat | undefined =>
  party < FIRST_SEAT ? of.defendants[party] : revealed(of, party - FIRST_SEAT);

const key = (party: number, place: number): string =>
  party.toString(16).padStart(2, '0') + place.toString(16).padStart(8, '0');

export const isComplete = (
  of: Challenge,
  draw: ChunkDraw,
  party: number,
  { leaves, opened }: { readonly leaves: number; readonly opened: bigint },
): boolean => {
  const chunks = wanted(of, draw, party, leaves);
  return chunks.length > 0 && chunks.every((_, at) => (opened >> BigInt(at)) % 2n === 1n);
};

const isCutRight = (of: Challenge, message: Message): boolean => {
  const { length } = bytesIn(message, 'outputChunk');
  if (of.comparator.type === 'exact') return length <= of.chunkBytes;
  const full = of.comparator.chunkElements * TOKEN;
  const isLast = numberIn(message, 'index') + 1 >= numberIn(message, 'leaves');
  return (isLast ? length <= full : length === full) && length % TOKEN === 0;
};

const isProven = (message: Message, party: Defendant | Seat): boolean => {
  const chunk = bytesIn(message, 'outputChunk');
  const [leaves, index] = [numberIn(message, 'leaves'), numberIn(message, 'index')];
  const [bytes, evidenceBytes] = [amountIn(message, 'bytes'), amountIn(message, 'evidenceBytes')];
  const proof = listIn<string>(message, 'outputProof');
  const evidenceProof = listIn<string>(message, 'evidenceProof');
  const { outputHash, evidenceRoot, provider } = party;
  if (bytesIn(message, 'evidenceChunk').length > 0) return false;
  if (index >= leaves) {
    return (
      chunk.length === 0 &&
      proof.length === 1 &&
      evidenceProof.length === 1 &&
      hasShape(outputHash, leaves, bytes, proof[0] ?? '') &&
      hasShape(evidenceRoot, leaves, evidenceBytes, evidenceProof[0] ?? '')
    );
  }
  const opening = { leaves, index, chunk };
  return (
    provesOutput({ ...opening, root: outputHash, bytes, proof }) &&
    provesEvidence(
      { ...opening, root: evidenceRoot, bytes: evidenceBytes, proof: evidenceProof },
      provider,
    )
  );
};

/** Tokens that differ, those that only one has counted. */
const distance = (a: Uint8Array, b: Uint8Array): number => {
  const tokens = (bytes: Uint8Array): string[] =>
    Array.from({ length: bytes.length / TOKEN }, (_, at) =>
      bytes.slice(at * TOKEN, (at + 1) * TOKEN).join(),
    );
  const [left, right] = [tokens(a), tokens(b)];
  const longer = left.length > right.length ? left : right;
  return longer.filter((_, at) => left[at] !== right[at]).length;
};

const NOTHING = new Uint8Array(0);

interface Measured {
  namedFar: boolean;
  notNear: boolean;
  far: number;
}

/** Everything that has been shown of a seat and of a defendant, compared place by place. */
const measure = (of: Challenge, seat: Seat, defendant: number): Measured => {
  const found: Measured = { namedFar: false, notNear: false, far: 0 };
  const accused = of.defendants[defendant];
  if (of.comparator.type !== 'tokens' || accused === undefined) return found;
  const { loTokens, hiTokens } = of.comparator;
  for (let place = 0; place <= accused.leaves; place++) {
    const isBehind = place === accused.leaves && accused.substantiated;
    const theirs = isBehind ? NOTHING : of.shown.get(key(defendant, place));
    const own = of.shown.get(key(FIRST_SEAT + seat.seat, place));
    if (theirs === undefined || own === undefined) continue;
    const apart = distance(theirs, own);
    if (apart > loTokens) found.notNear = true;
    if (apart <= hiTokens) continue;
    if (isBehind || of.named.includes(place)) found.namedFar = true;
    else found.far += 1;
  }
  return found;
};

/** The same as one number: bit 7 a named chunk is far, bit 6 one is not near, then how many far. */
const marksOf = (of: Challenge, seat: Seat, defendant: number): number => {
  const { namedFar, notNear, far } = measure(of, seat, defendant);
  return (namedFar ? 128 : 0) + (notNear ? 64 : 0) + far;
};

/** Seats of the panel of which something that both have shown lies further than so many tokens. */
const beyond = (of: Challenge, seat: Seat, tokens: number): number[] => {
  const places = [...of.shown.keys()].map((each) => Number.parseInt(each.slice(2), 16));
  return of.seats
    .filter((other) => other !== seat && revealed(of, other.seat) === other)
    .filter((other) =>
      places.some((place) => {
        const own = of.shown.get(key(FIRST_SEAT + seat.seat, place));
        const theirs = of.shown.get(key(FIRST_SEAT + other.seat, place));
        return own && theirs && distance(own, theirs) > tokens;
      }),
    )
    .map((other) => other.seat);
};

/** A chunk of a party, proved under both of its roots (PROTOCOL §6, 5). */
export const openChunk = (world: World, self: string, of: Challenge, message: Message): void => {
  const partyNumber = numberIn(message, 'party');
  const [leaves, index] = [numberIn(message, 'leaves'), numberIn(message, 'index')];
  need(of.state === 'reveal' && world.state.height < of.deadline, 'not now');
  const party = must(partyOf(of, partyNumber), 'no such party');
  need(!('substantiated' in party) || party.substantiated, 'it showed no output');
  need(isCutRight(of, message), 'not cut as asked');
  need(party.leaves === 0 || party.leaves === leaves, 'other leaves');
  const draw = must(chunkDrawOf(world, self, of), 'the round is unknown');
  const at = wanted(of, draw, partyNumber, leaves).indexOf(index);
  need(at >= 0, 'not asked for');
  need((party.opened >> BigInt(at)) % 2n === 0n, 'opened already');
  need(isProven(message, party), 'not proven');
  party.leaves = leaves;
  party.opened += 1n << BigInt(at);
  if (of.comparator.type === 'exact') return;
  of.shown.set(key(partyNumber, index), bytesIn(message, 'outputChunk'));
  for (const seat of of.seats) {
    if (revealed(of, seat.seat) !== seat) continue;
    seat.marks = of.defendants.map((_, defendant) => marksOf(of, seat, defendant));
    seat.apart = beyond(of, seat, of.comparator.loTokens);
    seat.remote = beyond(of, seat, of.comparator.hiTokens);
  }
};

const stanceOf = (of: Challenge, draw: ChunkDraw, seat: Seat, at: number): Stance => {
  const accused = of.defendants[at];
  if (accused === undefined) return 'none';
  if (of.comparator.type === 'exact') {
    return seat.outputHash === accused.outputHash ? 'supports' : 'rejects';
  }
  const marks = measure(of, seat, at);
  const minFail = Math.min(of.comparator.minFail, of.terms.drawnChunks, accused.leaves);
  if (marks.namedFar || (marks.far >= minFail && minFail > 0)) return 'rejects';
  return !marks.notNear && isComplete(of, draw, at, accused) ? 'supports' : 'abstains';
};

/** How the seats that answered stand to the defendants and to one another (PROTOCOL §7). */
export const relationsOf = (of: Challenge, draw: ChunkDraw): Relations => {
  const seats = seatsNow(of);
  const answered = Array.from({ length: seats }, (_, at) =>
    of.seats.find(
      (each) => each.round === of.round && each.seat === at && each.state === 'answered',
    ),
  );
  const stances = of.defendants.map((_, at) =>
    answered.map((seat): Stance => (seat === undefined ? 'none' : stanceOf(of, draw, seat, at))),
  );
  return {
    seats,
    stances,
    nearDefendant: (seat, defendant) => stances[defendant]?.[seat] === 'supports',
    nearSeat: (seat, centre) => {
      const [a, b] = [answered[seat], answered[centre]];
      if (a === undefined || b === undefined) return false;
      if (of.comparator.type === 'exact') return a.outputHash === b.outputHash;
      return !a.apart.includes(b.seat);
    },
    farFromSeat: (seat, other) => {
      const [a, b] = [answered[seat], answered[other]];
      if (a === undefined || b === undefined) return false;
      if (of.comparator.type === 'exact') return a.outputHash !== b.outputHash;
      return a.remote.includes(b.seat);
    },
  };
};
