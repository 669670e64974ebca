import { Session, type Profiler } from 'node:inspector';
import type { Bench } from './phases.ts';
import { rounded } from './statistics.ts';

/** Microseconds per attestation, by stage. */
export type Breakdown = Readonly<Record<string, number>>;

const SAMPLING_MICROS = 100;
const BLOCKS = 40;

/**
 * Stages by the function that begins them: a sample belongs to the innermost such function that was
 * running. `source` is the end of its file's path, or a part of it that ends in a slash.
 */
const STAGES: readonly {
  readonly stage: string;
  readonly source: string;
  readonly names?: readonly string[];
}[] = [
  { stage: 'signature checks', source: 'services/signatures.ts', names: ['recoverAddress'] },
  { stage: 'decoding block and transactions', source: 'actors/prepare.ts' },
  { stage: 'decoding block and transactions', source: 'execution/block.ts' },
  { stage: 'ids and transactions root', source: 'execution/validate.ts' },
  { stage: 'ids and transactions root', source: 'codec/ids/chain.ts', names: ['txId'] },
  { stage: 'attestation ids', source: 'attestation/identity.ts' },
  { stage: 'activity hash', source: 'actors/activity.ts' },
  { stage: 'reading state', source: 'store/chain-store.ts', names: ['get'] },
  { stage: 'reading state', source: 'actors/record.ts', names: ['readStored'] },
  { stage: 'encoding records', source: 'actors/working.ts', names: ['bytesOf', 'setEntry'] },
  { stage: 'kernel and machines', source: 'actors/builder.ts' },
  { stage: 'state tree', source: 'tree/update.ts', names: ['updateTree'] },
  { stage: 'reading tree nodes', source: 'store/chain-store.ts', names: ['getNode'] },
  { stage: 'encoding receipts', source: 'ledger/blocks.ts', names: ['batchOf'] },
  { stage: 'store and sync', source: 'store/chain-store.ts', names: ['commit'] },
  { stage: 'Effect shell', source: 'runtime/shell.ts' },
  { stage: 'Effect shell', source: 'node_modules/effect/' },
];

const stageOf = ({ callFrame }: Profiler.ProfileNode): string | undefined => {
  const { functionName, url } = callFrame;
  if (functionName === '(garbage collector)') return 'garbage collection';
  const found = STAGES.find(({ source, names }) => {
    const isThere = source.endsWith('/') ? url.includes(source) : url.endsWith(source);
    return isThere && (names === undefined || names.includes(functionName));
  });
  return found?.stage;
};

/** Time of each stage in a profile, microseconds. */
const timesOf = ({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile) => {
  const stages = new Map<number, string>();
  const fill = (node: Profiler.ProfileNode, outer: string): void => {
    const stage = stageOf(node) ?? outer;
    stages.set(node.id, stage);
    for (const child of node.children ?? []) fill(byId.get(child) as Profiler.ProfileNode, stage);
  };
  const byId = new Map(nodes.map((node) => [node.id, node]));
  fill(nodes[0] as Profiler.ProfileNode, 'the rest');
  const times = new Map<string, number>();
  samples.forEach((id, index) => {
    const stage = stages.get(id) as string;
    // The time before a sample is the time of the sample before.
    times.set(stage, (times.get(stage) ?? 0) + (timeDeltas[index + 1] ?? 0));
  });
  return times;
};

/** Profiles blocks of attestations that are made beforehand, and says which stage took what. */
export const breakDown = ({ host, workload, blockSize }: Bench): Breakdown => {
  let tip: Parameters<typeof workload.blockAfter>[0] = host.tip();
  const blocks = Array.from({ length: BLOCKS }, () => {
    const transactions = workload.attestations(blockSize, tip.time);
    const { next, bytes } = workload.blockAfter(tip, transactions);
    tip = next;
    return bytes;
  });
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: SAMPLING_MICROS });
  session.post('Profiler.start');
  for (const bytes of blocks) host.run(bytes);
  let times = new Map<string, number>();
  session.post('Profiler.stop', (error, { profile }) => {
    if (error !== null) throw error;
    times = timesOf(profile);
  });
  session.disconnect();
  const count = BLOCKS * blockSize;
  const sorted = [...times].sort(([, a], [, b]) => b - a);
  return Object.fromEntries(sorted.map(([stage, micros]) => [stage, rounded(micros / count, 1)]));
};
