import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

export interface View {
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly scripts?: boolean;
}

/** A page that is open, and everything that it complained about or asked for so far. */
export interface OpenPage {
  readonly page: Page;
  /** Errors and warnings of the console, and exceptions nobody caught. */
  readonly complaints: readonly string[];
  /** Addresses that were asked for, besides the file itself and data within it. */
  readonly requests: readonly string[];
}

/** Root may start it only without a sandbox; nothing is opened but files that tests wrote. */
const FLAGS = ['--no-sandbox', '--disable-dev-shm-usage'];

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: FLAGS });

/** Opens a file the way a reader does, and listens from the first byte on. */
export const openFile = async (
  browser: Browser,
  path: string,
  { scheme = 'light', width = 1100, scripts = true }: View = {},
): Promise<OpenPage> => {
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height: 900 },
    javaScriptEnabled: scripts,
    offline: true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  const address = pathToFileURL(path).href;
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('data:')) {
      requests.push(request.url());
    }
  });
  await page.goto(address, { waitUntil: 'load' });
  return { page, complaints, requests };
};
