import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { figuresOf } from '../../../../src/simulation/figures/index.ts';
import { htmlReport } from '../../../../src/simulation/report/html.ts';
import { findBrowser, NO_BROWSER } from '../../../../tools/browser/find.ts';
import { launch, openFile, type View } from '../../../../tools/browser/page.ts';
import { INPUT } from '../figures/input.ts';
import { RESULT, SCENARIO } from './fixture.ts';

const path = findBrowser();
if (path === undefined) process.stderr.write(`skipped the report in a browser: ${NO_BROWSER}\n`);

const figures = [...RESULT.figures, ...figuresOf(INPUT)];
/** Less than this and a plot would show nothing. */
const MIN_PATHS = 3;

describe.skipIf(path === undefined)('the report in a real browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aivm-report-'));
  const file = join(folder, 'report.html');
  let browser: Browser;

  beforeAll(async () => {
    const html = await htmlReport({ ...RESULT, figures }, SCENARIO);
    if (!html.ok) throw new Error(html.failure.message);
    writeFileSync(file, html.value);
    browser = await launch(path ?? '');
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Every figure shows one picture with paths, of some size, within its frame. */
  const expectPictures = async (view: View, kind: '.live' | '.still') => {
    const { page, complaints, requests } = await openFile(browser, file, view);
    const found = await page.locator('figure').evaluateAll(
      (frames, selector) =>
        frames.map((frame) => {
          const svg = frame.querySelector(`${selector} svg`);
          const { width = 0, height = 0 } = svg?.getBoundingClientRect() ?? {};
          const paths = svg?.querySelectorAll('path').length ?? 0;
          return { width, height, paths, frame: frame.clientWidth };
        }),
      kind,
    );
    expect(found).toHaveLength(figures.length);
    for (const { width, height, paths, frame } of found) {
      expect(width).toBeGreaterThan(200);
      expect(width).toBeLessThanOrEqual(Math.max(frame, 544));
      expect(height).toBeGreaterThan(150);
      expect(paths).toBeGreaterThanOrEqual(MIN_PATHS);
    }
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
    return page;
  };

  test('draws every figure, complains of nothing and asks the network for nothing', async () => {
    const page = await expectPictures({}, '.live');
    expect(await page.title()).toContain(RESULT.scenario);
  });

  test('draws every figure on a narrow screen, and nothing sticks out of the page', async () => {
    const page = await expectPictures({ width: 400 }, '.live');
    const [content, screen] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(content).toBeLessThanOrEqual(screen ?? 0);
  });

  test('draws every figure without scripts, too', async () => {
    const { page, requests } = await openFile(browser, file, { scripts: false });
    expect(await page.locator('.still svg').count()).toBe(figures.length);
    for (const still of await page.locator('.still svg').all()) {
      expect((await still.boundingBox())?.width).toBeGreaterThan(200);
    }
    expect(requests).toEqual([]);
  });

  test('prints the still pictures', async () => {
    const { page } = await openFile(browser, file);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.still svg').first().isVisible()).toBe(true);
    expect(await page.locator('.live').first().isVisible()).toBe(false);
    expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(10_000);
  });

  test('is dark where the reader likes it dark, in pictures as in text', async () => {
    const colours = async (scheme: 'light' | 'dark') => {
      const page = await expectPictures({ scheme }, '.live');
      return page.evaluate(() => {
        const label = document.querySelector('.live svg text');
        const labelColour = label === null ? '' : getComputedStyle(label).fill;
        return { page: getComputedStyle(document.body).backgroundColor, label: labelColour };
      });
    };
    const [light, dark] = [await colours('light'), await colours('dark')];
    const brightness = (colour: string): number =>
      (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
    expect(brightness(light.page)).toBeGreaterThan(600);
    expect(brightness(dark.page)).toBeLessThan(150);
    expect(brightness(dark.label)).toBeGreaterThan(brightness(light.label) + 100);
  });

  test('says what a dot, a bar and a flow stand for where the pointer is', async () => {
    const { page, complaints } = await openFile(browser, file);
    const tipOver = async (id: string, find: (box: Element) => [number, number] | null) => {
      const figure = page.locator(`figure#figure-${1 + figures.findIndex((one) => one.id === id)}`);
      await figure.scrollIntoViewIfNeeded();
      const live = figure.locator('.live');
      const at = await live.evaluate(find);
      const box = await live.boundingBox();
      if (at === null || box === null) return '';
      await page.mouse.move(box.x + 1, box.y + 1);
      await page.mouse.move(at[0], at[1], { steps: 3 });
      await live.locator('strong').first().waitFor({ state: 'visible', timeout: 5_000 });
      return (await live.innerText()).replaceAll(/\s+/g, ' ');
    };
    const middle = (box: Element): [number, number] => {
      const { left, top, width, height } = box.getBoundingClientRect();
      return [left + width / 2, top + height * 0.6];
    };
    const lastPath = (box: Element): [number, number] | null => {
      const found = [...box.querySelectorAll('svg path[transform]')].at(-1);
      const place = found?.getBoundingClientRect();
      return place === undefined
        ? null
        : [place.left + place.width / 2, place.top + place.height / 2];
    };
    expect(await tipOver('cheater-profit', lastPath)).toContain('95 % interval:');
    expect(await tipOver('distances', middle)).toContain('distance:');
    expect(await tipOver('slashed-money', middle)).toContain('LUX');
    expect(complaints).toEqual([]);
  });
});
