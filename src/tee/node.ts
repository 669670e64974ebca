/** The library under Node, with OpenSSL chosen as the default engine. Not for browsers. */
import { chooseDefaultEngine } from './p256/default.ts';
import { opensslEngine } from './p256/openssl.ts';

chooseDefaultEngine(opensslEngine);

export * from './index.ts';
export { createOpensslEngine, opensslEngine } from './p256/openssl.ts';
