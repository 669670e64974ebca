/** How an invariant holds: in every state, within a bound, or for a sample at a fixed seed. */
export type InvariantType = 'safety' | 'liveness' | 'statistical';

export interface Invariant {
  readonly id: string;
  readonly type: InvariantType;
  readonly says: string;
}

export interface InvariantGroup {
  readonly title: string;
  readonly invariants: readonly Invariant[];
}

const group = (
  title: string,
  ...rows: readonly (readonly [id: string, says: string, type?: InvariantType])[]
): InvariantGroup => ({
  title,
  invariants: rows.map(([id, says, type = 'safety']) => ({ id, says, type })),
});

/** Every invariant of the protocol, in one sentence each. */
export const INVARIANT_GROUPS: readonly InvariantGroup[] = [
  group(
    'Money',
    ['I1', 'All balances, burned coins included, add up to the supply, and each to its parts.'],
    ['I2', 'No amount is ever negative or reaches 2^128.'],
    ['I3', 'What is locked of a provider is what open challenges hold of it, within its stake.'],
    ['I4', 'A slash is at most ⌈rate · base⌉, and all of a provider’s together at most its stake.'],
    ['I5', 'A challenge gives away exactly what came in; what rounding leaves is burned.'],
    ['I6', 'What is burned never comes back.'],
    ['I7', 'A fee goes out once, to the provider or back, after verdict and window.'],
    ['I8', 'A reward is at most 30 % and three bonds; who challenges itself loses.'],
    [
      'I9',
      'A frivolous audit costs the re-runs; the pool pays in expectation at most what it got.',
    ],
    ['I10', 'Where every verdict is valid or void nobody loses stake.'],
  ),
  group(
    'What justifies a slash',
    [
      'I11',
      'Stake falls only for a verdict, a proven equivocation, a no-show or a withheld reveal.',
    ],
    ['I12', 'An attestation is slashed at most once for each kind of fault.'],
    [
      'I13',
      'An equivocation needs two valid signatures of one provider on one claim, under exact.',
    ],
    ['I14', 'No slash for an attestation past the evidence age, or of another chain or network.'],
    ['I15', 'The rules of an attestation are those of its profile hash, whatever happens later.'],
    ['I16', 'Whom all seats support is never faulty.'],
    ['I17', 'Neither the order of defendants nor that of seats changes a verdict.'],
    [
      'I18',
      'Distances are 0 to oneself and symmetric; metric ones let no seat support both parties.',
    ],
    ['I19', 'A silent seat never turns no slash into a slash.'],
    ['I20', 'A seat that turns from supporting to rejecting never acquits.'],
    ['I21', 'A TEE report alone never gives a verdict.'],
  ),
  group(
    'Selection',
    ['I22', 'No party and nobody of a party’s owner sits; nobody twice, one seat per owner.'],
    ['I23', 'Who sits was eligible at the last epoch boundary before the challenge opened.'],
    ['I24', 'The round of a panel is fixed at opening, and its draw a function of what is fixed.'],
    ['I25', 'What happens to stakes after opening changes no draw.'],
    ['I26', 'Seats are drawn in proportion to stake (χ², p > 10⁻⁶).', 'statistical'],
    ['I27', 'Splitting a stake over ids does not change its probability.', 'statistical'],
    ['I28', 'The honest are slashed as rarely as the tail of the draw says (+4 σ).', 'statistical'],
    ['I29', 'Too few eligible owners, or too little of the stake: the panel slashes nobody.'],
  ),
  group(
    'Commit and reveal',
    [
      'I30',
      'A reveal is accepted iff it is the preimage of that seat’s commitment, in time, once.',
    ],
    ['I31', 'Whoever copies a commitment can never reveal it.'],
    ['I32', 'Nothing of an answer is in state before the last commit window has ended.'],
    ['I33', 'A commitment or reveal out of its window, or a second one, changes nothing.'],
  ),
  group(
    'Lives',
    ['I34', 'Every challenge is final within D of its opening, whatever anybody does.', 'liveness'],
    ['I35', 'What is not final has one timeout, and nothing leaves a final state.', 'liveness'],
    [
      'I36',
      'A silent seat is replaced twice at most; where all are silent it ends void.',
      'liveness',
    ],
    ['I37', 'With no open challenge and U passed a provider withdraws all it has.', 'liveness'],
    ['I38', 'Liable stake stays as long as the attestation can be faulted: U ≥ 2(W + D).'],
    ['I39', 'Unbonding stake is liable for attestations up to its own height, not for later ones.'],
    ['I40', 'Who is not active gets no new seat and attests nothing, and can still be slashed.'],
    ['I41', 'An attestation stands in one challenge, ever.'],
    ['I42', 'Naming the parties in another order gives the same challenge; none after the window.'],
    ['I43', 'Ids of attestations are unique, and no changed signature gives a second one.'],
    ['I44', 'When the window has passed an attestation is final, settled or not.'],
    ['I45', 'Appeals come in time with the exact deposit, from anyone, and the ladder ends.'],
    ['I46', 'The last panel counts, and a wrong result is slashed once, at the end.'],
    ['I46b', 'Seats outside the final cluster pay at the end, if they revealed and it is decided.'],
    ['I47', 'The order within a block changes neither outcome nor balances, but for ties by id.'],
    ['I48', 'A key signs for its span of heights, and is evidence for the evidence age after.'],
    ['I49', 'No set of parameters comes into force whose relations do not hold.'],
  ),
  group(
    'Determinism',
    ['I50', 'Same genesis and blocks, same root: on every engine, locale, time zone and order.'],
    ['I51', 'Malformed input gives a typed error and leaves the state as it was.'],
    ['I52', 'What is written is read back the same; equal states have equal roots.'],
    ['I53', 'A chain restored in the middle of a challenge goes on as one that never stopped.'],
    ['I54', 'A block delivers a bounded number of timers, and none of the rest comes too late.'],
    ['I55', 'Asking and trying out change nothing.'],
  ),
  group(
    'Economics',
    [
      'I56',
      'Cheating pays less than honesty iff the stake is at least what theory asks.',
      'statistical',
    ],
    ['I57', 'Voluntary checking settles where theory says, whatever the stake.', 'statistical'],
    ['I58', 'Correlated faults are punished by the cube rule, exactly.', 'statistical'],
    ['I59', 'Copying without running pays iff the penalty is below the fee.', 'statistical'],
    [
      'I60',
      'What it costs to harm others stays above the documented part of the harm.',
      'statistical',
    ],
  ),
];

export const INVARIANTS: readonly Invariant[] = INVARIANT_GROUPS.flatMap(
  ({ invariants }) => invariants,
);
