/** A value against another. */
export interface Node {
  readonly x: number;
  readonly y: number;
}

/** Where the line through two points is zero; undefined where it never is. */
export const rootOfLine = (one: Node, other: Node): number | undefined => {
  const fall = one.y - other.y;
  return fall === 0 ? undefined : one.x + ((other.x - one.x) * one.y) / fall;
};

/**
 * Where values in the order of x first change their sign, on the line between the two points around
 * it: exact for what is linear, as profits are in rates and amounts (ECONOMICS 1).
 */
export const rootOf = (points: readonly Node[]): number | undefined => {
  for (const [at, one] of points.entries()) {
    if (one.y === 0) return one.x;
    const other = points[at + 1];
    if (other !== undefined && one.y * other.y < 0) return rootOfLine(one, other);
  }
  return undefined;
};
