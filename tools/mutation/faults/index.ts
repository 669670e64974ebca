import { DISPUTE_FAULTS } from './disputes.ts';
import type { Fault } from './fault.ts';
import { MONEY_FAULTS } from './money.ts';

export const FAULTS: readonly Fault[] = [...DISPUTE_FAULTS, ...MONEY_FAULTS];
export type { Fault };
