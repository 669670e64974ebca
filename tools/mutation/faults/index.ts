import { DISPUTE_FAULTS } from './disputes.ts';
import { DISTANCE_FAULTS } from './distances.ts';
import type { Fault } from './fault.ts';
import { KERNEL_FAULTS } from './kernel.ts';
import { MONEY_FAULTS } from './money.ts';
import { NODE_FAULTS } from './node.ts';
import { PARAMETER_FAULTS } from './parameters.ts';
import { RANDOM_FAULTS } from './random.ts';
import { RULE_FAULTS } from './rules.ts';
import { STATE_FAULTS } from './state.ts';
import { TEE_FAULTS } from './tee.ts';

/** Faults that belong together in the table. */
export interface Area {
  readonly title: string;
  readonly faults: readonly Fault[];
}

export const AREAS: readonly Area[] = [
  { title: 'Disputes', faults: DISPUTE_FAULTS },
  { title: 'Money and stake', faults: MONEY_FAULTS },
  { title: 'Kernel and beacon', faults: KERNEL_FAULTS },
  { title: 'Encodings, state tree, proofs and store', faults: STATE_FAULTS },
  { title: 'Blocks, forks and mempool', faults: NODE_FAULTS },
  { title: 'Parameters', faults: PARAMETER_FAULTS },
  { title: 'TEE', faults: TEE_FAULTS },
  { title: 'Comparators and clients', faults: DISTANCE_FAULTS },
  { title: 'A second look at the machines', faults: RULE_FAULTS },
  { title: 'In files drawn at random', faults: RANDOM_FAULTS },
];
export type { Fault };
