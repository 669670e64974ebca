/** Operator, what stands there, and what the mutant puts in its place. */
export type Change = readonly [operator: string, from: string, to: string];

/** Why no test can find a mutant: by source below src/machines, then by reason. */
export type Reasons = Readonly<Record<string, Readonly<Record<string, readonly Change[]>>>>;
