// Faults in comparators (PROTOCOL §6.2, §7), and in what a client believes.
import type { Fault } from './fault.ts';

const COMPARATORS = 'src/machines/comparators';
const NEAR = ['test/unit/comparators', 'test/properties/comparators'];

const comparators: readonly Fault[] = [
  {
    name: 'a threshold is exclusive: who is just at the lower one is not near',
    file: `${COMPARATORS}/compare.ts`,
    from: '(distance[at] as bigint) <= lo)',
    to: '(distance[at] as bigint) < lo || lo === 0n)',
    near: NEAR,
  },
  {
    name: 'a threshold is inclusive: who is just at the upper one is far',
    file: `${COMPARATORS}/compare.ts`,
    from: '(distance[at] as bigint) > hi)',
    to: '(distance[at] as bigint) >= hi)',
    near: NEAR,
  },
  {
    name: 'one component beyond its threshold is not enough to be far',
    file: `${COMPARATORS}/compare.ts`,
    from: 'return thresholds.some(({ hi }, at)',
    to: 'return thresholds.every(({ hi }, at)',
    near: NEAR,
  },
  {
    name: 'NaN in the second tensor only is not infinitely far',
    file: `${COMPARATORS}/ulp.ts`,
    from: 'if (isNaNBits(shape, x) || isNaNBits(shape, y))',
    to: 'if (isNaNBits(shape, x))',
    near: NEAR,
  },
  {
    name: 'an infinity is within the absolute tolerance of a large number',
    file: `${COMPARATORS}/ulp.ts`,
    from: 'isFiniteBits(shape, x) && isFiniteBits(shape, y) && scaledDifference',
    to: 'scaledDifference',
    near: NEAR,
  },
  {
    name: 'a fraction of elements is rounded down',
    file: `${COMPARATORS}/relative.ts`,
    from: 'ceilDiv(failing * PPM, count)',
    to: '(failing * PPM) / count',
    near: NEAR,
  },
  {
    name: 'an element just at its tolerance fails',
    file: `${COMPARATORS}/relative.ts`,
    from: '* PICO <= atol + rtolPico * size',
    to: '* PICO < atol + rtolPico * size',
    near: NEAR,
  },
  {
    name: 'the relative tolerance is of the defendant’s own number',
    file: `${COMPARATORS}/relative.ts`,
    from: 'const scaled = scaledValue(shape, y);',
    to: 'const scaled = scaledValue(shape, x);',
    near: NEAR,
  },
  {
    name: 'vectors that point in opposite directions are near',
    file: `${COMPARATORS}/cosine.ts`,
    from: '  if (product < 0n) return INFINITELY_FAR_ATTO;\n',
    to: '',
    near: NEAR,
  },
  {
    name: 'the zero vector is near any other',
    file: `${COMPARATORS}/cosine.ts`,
    from: 'return x.isZero && y.isZero ? 0n : INFINITELY_FAR_ATTO;',
    to: 'return x.isZero || y.isZero ? 0n : INFINITELY_FAR_ATTO;',
    near: NEAR,
  },
  {
    name: 'a token that only one list names does not count',
    file: `${COMPARATORS}/logprobs.ts`,
    from: 'count += shared + alone;',
    to: 'count += shared + 2 * alone;',
    near: NEAR,
  },
  {
    name: 'the length by which one text is longer does not count',
    file: `${COMPARATORS}/tokens.ts`,
    from: 'let different = tokensIn(longer) - tokensIn(shorter);',
    to: 'let different = 0 * (tokensIn(longer) - tokensIn(shorter));',
    near: NEAR,
  },
  {
    name: 'the median of an even count is its upper middle',
    file: `${COMPARATORS}/toploc/distance.ts`,
    from: '? upper : (sorted[middle - 1] ?? 0)',
    to: '? upper : upper',
    near: NEAR,
  },
  {
    name: 'a coefficient of a proof may be the order of the field',
    file: `${COMPARATORS}/toploc/polynomial.ts`,
    from: 'if (coefficient >= FIELD_PRIME) return undefined;',
    to: 'if (coefficient > FIELD_PRIME) return undefined;',
    near: NEAR,
  },
  {
    name: 'pairs of one magnitude may stand in any order',
    file: `${COMPARATORS}/toploc/pairs.ts`,
    from: '(indices[at - 1] as number) < (indices[at] as number)',
    to: '(indices[at - 1] as number) !== (indices[at] as number)',
    near: NEAR,
  },
  {
    name: 'a profile may have thresholds that let an answer be near two that are far apart',
    file: `${COMPARATORS}/soundness.ts`,
    from: "case 'twice':\n      return 2n * lo;",
    to: "case 'twice':\n      return 2n * lo - (lo > 0n ? 1n : 0n);",
    near: NEAR,
  },
];

const CLIENT = 'src/client';

const clients: readonly Fault[] = [
  {
    name: 'a client believes in a record of which absence is proven',
    file: `${CLIENT}/verify.ts`,
    from: 'record === undefined && proof.value === undefined;',
    to: 'proof.value === undefined;',
    near: ['test/unit/client', 'test/unit/hosts/api.test.ts'],
  },
  {
    name: 'a client believes in a record other than the proven one',
    file: `${CLIENT}/verify.ts`,
    from: 'const isSame = equalBytes(claimed.value, proof.value);',
    to: 'const isSame = claimed.value.length === proof.value.length;',
    near: ['test/unit/client', 'test/unit/hosts/api.test.ts'],
  },
  {
    name: 'a client opens an absent chunk with a proof that names none',
    file: `${CLIENT}/output.ts`,
    from: 'outputProof: isThere ? output.prove(index) : [output.top]',
    to: 'outputProof: isThere ? output.prove(index) : []',
    near: ['test/unit/client', 'test/unit/machines/tolerance'],
  },
];

export const DISTANCE_FAULTS: readonly Fault[] = [...comparators, ...clients];
