// Lives the life on a disk that gets full, and goes on when there is room again. Arguments: folder,
// then the command that makes room. Says `block HEIGHT ROOT` after each block; when one is refused
// `full HEIGHT CODE ERROR` with the height that stays; and `done ROOT`.
import { execFileSync } from 'node:child_process';
import { writeSync } from 'node:fs';
import { check, unwrap } from '../../../../src/runtime/index.ts';
import { executeNext, heightOf, LAST, openAt } from '../support.ts';

const say = (line: string): number => writeSync(1, `${line}\n`);

const [path = '', command = '', ...rest] = process.argv.slice(2);
const opened = openAt(path);
const { operations, ledger, store } = opened;
while (heightOf(opened) < LAST) {
  const height = heightOf(opened);
  const blockId = executeNext(opened);
  const committed = operations.commit(blockId);
  if (committed.ok) {
    say(`block ${height + 1} ${committed.value.root}`);
    continue;
  }
  const { code, details } = committed.failure;
  say(`full ${heightOf(opened)} ${code} ${details['error']}`);
  // What is there can still be read, all of it.
  say(`sound ${unwrap(check(store))?.root}`);
  execFileSync(
    command,
    rest.map((word) => word.replace('PID', `${process.pid}`)),
  );
  unwrap(operations.commit(blockId));
  say(`again ${heightOf(opened)} ${ledger.tip.root}`);
}
say(`done ${unwrap(check(store))?.root}`);
store.close();
