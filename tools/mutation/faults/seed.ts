import type { Fault } from './fault.ts';

/** The text with the fault in it; an error if the text has changed since the fault was written. */
export const withFault = (text: string, { name, file, from, to }: Fault): string => {
  const [before, after, ...more] = text.split(from);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`"${name}" is stale: ${file} has not exactly once\n${from}`);
  }
  return `${before}${to}${after}`;
};
