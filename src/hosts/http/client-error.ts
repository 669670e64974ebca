import type { Duplex } from 'node:stream';
import { hostFail } from '../errors.ts';
import { failureBody } from './respond.ts';

/** What Node's parser refuses, which never becomes a request (RFC 9112 §2.2). */
const REFUSED: Readonly<
  Record<string, readonly [status: string, code: ReturnType<typeof hostFail>]>
> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', hostFail('hosts/headers-too-large')],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', hostFail('hosts/request-timeout')],
};

const BAD_REQUEST = ['400 Bad Request', hostFail('hosts/bad-http')] as const;

/** Answers bytes that are no request in the form of every other failure, and hangs up. */
export const answerClientError = (error: { readonly code?: string }, socket: Duplex): void => {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, { failure }] = REFUSED[error.code ?? ''] ?? BAD_REQUEST;
  const body = failureBody(failure);
  const head = [
    `HTTP/1.1 ${status}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};
