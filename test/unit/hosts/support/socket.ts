import { connect } from 'node:net';

/** Sends raw bytes to a port and gives everything that comes back until the connection ends. */
export const exchange = (
  port: number,
  parts: readonly (string | Uint8Array)[],
  options: { readonly endAfterSend?: boolean; readonly milliseconds?: number } = {},
): Promise<string> =>
  new Promise((resolve) => {
    let received = '';
    const socket = connect(port, '127.0.0.1');
    const done = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(received);
    };
    const timer = setTimeout(done, options.milliseconds ?? 5_000);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      received += text;
    });
    socket.on('error', done);
    socket.on('close', done);
    socket.on('connect', () => {
      for (const part of parts) socket.write(part);
      if (options.endAfterSend === true) socket.end();
    });
  });

/** Status and JSON body of a raw answer. */
export const parseAnswer = (raw: string): { readonly status: number; readonly code: string } => {
  const [, status = '0'] = /^HTTP\/1\.1 ([0-9]{3})/.exec(raw) ?? [];
  const [, code = ''] = /"code":"([^"]+)"/.exec(raw) ?? [];
  return { status: Number(status), code };
};
