// Lives the life on a database until it is over or the process is killed, and says after each block
// `block HEIGHT ROOT`. Arguments: folder, and the write before which it kills itself, or 0.
import { writeSync } from 'node:fs';
import { LAST, openAt, playTo, rootAt } from '../support.ts';

const [path = '', at = '0'] = process.argv.slice(2);
let writes = 0;
const opened = openAt(path, {
  beforeWrite: () => {
    writes += 1;
    if (writes === Number(at)) process.kill(process.pid, 'SIGKILL');
  },
});
playTo(opened, LAST, (height) => writeSync(1, `block ${height} ${rootAt(height)}\n`));
opened.store.close();
writeSync(1, 'done\n');
