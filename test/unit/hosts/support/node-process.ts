// Runs a node in a process of its own and tells every block that is durably committed, one line of
// JSON each. Arguments: the data directory. For tests that kill it.
import { openNode } from '../../../../src/hosts/index.ts';
import { GENESIS, manualClock, transfer } from './chain.ts';

const clock = manualClock();
const opened = await openNode({
  genesis: GENESIS,
  dataDir: process.argv[2],
  production: { type: 'manual' },
  clock: clock.read,
});
if (!opened.ok) {
  process.stdout.write(`${JSON.stringify(opened.failure)}\n`);
  process.exit(1);
}
const { node } = opened.value;
const account = node.account(transfer(0, 0n).sender);
let nonce = account.ok ? account.value.nonce : 0n;
for (;;) {
  clock.advance(1n);
  for (let i = 0; i < 5; i++) node.submit(transfer(0, nonce++).bytes);
  const made = node.produce();
  if (!made.ok) throw new Error(made.failure.code);
  const { height, root } = made.value;
  process.stdout.write(`${JSON.stringify({ height: String(height), root })}\n`);
  await new Promise((resolve) => setImmediate(resolve));
}
