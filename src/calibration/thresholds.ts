import type { Comparator, ComponentName } from '../machines/comparators/index.ts';

/** A pair of thresholds by the component they are for. */
export type Calibrated = ReadonlyMap<ComponentName, { readonly lo: bigint; readonly hi: bigint }>;

/** The comparator with these thresholds in place of its own. */
export const withThresholds = (c: Comparator, calibrated: Calibrated): Comparator => {
  const lo = (name: ComponentName): bigint => calibrated.get(name)?.lo ?? 0n;
  const hi = (name: ComponentName): bigint => calibrated.get(name)?.hi ?? 0n;
  const tokens = (name: ComponentName) => ({
    loTokens: Number(lo(name)),
    hiTokens: Number(hi(name)),
  });
  const ppm = () => ({ loPpm: Number(lo('ppm')), hiPpm: Number(hi('ppm')) });
  const agreement = calibrated.has('agreementTokens') ? tokens('agreementTokens') : undefined;
  switch (c.type) {
    case 'exact':
      return c;
    case 'tokens':
      return { ...c, ...tokens('tokens') };
    case 'ulp':
      return { ...c, loUlps: Number(lo('ulps')), hiUlps: Number(hi('ulps')) };
    case 'relative':
      return { ...c, ...ppm() };
    case 'cosine':
      return { ...c, loAtto: lo('atto'), hiAtto: hi('atto') };
    case 'logprobs':
      return { ...c, ...ppm(), agreement };
    case 'toploc':
      return {
        ...c,
        loExponents: Number(lo('exponents')),
        hiExponents: Number(hi('exponents')),
        loMeanMilli: Number(lo('meanMilli')),
        hiMeanMilli: Number(hi('meanMilli')),
        loMedianMilli: Number(lo('medianMilli')),
        hiMedianMilli: Number(hi('medianMilli')),
        agreement,
      };
  }
};
