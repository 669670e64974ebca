import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Figure } from '../../../../src/simulation/figure.ts';
import { htmlReport, repeatCommand } from '../../../../src/simulation/report/html.ts';
import type { SimulationResult } from '../../../../src/simulation/result.ts';
import { RESULT, SCENARIO } from './fixture.ts';

const htmlOf = async (result: SimulationResult, scenario: unknown = SCENARIO): Promise<string> => {
  const html = await htmlReport(result, scenario);
  if (!html.ok) throw new Error(html.failure.message);
  return html.value;
};

const EVIL = `</script><script>alert(1)</script><img src=x onerror="alert(2)">'"&<!--{a}{b}`;

/** The file without the library, which is a megabyte and holds what it likes. */
const ownParts = (html: string): string => {
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text ?? '');
  const library = scripts.reduce((longest, each) =>
    each.length > longest.length ? each : longest,
  );
  return html.replace(library, '');
};

describe('the HTML report', () => {
  test('is the same for the same result, byte for byte', async () => {
    const [one, two] = [await htmlOf(RESULT), await htmlOf(RESULT)];
    expect(two === one).toBe(true);
    const other = await htmlOf({ ...RESULT, seed: '43' });
    expect(other === one).toBe(false);
  });

  test('holds title, summary, seed, version, scenario and the command', async () => {
    const html = await htmlOf(RESULT);
    expect(html).toContain('<h1>base protocol</h1>');
    for (const sentence of RESULT.summary) expect(html).toContain(sentence);
    expect(html).toContain('<dt>seed</dt><dd>42</dd>');
    expect(html).toContain('<dt>aivm</dt><dd>0.1.0</dd>');
    expect(html).toContain('aivm simulate &#39;base protocol&#39; --seed 42');
    expect(html).toContain('&quot;estimate&quot;: &quot;panelMajorityError&quot;');
  });

  test('says whether signatures were on', async () => {
    expect(await htmlOf(RESULT)).toContain('Signatures were off.');
    const signed = await htmlOf({ ...RESULT, signed: true });
    expect(signed).not.toContain('Signatures were off.');
    expect(signed).toContain('<dt>signatures</dt><dd>on</dd>');
  });

  test('colours the estimates that differ from theory, and those only', async () => {
    const html = await htmlOf(RESULT);
    expect(html.match(/<tr class="differs">/g)).toHaveLength(1);
    expect(html.match(/<tr class="agrees">/g)).toHaveLength(2);
    expect(html.match(/<tr class="unknown">/g)).toHaveLength(1);
    expect(/<tr class="differs">.*selectionShare/.test(html)).toBe(true);
  });

  test('shows what a market showed, where there was one', async () => {
    expect(await htmlOf(RESULT)).toContain('<td>honest/slashed</td><td class="right">5,000</td>');
    const without = await htmlOf({ ...RESULT, observations: [] });
    expect(without).not.toContain('What the market showed');
  });

  test('draws every figure without scripts, with its table', async () => {
    const html = ownParts(await htmlOf(RESULT));
    const stills = [...html.matchAll(/<div class="still">(<svg[\s\S]*?<\/svg>)/g)];
    expect(stills).toHaveLength(RESULT.figures.length);
    for (const [, svg] of stills) expect((svg ?? '').match(/<path/g)?.length).toBeGreaterThan(3);
    expect(html.match(/<details><summary>The figures/g)).toHaveLength(RESULT.figures.length);
  });

  test('loads nothing: no address in what it holds besides names of SVG', async () => {
    const html = ownParts(await htmlOf(RESULT));
    const addresses = [...html.matchAll(/https?:\/\/[^"'\s<]+/g)].map(([address]) => address);
    expect([...new Set(addresses)].sort()).toEqual([
      'http://www.w3.org/1999/xlink',
      'http://www.w3.org/2000/svg',
    ]);
    expect(html).not.toMatch(/<(?:link|img|iframe|object|embed)[^>]*(?:src|href)="(?!data:,")/);
    expect(html).toContain("default-src 'none'");
  });

  test('permits its own scripts by their hash and no other', async () => {
    const html = await htmlOf(RESULT);
    const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
      ([, text]) => text ?? '',
    );
    expect(scripts).toHaveLength(2);
    for (const script of scripts) {
      expect(html).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    }
    expect(html).not.toContain("script-src 'unsafe-inline'");
  });
});

describe('a report of words that nobody should trust', () => {
  const evilFigures: readonly Figure[] = RESULT.figures.map((figure): Figure => {
    const words = { id: EVIL, title: EVIL, about: EVIL };
    if (figure.type === 'flow') {
      const links = figure.links.map((link) => ({ ...link, to: `${EVIL}${link.to}` }));
      return { ...figure, ...words, links };
    }
    const marks = figure.marks.map((mark) => ({ ...mark, label: EVIL }));
    const x = { ...figure.x, label: EVIL };
    return figure.type === 'plot'
      ? {
          ...figure,
          ...words,
          x,
          marks,
          series: figure.series.map((one) => ({ ...one, name: EVIL })),
        }
      : {
          ...figure,
          ...words,
          x,
          marks,
          series: figure.series.map((one) => ({ ...one, name: EVIL })),
        };
  });
  const evil: SimulationResult = {
    ...RESULT,
    scenario: EVIL,
    about: EVIL,
    seed: EVIL,
    version: EVIL,
    summary: [EVIL],
    estimates: RESULT.estimates.map((one) => ({
      ...one,
      name: EVIL,
      source: EVIL,
      unit: EVIL,
      parameters: { [EVIL]: EVIL },
    })),
    observations: [{ name: EVIL, n: 1, mean: 1, ci95: [0, 2], unit: EVIL }],
    figures: evilFigures,
  };

  test('holds not one element of theirs', async () => {
    const html = ownParts(await htmlOf(evil, { [EVIL]: EVIL }));
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<!--');
    expect(html).not.toMatch(/onerror="alert/);
    expect(html.match(/<\/script>/g)).toHaveLength(3);
  });

  test('keeps the data of the pictures as they are', async () => {
    const html = await htmlOf(evil);
    const [, json = ''] =
      /<script type="application\/json" id="pictures">(.*?)<\/script>/.exec(html) ?? [];
    const pictures = JSON.parse(json) as { option: { series: { name?: string }[] } }[];
    expect(pictures[0]?.option.series[0]?.name).toBe(EVIL);
  });

  test('quotes the words of a command for the shell', () => {
    expect(repeatCommand('base', '7')).toBe('aivm simulate base --seed 7');
    expect(repeatCommand("it's; rm -rf ~", '$(x)\n')).toBe(
      `aivm simulate 'it'\\''s; rm -rf ~' --seed '$(x) '`,
    );
  });
});
