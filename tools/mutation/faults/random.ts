// Faults in files that a seeded shuffle of the sources chose: no area was thought of beforehand.
import { ELSEWHERE_FAULTS } from './elsewhere.ts';
import type { Fault } from './fault.ts';

const CHALLENGE = 'src/machines/challenge';
const LADDER = ['test/unit/machines/ladder', 'test/unit/machines/dispute.test.ts'];
const TOLERANCE = ['test/unit/machines/tolerance'];
const SETS = ['test/properties/selection', 'test/unit/machines/profile'];
const COMPARATORS = ['test/unit/comparators', 'test/properties/comparators'];

const machines: readonly Fault[] = [
  {
    name: 'a seat may answer on the second text from its second chunk on only',
    file: `${CHALLENGE}/chunk-comparison.ts`,
    from: 'place >= offsetOf(context, 1)',
    to: 'place > offsetOf(context, 1)',
    near: TOLERANCE,
  },
  {
    name: 'what a seat has after the end of a text is one drawn chunk among others',
    file: `${CHALLENGE}/chunk-comparison.ts`,
    from: ' ||\n    place === placeAfterEnd(context, defendant);',
    to: ';',
    near: TOLERANCE,
  },
  {
    name: 'distances between seats are the same from either side',
    file: `${CHALLENGE}/chunk-comparison.ts`,
    from: 'compareSeats(comparator, other, shown)',
    to: 'compareSeats(comparator, shown, other)',
    near: TOLERANCE,
  },
  {
    name: 'the last chunk of the first text must be whole where a second follows',
    file: `${CHALLENGE}/wanted.ts`,
    from: 'offsetOf(context, defendant) === index + 1)',
    to: 'offsetOf(context, defendant) === index + 2)',
    near: TOLERANCE,
  },
  {
    name: 'a party that has opened more than asked for has opened all',
    file: `${CHALLENGE}/wanted.ts`,
    from: 'opened === (1n << BigInt(count)) - 1n',
    to: 'opened >= (1n << BigInt(count - 1)) - 1n',
    near: TOLERANCE,
  },
  {
    name: 'a late challenge goes on: one that has lapsed while it commits is not ended',
    file: `${CHALLENGE}/machine.ts`,
    from: "            lapsed,\n            { guard: 'someAreMissing'",
    to: "            { guard: 'someAreMissing'",
    near: LADDER,
  },
  {
    name: 'an appeal is heard though the challenge has lapsed',
    file: `${CHALLENGE}/machine.ts`,
    from: "wake: [lapsed, { target: 'awaitSeed', actions: 'hearAppeal' }]",
    to: "wake: [{ target: 'awaitSeed', actions: 'hearAppeal' }]",
    near: LADDER,
  },
  {
    name: 'silence on an answer of the least base is not spared',
    file: `${CHALLENGE}/conclude.ts`,
    from: 'defendant.baseNlux <= context.minimumStakeNlux',
    to: 'defendant.baseNlux < context.minimumStakeNlux',
    near: ['test/unit/machines/review', ...LADDER],
  },
  {
    name: 'a challenge that is void keeps what a panel found of a defendant that showed its output',
    file: `${CHALLENGE}/conclude.ts`,
    from: "finding: defendant.substantiated ? ('none' as const)",
    to: 'finding: defendant.substantiated ? defendant.finding',
    near: LADDER,
  },
  {
    name: 'who was out of a first panel’s cluster is punished by no later verdict',
    file: `${CHALLENGE}/conclude.ts`,
    from: 'decided.seats.filter((seat) => isOutside(decided, seat))',
    to:
      'decided.seats.filter(\n          ' +
      '(seat) => seat.round === decided.round && isOutside(decided, seat),\n        )',
    near: LADDER,
  },
  {
    name: 'a debt is paid out of a lock a second time',
    file: 'src/machines/provider/stake.ts',
    from: 'debtNlux: context.debtNlux - owed,',
    to: 'debtNlux: context.debtNlux,',
    near: LADDER,
  },
  {
    name: 'stake that unbonds is slashed from the oldest lot on',
    file: 'src/machines/provider/stake.ts',
    from: 'const lots = context.lots.toReversed().map(',
    to: 'const lots = context.lots.toSorted().map(',
    near: ['test/unit/machines/provider', ...LADDER],
  },
  {
    name: 'the exposure of an epoch is forgotten while its windows still end',
    file: 'src/machines/provider/stake.ts',
    from: 'bucket.epoch >= epoch);\n\nexport',
    to: 'bucket.epoch > epoch);\n\nexport',
    near: [
      'test/unit/machines/provider/spans.test.ts',
      'test/unit/machines/life.test.ts',
      'test/unit/machines/provider',
    ],
  },
  {
    name: 'a day between two missed seats is a block longer',
    file: 'src/machines/provider/stake.ts',
    from: 'height < lastNoShowAt + noShowWindowBlocks',
    to: 'height <= lastNoShowAt + noShowWindowBlocks',
    near: ['test/unit/machines/provider/spans.test.ts', 'test/unit/machines/provider', ...LADDER],
  },
  {
    name: 'silence is spared a block longer than the window',
    file: 'src/machines/provider/stake.ts',
    from: 'height < unsubstantiatedAt + dispute.unsubstantiatedOncePerBlocks',
    to: 'height <= unsubstantiatedAt + dispute.unsubstantiatedOncePerBlocks',
    near: ['test/unit/machines/provider/spans.test.ts', 'test/unit/machines/review', ...LADDER],
  },
  {
    name: 'a payer that pays again counts twice',
    file: 'src/machines/attestation/fees.ts',
    from: 'asPayer === 0n ? 1 : 0',
    to: 'asPayer >= 0n ? 1 : 0',
    near: ['test/unit/machines/attestation', 'test/unit/machines/life.test.ts'],
  },
  {
    name: 'a second payment takes the place of the first',
    file: 'src/machines/attestation/fees.ts',
    from: 'amountNlux: asPayer + call.value',
    to: 'amountNlux: call.value',
    near: ['test/unit/machines/attestation', 'test/unit/machines/life.test.ts'],
  },
  {
    name: 'a ticket is drawn anew with every payment',
    file: 'src/machines/attestation/fees.ts',
    from: 'paidAt: ticket ?? call.time',
    to: 'paidAt: call.time',
    near: ['test/unit/machines/attestation', 'test/unit/machines/audit'],
  },
  {
    name: 'members of one owner count as several owners',
    file: 'src/machines/profile/set-tree.ts',
    from: 'bit >= OWNER_BITS ? 1 : left.owners',
    to: 'bit > OWNER_BITS ? 1 : left.owners',
    near: SETS,
  },
  {
    name: 'a node of a set that an older version needs is deleted',
    file: 'src/machines/profile/set-tree.ts',
    from: 'if (id >= draft.mutableFrom) draft.puts',
    to: 'if (id + 1n >= draft.mutableFrom) draft.puts',
    near: SETS,
  },
  {
    name: 'a point on the border of two members is the left one’s',
    file: 'src/machines/profile/set-read.ts',
    from: 'const isRight = point >= middle;',
    to: 'const isRight = point > middle;',
    near: SETS,
  },
  {
    name: 'an owner that is not there has the interval of one that is like it',
    file: 'src/machines/profile/set-read.ts',
    from: '  if (firstLeaf(read, node).owner !== owner) return undefined;\n',
    to: '',
    near: SETS,
  },
  {
    name: 'pairs that no modulus keeps apart are compared all the same',
    file: 'src/machines/comparators/toploc/evidence.ts',
    from: 'isSorted(pairs) && injectiveModulus(pairs.indices) !== undefined',
    to: 'isSorted(pairs)',
    near: COMPARATORS,
  },
  {
    name: 'the unit of bfloat16 is twice what it is',
    file: 'src/machines/comparators/float.ts',
    from: 'infinity: 0x7f80, unitExponent: 133',
    to: 'infinity: 0x7f80, unitExponent: 132',
    near: COMPARATORS,
  },
  {
    name: 'infinity is a finite number',
    file: 'src/machines/comparators/float.ts',
    from: 'magnitudeOf(shape, bits) < shape.infinity',
    to: 'magnitudeOf(shape, bits) <= shape.infinity',
    near: COMPARATORS,
  },
  {
    name: 'an attestation with an enclave key may carry a report, which nobody verifies',
    file: 'src/machines/attestation/tee.ts',
    from:
      'const byEnclaveKey = (message: Attest, key: EnclaveKey, call: Call): TeeEvidence => {\n' +
      "  if (message.teeReport.length > 0) return refused(because('report-unexpected'));\n",
    to: 'const byEnclaveKey = (message: Attest, key: EnclaveKey, call: Call): TeeEvidence => {\n',
    near: ['test/unit/machines/tee'],
  },
  {
    name: 'collateral is taken in below a root that has run out',
    file: 'src/machines/trust-store/ingest.ts',
    from: 'now > anchor.notAfter',
    to: 'now > anchor.notAfter + anchor.notAfter',
    near: ['test/unit/machines/tee'],
  },
];

export const RANDOM_FAULTS: readonly Fault[] = [...machines, ...ELSEWHERE_FAULTS];
