// Is there a browser for the tests? Prints its path, or says what to do and fails.
import { findBrowser, NO_BROWSER } from './find.ts';

const path = findBrowser();
process.stdout.write(`${path ?? NO_BROWSER}\n`);
process.exitCode = path === undefined ? 1 : 0;
