import { tokensIn } from './tokens.ts';
import { hasDistinctTokens } from './logprobs.ts';
import type { Comparator } from './record.ts';
import { elementBytes, evidenceBytes, isTeacherForced, outputChunkBytes } from './shape.ts';
import type { Role, Shown } from './shape.ts';
import { arePairs, areProofs } from './toploc/evidence.ts';

/**
 * Can the chunk be compared at all? What is not is refused before it is stored, so comparisons are
 * total. The evidence of comparators whose evidence is the output is not looked at.
 */
export const isWellFormed = (c: Comparator, role: Role, { output, evidence }: Shown): boolean => {
  const isOutput = output.length <= outputChunkBytes(c) && output.length % elementBytes(c) === 0;
  if (!isOutput || !isTeacherForced(c)) return isOutput;
  const tokens = tokensIn(output);
  if (evidence.length !== evidenceBytes(c, role, tokens)) return false;
  if (c.type === 'logprobs') return hasDistinctTokens(evidence, c.topK);
  return role === 'defendant' ? areProofs(evidence, c.topK) : arePairs(evidence, c.topK);
};
