import type { Reasons } from './reasons.ts';

export const COMPARATORS: Reasons = {
  'comparators/cosine.ts': {
    'the largest shift of a finite number is 253, and two of them are 506': [
      ['constant', '512', '512 + 1'],
      ['constant', '512', '512 - 1'],
      ['constant', '1', '1 + 1'],
    ],
    'after the last element there is none, and its product is of no power': [
      ['comparison', 'at < a.significands.length', '(at) <= (a.significands.length)'],
    ],
  },
  'comparators/float.ts': {
    'of 0 the opposite is 0': [['constant', '0n', '0n + 1n']],
    'of zero the opposite is zero': [['comparison', 'difference < 0n', '(difference) <= (0n)']],
  },
  'comparators/logprobs.ts': {
    'ids that are read backwards on both sides are as equal as before': [
      ['constant', 'true', 'false'],
    ],
    'evidence of one length has as many positions': [['decision', 'ofB === undefined', 'false']],
  },
  'comparators/relative.ts': {
    'of 0 the opposite is 0': [['constant', '0n', '0n + 1n']],
    'of zero the opposite is zero': [['comparison', 'scaled < 0n', '(scaled) <= (0n)']],
  },
  'comparators/soundness.ts': {
    'no other comparator has a relative tolerance': [
      ['condition forgotten', "c.type === 'relative' && c.rtolPico >= PICO", 'c.rtolPico >= PICO'],
    ],
    'no other comparator has a number of largest activations or probabilities': [
      [
        'condition forgotten',
        'isTeacherForced(c) && (c.topK < 1 || c.topK > MAX_TOP_K)',
        'c.topK < 1 || c.topK > MAX_TOP_K',
      ],
    ],
  },
  'comparators/tokens.ts': {
    'of two texts of one length either is the shorter': [
      ['comparison', 'a.length <= b.length', '(a.length) < (b.length)'],
    ],
  },
  'comparators/toploc/distance.ts': {
    'where both are equal, either is the larger': [['comparison', 'a > b', '(a) >= (b)']],
    'a list with a middle has a number there': [
      ['constant', '0', '0 + 1'],
      ['constant', '0', '0 + 1'],
    ],
  },
  'comparators/toploc/field.ts': {
    'no product of elements is the prime itself, and of a value that is, `add` makes 0': [
      ['comparison', 'twice >= FIELD_PRIME', '(twice) > (FIELD_PRIME)'],
    ],
    '`Math.imul` takes what is beyond the leading coefficient for 0': [
      ['constant', '1', '1 - 1'],
      ['arithmetic', 'coefficients.length - 1', '(coefficients.length) + (1)'],
      ['constant', '1', '1 - 1'],
      ['arithmetic', 'xs.length - 1', '(xs.length) + (1)'],
    ],
    'one place more stays 0, and is not read': [['constant', '1', '1 + 1']],
    'each basis polynomial is divided by its own value, so a factor of all is none': [
      ['constant', '1', '1 + 1'],
    ],
    'what is above the degree is 0, and stays 0': [['constant', '1', '1 + 1']],
    'what is written after the end of an array is lost': [
      ['comparison', 'at < sum.length', '(at) <= (sum.length)'],
    ],
  },
  'comparators/toploc/modulus.ts': {
    'a try 0 finds every place taken, since 0 is what untouched ones hold': [
      ['constant', '1', '1 - 1'],
    ],
  },
  'comparators/toploc/pairs.ts': {
    'one place more is not read': [['constant', '1', '1 + 1']],
    'counts only say how few need sorting: more are sorted, and the same are taken': [
      ['constant', '1', '1 - 1'],
      [
        'statement forgotten',
        'counts[bits & MAGNITUDE] = (counts[bits & MAGNITUDE] as number) + 1',
        'undefined',
      ],
      ['constant', '1', '1 - 1'],
      ['arithmetic', 'MAGNITUDE + 1', '(MAGNITUDE) - (1)'],
      ['comparison', 'found < topK', '(found) <= (topK)'],
      ['constant', '1', '1 + 1'],
      ['arithmetic', 'bits & MAGNITUDE', '(bits) | (MAGNITUDE)'],
      ['decision', '(bits & MAGNITUDE) >= least', 'true'],
    ],
    'they come in the order of their indices, and a sort is stable': [
      ['arithmetic', 'a - b', '(a) + (b)'],
      [
        'condition forgotten',
        'magnitudeAt(b) - magnitudeAt(a) || a - b',
        'magnitudeAt(b) - magnitudeAt(a)',
      ],
    ],
  },
  'comparators/toploc/polynomial.ts': {
    'proofs have an even number of bytes': [['constant', '2', '2 - 1']],
  },
  'comparators/ulp.ts': {
    'where both are equal, either is the larger': [
      ['comparison', 'ulps > largest', '(ulps) >= (largest)'],
    ],
  },
};
