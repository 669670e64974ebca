// Runs the script and kills itself before its n-th write. Arguments: folder, last height, keys a
// block, n. Prints each block once it is acknowledged, and the number of writes at the end.
import { runScript, say } from './script.ts';

const [path = '', last = '', keys = '', at = ''] = process.argv.slice(2);
let writes = 0;
runScript(
  path,
  Number(last),
  Number(keys),
  () => {
    writes += 1;
    if (writes === Number(at)) process.kill(process.pid, 'SIGKILL');
  },
  (height, root) => say(`block ${height} ${root}`),
);
say(`writes ${writes}`);
