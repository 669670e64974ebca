import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvFiles, csvText } from '../../../../src/simulation/report/csv.ts';
import { escapeHtml, escapeJson } from '../../../../src/simulation/report/escape.ts';
import { formatNumber, formatValue } from '../../../../src/simulation/report/format.ts';
import { rowsOf, verdictOf } from '../../../../src/simulation/report/rows.ts';
import { RESULT } from './fixture.ts';

/** A reader of RFC 4180 that shares nothing with the writer. */
const parseCsv = (text: string): string[][] => {
  const lines: string[][] = [];
  let [field, line, quoted] = ['', [] as string[], false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quoted) {
      if (character !== '"') field += character;
      else if (text.charAt(at + 1) === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',') {
      line.push(field);
      field = '';
    } else if (character === '\r' && text.charAt(at + 1) === '\n') {
      lines.push([...line, field]);
      [field, line] = ['', []];
      at += 1;
    } else field += character;
  }
  return lines;
};

describe('numbers as people read them', () => {
  test.each([
    [0, '0'],
    [-1.25, '−1.25'],
    [0.028_132_4, '0.02813'],
    [1_000_000, '1,000,000'],
    [12_345.678, '12,350'],
    [999.96, '1,000'],
    [0.000_001_234_6, '0.000001235'],
    [1.5e-9, '1.5e-9'],
    [2e20, '2e20'],
    [Infinity, '∞'],
    [Number.NaN, '–'],
  ])('%d', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  test('shares are in percent, other units stand behind', () => {
    expect(formatValue(0.05, 'share')).toBe('5\u202f%');
    expect(formatValue(2.5, 'LUX')).toBe('2.5\u00a0LUX');
    expect(formatValue(7, 'count')).toBe('7');
  });

  test('what is read back is near what was written', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 1e14, noNaN: true }), (value) => {
        const read = Number(formatNumber(value).replaceAll(',', ''));
        expect(Math.abs(read - value)).toBeLessThanOrEqual(value * 6e-4);
      }),
      { seed: 60 },
    );
  });
});

describe('the table of estimates', () => {
  test('keeps the order and says what agrees', () => {
    const rows = rowsOf(RESULT);
    expect(rows.map(({ name }) => name)).toEqual(RESULT.estimates.map(({ name }) => name));
    expect(rows.map(({ verdict }) => verdict)).toEqual(['agrees', 'agrees', 'differs', 'unknown']);
    expect(rows[0]).toMatchObject({
      parameters: 'N = 100, f = 0.2, n = 7, replacement = false, at = 1',
      n: '1,000,000',
      estimate: '2.821\u202f%',
      closedForm: '2.813\u202f%',
      z: '0.47',
    });
    expect(rows[3]).toMatchObject({ closedForm: '–', z: '–' });
  });

  test('four standard errors agree, more do not, and without theory nobody knows', () => {
    expect(verdictOf({ z: 4 })).toBe('agrees');
    expect(verdictOf({ z: 4.000_001 })).toBe('differs');
    expect(verdictOf({ z: Infinity })).toBe('differs');
    expect(verdictOf({ z: null })).toBe('unknown');
  });
});

describe('CSV', () => {
  test('is what a reader of RFC 4180 reads', () => {
    const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\r', '\n', ' ', 'é') });
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field), { minLength: 1 }), (lines) => {
        // What would be a formula is changed on purpose, so it is left to the next test.
        const plain = lines.map((line) => line.map((text) => `x${text}`));
        expect(parseCsv(csvText(plain))).toEqual(plain);
      }),
      { seed: 61 },
    );
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '  =1', '\r\n=1', '\uff1d1', '\0=1'])(
    'no spreadsheet runs %j',
    (text) => {
      expect(parseCsv(csvText([[text]]))).toEqual([[`'${text}`]]);
    },
  );

  test('figures are written in full, negative ones too, and nothing is empty', () => {
    expect(csvText([['a', -0.1, 1e-9, null, undefined, true]])).toBe('a,-0.1,1e-9,,,true\r\n');
  });

  test('has one file for the estimates and one for each figure', () => {
    const files = csvFiles(RESULT);
    expect([...files.keys()]).toEqual([
      'estimates.csv',
      'observations.csv',
      ...RESULT.figures.map(({ id }) => `figure-${id}.csv`),
    ]);
    const lines = parseCsv(files.get('estimates.csv') ?? '');
    expect(lines).toHaveLength(1 + RESULT.estimates.length);
    expect(lines[2]?.slice(3, 8)).toEqual(['-1.25', '-1.2', '0.9', '-1.36', '-1.14']);
    expect(parseCsv(files.get('observations.csv') ?? '')).toEqual([
      ['name', 'n', 'mean', 'ci95Low', 'ci95High', 'unit'],
      ['honest/slashed', '5000', '0.0012', '0.0005', '0.0026', 'share'],
    ]);
    const flow = parseCsv(files.get('figure-slashed-money.csv') ?? '');
    expect(flow[1]).toEqual(['colluding stake', 'slashed', '640']);
  });

  test('paths stay in their folder, whatever figures are called', () => {
    const [figure] = RESULT.figures;
    if (figure === undefined) throw new Error('the fixture has figures');
    const ids = ['../../etc/passwd', 'CON', 'a', 'a', 'é b'];
    const files = csvFiles({
      estimates: [],
      observations: [],
      figures: ids.map((id) => ({ ...figure, id })),
    });
    expect(files.size).toBe(1 + ids.length);
    for (const path of files.keys()) expect(path).toMatch(/^[a-z0-9-]+\.csv$/);
  });
});

describe('escaping', () => {
  test('JSON in a script holds no end of it and stays the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = escapeJson(value);
        expect(text).not.toMatch(/[<>&]/);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 62 },
    );
  });

  test('markup, quotes, controls and lone surrogates are no markup', () => {
    expect(escapeHtml(`<a href="x" b='y'>&\u0000\ud800`)).toBe(
      '&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;\ufffd\ufffd',
    );
  });
});
