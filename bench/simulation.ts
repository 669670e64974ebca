// Measures what simulated disputes cost: with every message on the kernel, on one core and on
// all, without signatures and with; panels alone, beside panels that are only dealt; and memory for
// each agent.
// Usage: npm run bench:sim -- [--disputes N] [--per-run N] [--verdicts N]
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { unwrap } from '../src/runtime/unwrap.ts';
import { workOf } from '../src/simulation/estimates/index.ts';
import { groundOf } from '../src/simulation/market/ground.ts';
import { parseMarket, playOnce } from '../src/simulation/market/index.ts';
import { runSources } from '../src/simulation/random/index.ts';
import { parseScenario } from '../src/simulation/scenario/index.ts';
import { memoryNow } from './chain/memory.ts';
import { rounded } from './chain/statistics.ts';
import { playDisputes, type Played } from './simulation/measure.ts';
import { playInAll } from './simulation/processes.ts';

const { values } = parseArgs({
  options: {
    disputes: { type: 'string', default: '2000' },
    'per-run': { type: 'string', default: '1000' },
    verdicts: { type: 'string', default: '20000' },
  },
});
const disputes = Number(values.disputes);
const perRun = Number(values['per-run']);
const verdicts = Number(values.verdicts);

const MS = 1_000;
const MINUTE = 60;
const FEW = 100;
const MANY = 2_100;
const BYTES_PER_MB = 1_000_000;

const figuresOf = ({ disputes: played, orders, wallMs, cpuMs }: Played) => ({
  disputes: played,
  perSecond: rounded((played * MS) / wallMs, 0),
  perMinuteOfCpu: rounded((played * MS * MINUTE) / cpuMs, 0),
  ordersPerDispute: rounded(orders / played, 1),
  ordersPerSecondOfCpu: rounded((orders * MS) / cpuMs, 0),
});

const panelVerdicts = () => {
  const asked = { estimate: 'panelMajorityError', N: 100, colluders: 0.2, panel: 7 };
  const estimates = [{ ...asked, replacement: false }];
  const scenario = unwrap(parseScenario({ name: 'bench', seed: 'bench', estimates }));
  const [request] = scenario.estimates;
  if (request === undefined) throw new Error('the scenario asks for an estimate');
  const { play } = workOf({ ...request, runs: verdicts });
  const cpu = process.cpuUsage();
  play('bench', 0, verdicts);
  const { user, system } = process.cpuUsage(cpu);
  return rounded((verdicts * MS * MS) / (user + system), 0);
};

/**
 * The same panels dealt by a program that does nothing else, from the same kind of randomness and
 * without selection, replacement or verdict of the runtime: what those cost is the ratio.
 */
const dealtPanels = () => {
  const sources = runSources('bench', 'dealt');
  const [owners, marked, seats, quorum] = [100, 20, 7, 4];
  const cpu = process.cpuUsage();
  let upheld = 0;
  for (let panel = 0; panel < verdicts; panel += 1) {
    const dice = sources(panel).stream('beacon');
    let colluding = 0;
    for (let seat = 0; seat < seats; seat += 1) {
      if (dice.below(owners - seat) < marked - colluding) colluding += 1;
    }
    if (colluding >= quorum) upheld += 1;
  }
  if (upheld === 0) throw new Error('some panels uphold a lie');
  const { user, system } = process.cpuUsage(cpu);
  return rounded((verdicts * MS * MS) / (user + system), 0);
};

/**
 * Heap and byte arrays of a market of many agents above those of one of few, while it is played.
 */
const bytesPerAgent = (): number => {
  const of = (count: number) => {
    const agents = [{ kind: 'honest', count }];
    const before = memoryNow();
    const ground = groundOf(unwrap(parseMarket({ agents, blocks: 5 })));
    const session = playOnce(ground, 'bench', 0);
    const after = memoryNow();
    if (session.chain.height === 0n) throw new Error('nothing was played');
    return after.heapMb + after.externalMb - before.heapMb - before.externalMb;
  };
  return rounded(((of(MANY) - of(FEW)) * BYTES_PER_MB) / (MANY - FEW), 0);
};

const main = async (): Promise<void> => {
  const processes = availableParallelism();
  const audits = { disputes, perRun };
  const unsigned = playDisputes('audit', { ...audits, signatures: false });
  const signed = playDisputes('audit', { ...audits, signatures: true });
  const pairs = playDisputes('pair', { ...audits, signatures: false });
  const all = await playInAll(processes, { kind: 'audit', ...audits });
  const perSecond = all.reduce((sum, each) => sum + (each.disputes * MS) / each.wallMs, 0);
  const figures = {
    oneProcess: { audits: figuresOf(unsigned), pairs: figuresOf(pairs) },
    withSignatures: figuresOf(signed),
    allProcesses: { processes, perSecond: rounded(perSecond, 0) },
    panelVerdictsPerSecondOfCpu: panelVerdicts(),
    baseline: { dealtPanelsPerSecondOfCpu: dealtPanels() },
    bytesPerAgent: bytesPerAgent(),
  };
  const text = JSON.stringify(figures, null, 2);
  process.stdout.write(`${text}\n`);
};

await main();
