import { describe, expect, it } from 'vitest';
import { MAX_DRAWN_CHUNKS } from '../../../../src/machines/parameters/relations/limits.ts';
import { MAX_PANELS } from '../../../../src/machines/parameters/record.ts';
import { MAX_NAMED_AT_FIRST, MAX_NAMED_CHUNKS } from '../../../../src/machines/challenge/record.ts';
import { addMark, stanceOf } from '../../../../src/machines/challenge/marks.ts';
import { REGISTRY } from '../../../../src/machines/registry.ts';
import type { ActorKind } from '../../../../src/machines/kit/index.ts';

const KINDS = Object.keys(REGISTRY) as ActorKind[];
const MOST_NAMED = MAX_NAMED_AT_FIRST + (MAX_PANELS - 1) * MAX_NAMED_CHUNKS;

describe('what no message may outgrow, since a timer that is refused stops the chain', () => {
  it.each(KINDS)('the largest record of a %s is within its limit', (kind) => {
    const { context, contextBytes } = REGISTRY[kind];
    expect(context.maxBytes).toBeLessThanOrEqual(contextBytes);
  });

  it('chunks of two outputs, named and drawn, and their ends are 64 bits of a mask', () => {
    expect(2 * (MOST_NAMED + MAX_DRAWN_CHUNKS + 1)).toBeLessThanOrEqual(64);
  });

  it('as many far chunks as can be drawn are counted, apart from the marks above them', () => {
    let marks = 0;
    for (let drawn = 0; drawn < MAX_DRAWN_CHUNKS; drawn += 1) marks = addMark(marks, 'far', false);
    for (let named = 0; named < MOST_NAMED; named += 1) marks = addMark(marks, 'near', true);
    const leaves = 100;
    const stance = (minFail: number) => stanceOf(marks, { leaves, minFail, isComplete: true });
    expect(stance(MAX_DRAWN_CHUNKS)).toBe('rejects');
    expect(stance(MAX_DRAWN_CHUNKS + 1)).toBe('abstains');
    expect(addMark(marks, 'far', true)).toBeLessThan(256);
  });
});
