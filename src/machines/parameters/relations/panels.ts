import { MAX_SEATS } from '../../challenge/record.ts';
import { atMost, fromBps } from '../rational.ts';
import { exposureBound } from '../deterrence.ts';
import { firstAuditRate, seatsOf } from '../ladder.ts';
import { MAX_COMMIT_WINDOWS, type DisputeTerms, type Parameters } from '../record.ts';
import type { Relation } from './relation.ts';

/** Seats of a panel: what its verdict sends and tells stays within a transaction's limits. */
const MAX_PANEL_SEATS = 11;

const rises = (values: readonly number[], least: number): boolean =>
  values.every((value, index) => value - (values[index - 1] ?? value - least) >= least);

const isLadder = (panels: readonly number[]): boolean =>
  panels.length > 0 && panels.every((seats) => seats % 2 === 1) && rises(panels, 1);

/** Do pairs and audits give the same seats to the panel of one rate? */
const agrees = (terms: DisputeTerms): boolean => {
  const first = firstAuditRate(terms);
  return terms.auditPanels.every((seats, index) => {
    const ofPair = terms.pairPanels[first + index];
    return ofPair === undefined || ofPair === seats;
  });
};

const coversLadders = (terms: DisputeTerms): boolean =>
  terms.wrongResultBps.length >= terms.pairPanels.length && firstAuditRate(terms) >= 0;

const topRate = ({ wrongResultBps }: DisputeTerms): number =>
  wrongResultBps.reduce((top, rate) => Math.max(top, rate), 0);

const highestSlash = (terms: DisputeTerms): number =>
  Math.max(topRate(terms), terms.unsubstantiatedBps);

const LADDERS = [
  { path: 'dispute.pairPanels', of: (terms: DisputeTerms) => terms.pairPanels },
  { path: 'dispute.auditPanels', of: (terms: DisputeTerms) => terms.auditPanels },
] as const;

const shapeRelations: readonly Relation[] = LADDERS.flatMap(({ path, of }) => [
  {
    name: 'panels-odd-and-rising',
    path,
    holds: (p) => isLadder(of(p.dispute)),
    explain: () => 'must be at least one panel, of odd sizes, each larger than the one before',
  },
  {
    name: 'panel-fits-transaction',
    path,
    holds: (p) => of(p.dispute).every((seats) => seats <= MAX_PANEL_SEATS),
    explain: () => `must have at most ${MAX_PANEL_SEATS} seats in a panel`,
  },
  {
    name: 'seats-fit-challenge',
    path,
    holds: (p) => seatsOf(of(p.dispute)) * p.dispute.commitWindows <= MAX_SEATS,
    explain: (p) =>
      `has too many seats: all of them times commitWindows = ${p.dispute.commitWindows} ` +
      `must be at most ${MAX_SEATS}`,
  },
]);

/** The ladders are fit to compute with: other relations on them hold vacuously until they are. */
export const laddersFit = (p: Parameters): boolean =>
  shapeRelations.every((relation) => relation.holds(p)) && coversLadders(p.dispute);

/** The bound in whole basis points, for people to read. */
const boundText = (p: Parameters): string => {
  const bound = exposureBound(p);
  return bound === undefined ? '10000' : String((bound.num * 10_000n) / bound.den);
};

const withinBound = (p: Parameters): boolean => {
  const bound = exposureBound(p);
  return bound === undefined || atMost(fromBps(p.exposureBps), bound);
};

/** Panels, the rates of slashes, and the exposure that they deter (PROTOCOL §6.3, §9; I49). */
export const panelRelations: readonly Relation[] = [
  ...shapeRelations,
  {
    name: 'commit-windows-prepaid',
    path: 'dispute.commitWindows',
    holds: ({ dispute }) => dispute.commitWindows <= MAX_COMMIT_WINDOWS,
    explain: () => `must be at most ${MAX_COMMIT_WINDOWS}: whoever opens a challenge pays for them`,
  },
  {
    name: 'rates-cover-ladders',
    path: 'dispute.wrongResultBps',
    holds: (p) => coversLadders(p.dispute),
    explain: () => 'must have a rate for every panel of the longer ladder',
  },
  {
    name: 'rates-rise',
    path: 'dispute.wrongResultBps',
    holds: ({ dispute }) =>
      rises(dispute.wrongResultBps, 0) && (dispute.wrongResultBps[0] ?? 0) > 0,
    explain: () => 'must start above 0 and never fall: the surer the verdict, the higher the slash',
  },
  {
    name: 'ladders-agree',
    path: 'dispute.auditPanels',
    holds: (p) => !laddersFit(p) || agrees(p.dispute),
    explain: () => 'must have the sizes of pairPanels where both have a panel of the same rate',
  },
  {
    name: 'unsubstantiated-worst',
    path: 'dispute.unsubstantiatedBps',
    holds: ({ dispute }) => dispute.unsubstantiatedBps >= topRate(dispute),
    explain: ({ dispute }) =>
      `must be at least the top rate of wrongResultBps = ${topRate(dispute)}, ` +
      'or silence is cheaper than the truth',
  },
  {
    name: 'lock-covers-slash',
    path: 'dispute.lockBps',
    holds: ({ dispute }) => dispute.lockBps >= highestSlash(dispute),
    explain: ({ dispute }) => `must be at least the highest slash = ${highestSlash(dispute)}`,
  },
  {
    name: 'exposure-deterred',
    path: 'exposureBps',
    holds: (p) => !laddersFit(p) || withinBound(p),
    explain: (p) =>
      `must be at most (1−ρ)·s·q/(1−q), rounded down ${boundText(p)}: raise auditRateBps or the ` +
      "slash of an audit's first panel to allow more",
  },
  {
    name: 'exposure-positive',
    path: 'exposureBps',
    holds: (p) => p.exposureBps > 0,
    explain: () => 'must be above 0, or nothing of value can be attested',
  },
];
