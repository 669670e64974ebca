import type { TestChain } from './chain.ts';
import { checkInvariants, checkStep, expectNoViolations } from './invariants/index.ts';

/**
 * Checks every invariant after every block of a chain from now on; the call that executed the block
 * throws `testing/unsound` with all violations. Gives the function that ends it.
 */
export const keepSound = (chain: TestChain): (() => void) =>
  chain.observe((step) => {
    expectNoViolations([...checkInvariants(step.after), ...checkStep(step)]);
  });
