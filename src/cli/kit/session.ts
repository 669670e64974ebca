import type { Keystore } from '../keystore/keystore.ts';
import type { Globals } from './globals.ts';
import type { Node } from './node.ts';
import { outputTo, type Output } from './output.ts';
import { withSpinner } from './progress.ts';

/** What a command works with; each part is loaded when it is first asked for. */
export class Session {
  readonly globals: Globals;
  readonly out: Output;
  #node: Node | undefined;

  constructor(globals: Globals) {
    this.globals = globals;
    this.out = outputTo(globals.isJson);
  }

  async keystore(): Promise<Keystore> {
    const { Keystore: Opened } = await import('../keystore/keystore.ts');
    return new Opened(this.globals.keystore);
  }

  /** The node of `--url`, asked once what chain it has. */
  async node(): Promise<Node> {
    if (this.#node !== undefined) return this.#node;
    const { connect } = await import('./node.ts');
    this.#node = await withSpinner('asking the node', () => connect(this.globals.url));
    return this.#node;
  }
}
