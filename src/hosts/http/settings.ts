import * as Context from 'effect/Context';
import type { HttpConfig } from './options.ts';

/** The checked options of the HTTP API. */
export class HttpSettings extends Context.Service<HttpSettings, HttpConfig>()(
  'aivm/hosts/HttpSettings',
) {}
