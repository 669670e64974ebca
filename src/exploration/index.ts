export { drive } from './drive.ts';
export { explorationErrors, type ExplorationErrorCode } from './errors.ts';
export {
  type Counterexample,
  DEFAULT_MAX_STATES,
  type Exploration,
  explore,
  type ExploreOptions,
  exploring,
  type Progress,
} from './explore.ts';
export { MOVE_NAMES, type MoveName } from './names.ts';
export { SMALLEST } from './parameters.ts';
export { parseReplay, replay, type ReplayFile, replayOf, type Story, type Told } from './replay.ts';
export type { Machines } from './chain.ts';
export { storyText } from './story.ts';
export { BEGINNINGS, parseWorld, type World } from './world.ts';
