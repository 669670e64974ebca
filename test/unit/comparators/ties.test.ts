import { describe, expect, test } from 'vitest';
import { isSorted, topPairs } from '../../../src/machines/comparators/toploc/pairs.ts';

/** PROTOCOL §7, pins: by |v| descending, ties by index ascending, each index once. */
describe('the order of activations', () => {
  const pairs = (...list: readonly (readonly [index: number, value: number])[]) => ({
    indices: Uint32Array.from(list, ([index]) => index),
    values: Uint16Array.from(list, ([, value]) => value),
  });

  test.each<[string, readonly (readonly [number, number])[], boolean]>([
    [
      'by magnitude, largest first',
      [
        [7, 0x4010],
        [3, 0x4000],
      ],
      true,
    ],
    [
      'smaller before larger',
      [
        [3, 0x4000],
        [7, 0x4010],
      ],
      false,
    ],
    [
      'of one magnitude by index',
      [
        [3, 0x4000],
        [7, 0x4000],
      ],
      true,
    ],
    [
      'of one magnitude against the index',
      [
        [7, 0x4000],
        [3, 0x4000],
      ],
      false,
    ],
    [
      'of one magnitude and two signs by index',
      [
        [3, 0xc000],
        [7, 0x4000],
      ],
      true,
    ],
    [
      'of one magnitude and two signs against it',
      [
        [7, 0x4000],
        [3, 0xc000],
      ],
      false,
    ],
    [
      'one index twice',
      [
        [3, 0x4000],
        [3, 0x4000],
      ],
      false,
    ],
    [
      'a tie behind others',
      [
        [9, 0x4020],
        [7, 0x4000],
        [3, 0x4000],
      ],
      false,
    ],
  ])('%s', (_, list, isRight) => {
    expect(isSorted(pairs(...list))).toBe(isRight);
  });

  test('is that in which the largest are found', () => {
    const found = topPairs(Uint16Array.of(0x4000, 0xc010, 0x4000, 0x4010, 0xc000), 4);
    expect([...found.indices]).toEqual([1, 3, 0, 2]);
    expect(isSorted(found)).toBe(true);
  });
});
