import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Which connections have an answer in hand. Node's own list of idle ones leaves out those that
 * never asked anything, such as a client opens in advance, and a stop would wait for them.
 */
export class Connections {
  readonly #answering = new Map<Socket, number>();

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.#answering.set(socket, 0);
      socket.once('close', () => this.#answering.delete(socket));
    });
    server.on('request', ({ socket }: { readonly socket: Socket }, response: ServerResponse) => {
      this.#count(socket, 1);
      response.once('close', () => this.#count(socket, -1));
    });
  }

  /** Closes those that have no answer in hand. */
  closeIdle(): void {
    for (const [socket, answers] of this.#answering) if (answers === 0) socket.destroy();
  }

  #count(socket: Socket, change: number): void {
    const answers = this.#answering.get(socket);
    if (answers !== undefined) this.#answering.set(socket, answers + change);
  }
}
