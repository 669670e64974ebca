// Faults that could be in the specification, each one a change of its text, and the invariant that
// has to find it: a simulation that finds nothing shows something only if it finds these.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate, SPEC_FOLDER, type SPEC_FILES } from './quint.ts';

export interface Fault {
  readonly name: string;
  readonly file: (typeof SPEC_FILES)[number];
  readonly from: string;
  readonly to: string;
  readonly violates: string;
}

export const FAULTS: readonly Fault[] = [
  {
    name: 'a lock is not released',
    file: 'stake.qnt',
    from: 'locked: p.locked - lock, free: p.free + lock - owed',
    to: 'free: p.free - owed',
    violates: 'I3_locks',
  },
  {
    name: 'what is rewarded is burned, too',
    file: 'panels.qnt',
    from: 'available - fromSlash - reward + unfounded',
    to: 'available - fromSlash + unfounded',
    violates: 'I5_settlementsExact',
  },
  {
    name: 'silence counts as rejection',
    file: 'panels.qnt',
    from: 'each != "" and holds(each)',
    to: 'holds(each)',
    violates: 'I19_silenceNeverSlashes',
  },
  {
    name: 'the timer of a seed that was moved is lost',
    file: 'challenge.qnt',
    from: 'seedFrom: w.height + 1, deadline: w.height + SEED_BLOCKS })',
    to: 'seedFrom: w.height + 1 })',
    violates: 'I35_oneTimer',
  },
  {
    name: 'a party may sit',
    file: 'disputes.qnt',
    from: '.select(p => not(parties.contains(p)))',
    to: '.select(p => parties.contains(p) or true)',
    violates: 'I22_seatsAreOthers',
  },
  {
    name: 'the challenger gets more than its share',
    file: 'panels.qnt',
    from: '(m.slashed - m.unrewarded) * 3 / 10',
    to: '(m.slashed - m.unrewarded) * 4 / 10',
    violates: 'I8_rewardBounded',
  },
  {
    name: 'a tombstoned provider owes nothing of its locks',
    file: 'stake.qnt',
    from: 'free: 0, debt: p.locked, standing',
    to: 'free: 0, standing',
    violates: 'I40_activeIsStaked',
  },
  {
    name: 'deposits of appeals that were won stay inside',
    file: 'challenge.qnt',
    from: '.paid("appellant", settlement.appealsBack)',
    to: '.paid("appellant", 0)',
    violates: 'I1_supply',
  },
];

/** A copy of the specification with the fault in it. */
const withFault = ({ file, from, to }: Fault): string => {
  const folder = mkdtempSync(join(tmpdir(), 'aivm-fault-'));
  cpSync(SPEC_FOLDER, folder, { recursive: true });
  const path = join(folder, file);
  const [before, after, ...more] = readFileSync(path, 'utf8').split(from);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${file} has not exactly one "${from}"`);
  }
  writeFileSync(path, `${before}${to}${after}`);
  return folder;
};

/** More than any fault of the list needs to be met. */
const SAMPLES = 400;
const STEPS = 40;

/** The invariant that the simulation finds violated where the fault is in; none if it misses it. */
export const findFault = async (fault: Fault, seed: number): Promise<string | undefined> => {
  const folder = withFault(fault);
  try {
    const { violated } = await simulate({
      file: join(folder, 'invariants.qnt'),
      seed,
      samples: SAMPLES,
      steps: STEPS,
      invariants: [fault.violates],
    });
    return violated[0];
  } finally {
    rmSync(folder, { recursive: true });
  }
};
