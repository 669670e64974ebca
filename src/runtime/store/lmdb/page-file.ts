import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The data file of a database, read without LMDB. */
export class PageFile {
  readonly size: number;
  readonly #descriptor: number;

  /** Opens the file for reading. Throws what the file system throws. */
  constructor(path: string) {
    this.#descriptor = openSync(path, 'r');
    this.size = fstatSync(this.#descriptor).size;
  }

  /** Reads into a buffer; false when the file ends before it is full. */
  readInto(buffer: Uint8Array, offset: number): boolean {
    if (offset + buffer.length > this.size) return false;
    let done = 0;
    while (done < buffer.length) {
      const read = readSync(this.#descriptor, buffer, done, buffer.length - done, offset + done);
      if (read === 0) return false;
      done += read;
    }
    return true;
  }

  /** So many bytes, or undefined when the file ends before them. */
  read(offset: number, length: number): Uint8Array | undefined {
    const buffer = new Uint8Array(length);
    return this.readInto(buffer, offset) ? buffer : undefined;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
