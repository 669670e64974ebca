import fc from 'fast-check';
import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../../../../src/cli/kit/texts.ts';
import { drawSections, FIXED_BLANK, line, wrap } from '../../../../src/cli/timeline/draw.ts';
import { drawTimeline, namesOf } from '../../../../src/cli/timeline/index.ts';
import { timelineOf, type ChallengeRecord } from '../../../../src/client/timeline/index.ts';
import { ALL_SILENT, AUDIT, BASE, EQUIVOCATION, LADDER, OPEN, record } from './contexts.ts';

const names = namesOf(textsOf({ hrp: 'local', luxDecimals: 9 }));
const PLAIN = picocolors.createColors(false);

const drawn = (of: ChallengeRecord, columns = 100): string =>
  drawTimeline(timelineOf(of), { names, colours: PLAIN, columns }).join('\n');

describe('a drawn timeline', () => {
  it('tells a base dispute from the opening to the last payment', () => {
    expect(drawn(BASE)).toMatchInlineSnapshot(`
      "● challenge between two attestations, outputs compared by exact
      │   A  A-local1pg9q5…z9l6, attestation 0a0a0a0a0a0a…, output 010101010101…: valid
      │   B  A-local1pv9sk…ry4m, attestation 0b0b0b0b0b0b…, output 020202020202…: faulty
      │
      ● #100  opened by A-local1crqvp…qga6
      │   bond 10 LUX of the challenger
      │   stake locked: A 20 LUX, B 20 LUX
      │
      ● #100 until #104  publish
      │   ✓ payload published
      │
      ● panel 1 of 1 seat
      │   commit #112 until #116, reveal #116 until #120, appeal #120 until #124
      │   drawn by beacon round 1000, its chunks by round 1012
      │   seat 0  A-local1zqgpq…xvzm  supports A, rejects B; paid 0.1 LUX
      │   ⇒ A valid: n = 1: 1 of 1 seat supports A (needs 1)
      │   ⇒ B faulty: n = 1: 1 of 1 seat rejects B (needs 1), 1 of them agrees with A (needs 1)
      │
      ● final: nobody appealed against panel 1: what it found is final
      │   A is valid: n = 1: 1 of 1 seat supports A (needs 1)
      │   B is faulty: n = 1: 1 of 1 seat rejects B (needs 1), 1 of them agrees with A (needs 1)
      │
      ● paid
          taken in
            10 LUX  bond of A-local1crqvp…qga6
             5 LUX  slash of B, A-local1pv9sk…ry4m
          paid out
            0.1 LUX  to A-local1jzgfp…6dq6, re-run of panel 1 seat 0
            1.5 LUX  to A-local1crqvp…qga6, reward
             10 LUX  to A-local1crqvp…qga6, bond
            3.4 LUX  burned"
    `);
  });

  it('tells each panel of a ladder, with its appeal, replacements and penalties', () => {
    const text = drawn(LADDER);
    expect(text).toContain('chunks named by the challenger: 0, 3');
    expect(text).toMatch(/⚑ appealed by A-local1\S+ with 0\.6 LUX: the deposit came back/);
    expect(text).toContain('commit #178 until #182, commit #182 until #186, reveal #186');
    expect(text).toMatch(
      /seat 2 {2}A-local1\S+ {2}committed, and withheld its answer; penalty 2 LUX/,
    );
    expect(text).toMatch(/seat 4 {2}A-local1\S+ {2}cannot run this profile$/m);
    expect(text).toMatch(/seat 5 {2}A-local1\S+ {2}silent; penalty 1 LUX/);
    expect(text).toMatch(
      /seat 4 \(draw 2\) {2}A-local1\S+ {2}supports A, rejects B; paid 0\.1 LUX/,
    );
    expect(text).toContain(
      '⇒ B faulty: n = 7: 5 of 7 seats reject B (needs 5), 5 of them agree with A (needs 4)',
    );
    expect(text).toContain('penalties of seats, burned: 10 LUX at most');
  });

  it('tells an audit without cause, and that the beacon chose one', () => {
    expect(drawn(AUDIT)).toMatch(/9\.85 LUX {2}to A-local1\S+, as A was upheld/);
    const chosen = drawn({
      ...AUDIT,
      context: { ...AUDIT.context, form: 'protocolAudit', challenger: '0'.repeat(40) },
    });
    expect(chosen).toContain('#100  opened as the beacon drew it');
    expect(chosen).toContain('bond 20 LUX from the audit pool');
  });

  it('tells an equivocation, in which no panel sits', () => {
    const text = drawn(EQUIVOCATION);
    expect(text).toMatch(/#100 {2}two signed answers shown by A-local1/);
    expect(text).toMatch(/100 LUX {2}slash of A/);
    expect(text).not.toContain('panel');
  });

  it('tells that nobody answered, so nothing is decided', () => {
    const text = drawn(ALL_SILENT);
    expect(text.match(/silent; penalty 1 LUX/g)).toHaveLength(33);
    expect(text).toContain('panel 3 of 7 seats: nobody answered');
    expect(text).toContain('A is void: no panel has decided');
  });

  it('tells of an open one what it waits for, and which panels may follow', () => {
    const text = drawn(OPEN);
    expect(text).toContain('○ panel 2 of 3 seats: reveals');
    expect(text).toContain('○ reveal until #152: seats can reveal');
    expect(text).toContain('○ panel 3 of 7 seats: if it is needed');
    expect(text).toContain('announced at #97, and so taken over from who copied it');
    expect(text).not.toContain('taken in');
    const unpublished = drawn(record('publish', { payloadPublished: false, deadline: 104n }));
    expect(unpublished).toContain('… payload not published yet');
  });

  it('keeps every line within the columns of the terminal', () => {
    const all = [BASE, LADDER, AUDIT, EQUIVOCATION, ALL_SILENT, OPEN];
    for (const columns of [40, 60, 80, 100]) {
      const lengths = all
        .flatMap((each) => drawn(each, columns).split('\n'))
        .map(({ length }) => length);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(columns);
    }
  });

  it('colours what happened only where it is asked to', () => {
    const colours = picocolors.createColors(true);
    const text = drawTimeline(timelineOf(BASE), { names, colours, columns: 100 }).join('\n');
    const escape = String.fromCodePoint(27);
    expect(text).toContain(`${escape}[31m⇒ B faulty`);
    expect(text).toContain(`${escape}[32m⇒ A valid`);
    expect(drawn(BASE)).not.toContain(escape);
  });
});

describe('wrapping', () => {
  const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', '-'), minLength: 1 }), {
    minLength: 1,
    maxLength: 30,
  });

  it('loses no character, and no line is longer than asked', () => {
    const check = (given: readonly string[], columns: number, hang: number): void => {
      const text = given.join(' ');
      const lines = wrap(text, columns, hang);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
    };
    const columns = fc.integer({ min: 12, max: 60 });
    fc.assert(fc.property(words, columns, fc.integer({ min: 0, max: 8 }), check), {
      seed: 7,
      numRuns: 500,
    });
  });

  it('keeps an amount and its unit together, and what follows moved in', () => {
    const text = `pays 12${FIXED_BLANK}LUX to somebody`;
    expect(wrap(text, 10)).toEqual(['pays', '  12 LUX', '  to', '  somebody']);
  });

  it('draws a rail beside all sections but the last', () => {
    const sections = ['one', 'two'].map((title) => ({
      tone: 'plain' as const,
      title,
      lines: [line('said')],
    }));
    expect(drawSections(sections, { columns: 40, colours: PLAIN })).toEqual([
      '● one',
      '│   said',
      '│',
      '● two',
      '    said',
    ]);
  });
});
