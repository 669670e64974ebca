// The verdict rule (PROTOCOL §6.2) over seats and whom they are near.
import type { Stance } from './state.ts';

export interface Relations {
  readonly seats: number;
  /** By defendant, then by seat; `none` for a seat that did not answer. */
  readonly stances: readonly (readonly Stance[])[];
  readonly nearDefendant: (seat: number, defendant: number) => boolean;
  readonly nearSeat: (seat: number, centre: number) => boolean;
  readonly farFromSeat: (seat: number, other: number) => boolean;
}

interface Judged {
  readonly finding: 'valid' | 'faulty' | 'undecided';
  /** Seats that reject it and are far from all of those who agree. */
  readonly stray: readonly number[];
}

export const judge = (of: Relations, defendant: number): Judged => {
  const all = Array.from({ length: of.seats }, (_, seat) => seat);
  const stances = of.stances[defendant] ?? [];
  const supporting = all.filter((seat) => stances[seat] === 'supports');
  const rejecting = all.filter((seat) => stances[seat] === 'rejects');
  const toUphold = Math.floor(of.seats / 2) + 1;
  const toSlash = Math.floor((2 * of.seats) / 3) + 1;
  const centres: ((seat: number) => boolean)[] = [];
  of.stances.forEach((_, other) => {
    if (other !== defendant) centres.push((seat) => of.nearDefendant(seat, other));
  });
  if (of.seats >= 3) rejecting.forEach((c) => centres.push((seat) => of.nearSeat(seat, c)));
  const clusters = centres
    .map((isNear) => rejecting.filter(isNear))
    .filter((cluster) => cluster.length >= toUphold);
  const cluster = [...new Set(clusters.flat())];
  const stray = rejecting.filter((seat) => cluster.every((other) => of.farFromSeat(seat, other)));
  if (supporting.length >= toUphold) return { finding: 'valid', stray: [] };
  const isFaulty = rejecting.length >= toSlash && clusters.length > 0;
  return isFaulty ? { finding: 'faulty', stray } : { finding: 'undecided', stray: [] };
};
