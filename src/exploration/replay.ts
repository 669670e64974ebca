import type { ChainEvent } from '../actors/index.ts';
import { type Failure, type Infer, list, ok, record, type Result, text } from '../codec/index.ts';
import { hex } from '../codec/index.ts';
import { fromJson, toJson, type Json } from '../codec/json/index.ts';
import type { Violation } from '../testing/invariants/index.ts';
import type { Order } from '../testing/orders.ts';
import { beginWorld } from './beginning.ts';
import type { LandOptions } from './chain.ts';
import { explorationFail } from './errors.ts';
import { stuckMoney } from './exits.ts';
import type { Counterexample } from './explore.ts';
import { type Change, faultsOfState, faultsOfStep, type Ground, guarded } from './ground.ts';
import { Lexicon } from './lexicon.ts';
import { movesOf } from './moves/index.ts';
import { refusalFaults } from './refusals.ts';
import { Setting } from './setting.ts';
import { passing } from './time.ts';
import type { World } from './world.ts';

const MAX_STEPS = 4_096;
const MAX_LABEL_BYTES = 256;
const MAX_SAID_BYTES = 4_096;

/** A way through a world, as a file: labels of what is done, which people can read and change. */
const replayFile = record({
  title: text(MAX_LABEL_BYTES),
  /** Of the world that it is a way through. */
  world: hex(32),
  /** What was found at its end, for people. */
  found: list(text(MAX_SAID_BYTES), MAX_STEPS),
  steps: list(text(MAX_LABEL_BYTES), MAX_STEPS),
});
export type ReplayFile = Infer<typeof replayFile>;

/** One step of a way, and what came of it. */
export interface Told {
  readonly label: string;
  /** Height of the block in hand behind it. */
  readonly height: bigint;
  /** Code of the refusal, if the chain refused it. */
  readonly refused: string | undefined;
  readonly events: readonly ChainEvent[];
}

/** A way through a world that was gone once more. */
export interface Story {
  readonly told: readonly Told[];
  /** Empty if nothing is wrong on the way. */
  readonly violations: readonly Violation[];
  readonly lexicon: Lexicon;
}

/** The file of a counterexample. */
export const replayOf = (world: World, { path, violations }: Counterexample): Json =>
  toJson(replayFile, {
    title: world.title,
    world: world.hash,
    found: violations.map(({ id, sentence }) => `${id}: ${sentence}`.slice(0, MAX_LABEL_BYTES)),
    steps: path,
  });

/** Reads a replay, which must be of this world. */
export const parseReplay = (world: World, json: Json): Result<ReplayFile, Failure> => {
  const file = fromJson(replayFile, json);
  if (!file.ok) return file;
  return file.value.world === world.hash ? file : explorationFail('exploration/other-world');
};

interface Scene {
  readonly setting: Setting;
  readonly lexicon: Lexicon;
}

/** What a label stands for in a state, and the order that it sends, if any. */
interface Step {
  readonly take: () => Result<Change, Failure>;
  readonly order: Order | undefined;
}

const stepOf = ({ setting, lexicon }: Scene, ground: Ground, label: string): Step | undefined => {
  const way = passing(setting.world).find((each) => each.label === label);
  if (way !== undefined) {
    return { take: () => ok(setting.land.pass(ground, way.seconds)), order: undefined };
  }
  const move = movesOf({ setting, ground, lexicon }).find((each) => each.label === label);
  return move && { take: () => setting.land.send(ground, move.order), order: move.order };
};

/** What is wrong with a change, by everything that an exploration asks of it. */
const faultsOf = (
  setting: Setting,
  ground: Ground,
  change: Change,
  { order }: Step,
): readonly Violation[] =>
  change.receipt?.outcome.type === 'refused' && order !== undefined
    ? refusalFaults(ground, change, order)
    : [
        ...faultsOfState(change.after),
        ...faultsOfStep(ground, change),
        ...stuckMoney(setting, change.after),
      ];

const tellingOf = (label: string, { after, events, receipt }: Change): Told => {
  const refused = receipt?.outcome.type === 'refused' ? receipt.outcome.refusal.code : undefined;
  return { label, height: after.view.height, refused, events };
};

/**
 * Goes a way through a world once more and says what happens, to the first violation or the end. A
 * failure names the step that is no move at its place.
 */
export const replay = (
  world: World,
  path: readonly string[],
  options: LandOptions = {},
): Result<Story, Failure> => {
  const setting = new Setting(world, options);
  const lexicon = new Lexicon(setting);
  const begun = beginWorld(setting);
  if (!begun.ok) return begun;
  let ground = begun.value;
  const told: Told[] = [];
  for (const [index, label] of path.entries()) {
    const step = stepOf({ setting, lexicon }, ground, label);
    if (step === undefined) {
      const details = { step: `${index + 1}`, move: label };
      return explorationFail('exploration/no-such-move', details);
    }
    const done = guarded(step.take);
    if ('violation' in done) {
      told.push({ label, height: ground.view.height, refused: undefined, events: [] });
      return ok({ told, violations: [done.violation], lexicon });
    }
    if (!done.value.ok) return done.value;
    const change = done.value.value;
    told.push(tellingOf(label, change));
    const violations = faultsOf(setting, ground, change, step);
    if (violations.length > 0) return ok({ told, violations, lexicon });
    ground = change.after;
  }
  return ok({ told, violations: [], lexicon });
};
