import { failWith } from '../../codec/index.ts';

/** Why an author's evidence cannot be made. Chunks that are compared give `isWellFormed` false. */
export const comparatorErrors = {
  'comparators/too-few-activations':
    'There are fewer activations than details.topK: pass all of the window, hidden size × tokens.',
  'comparators/top-k-range': 'The number of top activations is out of range: 1 to details.most.',
  'comparators/no-injective-modulus':
    'No modulus keeps the indices of the top activations apart: pass the activations of one ' +
    'window only, in their own order.',
} as const;

export type ComparatorErrorCode = keyof typeof comparatorErrors;

export const comparatorFail = failWith<ComparatorErrorCode>(comparatorErrors);
