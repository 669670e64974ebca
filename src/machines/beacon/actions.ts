import { emit, put, stepsOf, u64Key, type Call, type Effect } from '../kit/index.ts';
import { retentionBlocks } from '../parameters/schedule.ts';
import type { BeaconMessage } from './messages.ts';
import { beaconQueue, beaconRounds, type BeaconContext } from './record.ts';
import { randomnessOf } from './rounds.ts';

/** Rounds that one submission removes at most: more than it adds, so that old ones run out. */
const PRUNED_PER_MESSAGE = 2;

const step = stepsOf<BeaconContext, BeaconMessage>();

/** Removes the oldest rounds that no challenge can ask for. */
const prune = (context: BeaconContext, { self, height, parameters, read }: Call) => {
  const effects: Effect[] = [];
  let head = context.queueHead;
  for (let pruned = 0; pruned < PRUNED_PER_MESSAGE; pruned++) {
    const entry = read.entry(beaconQueue, self, u64Key(head));
    if (entry === undefined || entry.height + retentionBlocks(parameters) > height) break;
    effects.push(put(beaconRounds, u64Key(entry.round), undefined));
    effects.push(put(beaconQueue, u64Key(head), undefined));
    head += 1n;
  }
  return { head, effects };
};

export const steps = {
  submit: step('submitRound', (context, { round, proof }, call) => {
    const randomness = randomnessOf(context.source, proof);
    const { head, effects } = prune(context, call);
    return {
      context: {
        ...context,
        latestRound: round > context.latestRound ? round : context.latestRound,
        submittedAt: call.height,
        queueHead: head,
        queueTail: context.queueTail + 1n,
      },
      effects: [
        ...effects,
        put(beaconRounds, u64Key(round), { randomness, height: call.height }),
        put(beaconQueue, u64Key(context.queueTail), { round, height: call.height }),
        emit('roundSubmitted', { round, randomness }),
      ],
    };
  }),
};
