type Step = PropertyKey | { readonly key: PropertyKey };

const PLAIN = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

const stepText = (step: Step, index: number): string => {
  const key = typeof step === 'object' ? step.key : step;
  if (typeof key === 'number') return `[${key}]`;
  const name = String(key);
  if (!PLAIN.test(name)) return `[${JSON.stringify(name)}]`;
  return index === 0 ? name : `.${name}`;
};

/** A place in a file, such as `parameters.dispute.wrongResultBps[2]`; empty: the whole file. */
export const pathText = (path: readonly Step[]): string => path.map(stepText).join('');
