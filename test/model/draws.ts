// Who sits, and which chunks are compared (PROTOCOL §6.1, §7), by lists and by counting.
import { fromHex, H, numberOf, u32, u8 } from './bytes.ts';
import { total } from './rules.ts';
import type { Member } from './state.ts';

const RANGE = 2n ** 256n;
/** Owners that a draw may find to be excluded before its seat stays empty. */
const MOST_FOUND = 8;
const MOST_CHUNK_DRAWS = 256;

export interface Drawing {
  readonly eligible: readonly Member[];
  readonly excluded: readonly string[];
  readonly beacon: string;
  readonly challenge: string;
  readonly round: number;
  /** Asked for a member that was drawn: has it, or its owner, paid? */
  readonly isPayer: (member: Member) => boolean;
}

const inOrder = (members: readonly Member[]): readonly Member[] =>
  [...members].sort((a, b) => (a.owner + a.provider < b.owner + b.provider ? -1 : 1));

const without = (members: readonly Member[], owners: readonly string[]): readonly Member[] =>
  members.filter(({ owner }) => !owners.includes(owner));

const weightOf = (members: readonly Member[]): bigint => total(members.map((each) => each.weight));

const seedOf = ({ beacon, challenge, round }: Drawing): string =>
  H('aivm/panel/1', fromHex(beacon), fromHex(challenge), u8(round));

const memberAt = (members: readonly Member[], point: bigint): Member | undefined => {
  let left = point;
  for (const member of members) {
    if (left < member.weight) return member;
    left -= member.weight;
  }
  return undefined;
};

/** One seat: a member by its share of the stake that is left, and the payers met on the way. */
const drawOne = (drawing: Drawing, owners: readonly string[], seat: number, attempt: number) => {
  const seed = seedOf(drawing);
  const found: string[] = [];
  let counter = 0;
  while (found.length <= MOST_FOUND) {
    const left = inOrder(without(drawing.eligible, [...owners, ...found]));
    const weight = weightOf(left);
    if (weight === 0n) break;
    let value: bigint;
    do {
      value = numberOf(H('aivm/draw/1', fromHex(seed), u8(seat), u8(attempt), u32(counter)));
      counter += 1;
    } while (value >= (RANGE / weight) * weight);
    const member = memberAt(left, value % weight);
    if (member === undefined) break;
    if (!drawing.isPayer(member)) return { member, found };
    found.push(member.owner);
  }
  return { member: undefined, found };
};

interface PanelTerms {
  readonly seats: number;
  readonly ownersMultiple: number;
  readonly stakeShareBps: number;
}

const maySit = ({ eligible }: Drawing, terms: PanelTerms, owners: readonly string[]): boolean => {
  const left = without(eligible, owners);
  const leftOwners = new Set(left.map(({ owner }) => owner)).size;
  const share = BigInt(terms.stakeShareBps) * weightOf(eligible);
  return leftOwners >= terms.seats * terms.ownersMultiple && weightOf(left) * 10_000n >= share;
};

/** The members of a panel by seat; nothing if it cannot sit. */
export const drawPanel = (drawing: Drawing, terms: PanelTerms): readonly Member[] | undefined => {
  if (!maySit(drawing, terms, drawing.excluded)) return undefined;
  const members: Member[] = [];
  const payers: string[] = [];
  for (let seat = 0; seat < terms.seats; seat++) {
    const seated = members.map(({ owner }) => owner);
    const { member, found } = drawOne(
      drawing,
      [...drawing.excluded, ...payers, ...seated],
      seat,
      0,
    );
    payers.push(...found);
    if (member === undefined) return undefined;
    members.push(member);
  }
  return maySit(drawing, terms, [...drawing.excluded, ...payers]) ? members : undefined;
};

/** Those who take the seats that nobody took, each with its number; some may stay empty. */
export const drawReplacements = (
  drawing: Drawing,
  seats: readonly number[],
  attempt: number,
): readonly { readonly seat: number; readonly member: Member }[] => {
  const drawn: { seat: number; member: Member }[] = [];
  for (const seat of seats) {
    const seated = drawn.map(({ member }) => member.owner);
    const { member } = drawOne(drawing, [...drawing.excluded, ...seated], seat, attempt);
    if (member !== undefined) drawn.push({ seat, member });
  }
  return drawn;
};

export interface ChunkDraw {
  readonly beacon: string;
  readonly challenge: string;
  readonly round: number;
  readonly wanted: number;
}

const chunkNumber = (draw: ChunkDraw, leaves: number, index: number): number => {
  const range = BigInt(leaves);
  for (let counter = 0; ; counter++) {
    const hash = H(
      'aivm/chunk-draw/1',
      fromHex(draw.beacon),
      fromHex(draw.challenge),
      u8(draw.round),
      u8(index),
      u32(counter),
    );
    if (numberOf(hash) < (RANGE / range) * range) return Number(numberOf(hash) % range);
  }
};

/** All chunks of a short output; else so many different ones, as drawn. */
const drawnChunks = (draw: ChunkDraw, leaves: number): readonly number[] => {
  if (leaves <= draw.wanted) return Array.from({ length: leaves }, (_, at) => at);
  const chosen: number[] = [];
  for (let index = 0; index < MOST_CHUNK_DRAWS && chosen.length < draw.wanted; index++) {
    const chunk = chunkNumber(draw, leaves, index);
    if (!chosen.includes(chunk)) chosen.push(chunk);
  }
  return chosen;
};

/** Named chunks that exist, then those drawn, each once. */
export const comparedChunks = (
  draw: ChunkDraw,
  leaves: number,
  named: readonly number[],
): readonly number[] =>
  leaves === 0
    ? []
    : [...new Set([...named.filter((index) => index < leaves), ...drawnChunks(draw, leaves)])];
