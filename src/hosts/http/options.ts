import { ok, type Failure, type Result } from '../../codec/failure.ts';
import { hostFail } from '../errors.ts';
import { DEFAULT_HOST, DEFAULT_HTTP_LIMITS, DEFAULT_PORT, type HttpLimits } from './limits.ts';

export interface HttpOptions {
  /** Address to listen at; `127.0.0.1`, this machine only, unless told. */
  readonly host?: string | undefined;
  /** 9640 unless told; 0 takes one that is free. */
  readonly port?: number | undefined;
  readonly limits?: Partial<HttpLimits> | undefined;
  /** What `GET /v1/node` calls this program. */
  readonly name?: string | undefined;
  readonly version?: string | undefined;
}

export interface HttpConfig {
  readonly host: string;
  readonly port: number;
  readonly limits: HttpLimits;
  readonly name: string;
  readonly version: string;
}

const MAX_PORT = 65_535;

const bad = (option: string, expected: string) =>
  hostFail('hosts/bad-option', { option, expected });

/** Addresses that only this machine reaches (RFC 5735 §3, RFC 4291 §2.5.3). */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.[0-9]{1,3}){3}$/.test(host);

/** Checks the options of the HTTP API and fills in the defaults. */
export const httpConfigOf = (options: HttpOptions): Result<HttpConfig, Failure> => {
  const { host = DEFAULT_HOST, port = DEFAULT_PORT, name = 'aivm', version = 'unknown' } = options;
  if (host === '') return bad('host', 'a name or an address');
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT)
    return bad('port', `0 to ${MAX_PORT}`);
  const limits: HttpLimits = { ...DEFAULT_HTTP_LIMITS, ...options.limits };
  for (const [limit, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      return bad(`limits.${limit}`, 'a whole number above 0');
    }
  }
  return ok({ host, port, limits, name, version });
};
