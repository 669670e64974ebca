// Compares the state of the chain with that of the model.
import type { Dump } from '../../model/dump.ts';

const SHOWN = 12;

/** Where two states differ, a line each; nothing if they are the same. */
export const differences = (chain: Dump, model: Dump): readonly string[] => {
  const found: string[] = [];
  for (const name of new Set([...chain.keys(), ...model.keys()])) {
    const [a, b] = [chain.get(name), model.get(name)];
    if (a === undefined || b === undefined) {
      found.push(`${name}: only the ${a === undefined ? 'model' : 'chain'} has it`);
      continue;
    }
    for (const field of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (a[field] === b[field]) continue;
      found.push(`${name} ${field}: the chain has ${a[field]}, the model ${b[field]}`);
    }
    if (found.length > SHOWN) break;
  }
  return found;
};
