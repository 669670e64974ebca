export { type Facts, factsOf } from './facts.ts';
export {
  FINALITY_BEHAVIOURS,
  finalityBlocks,
  type FinalityBehaviour,
  type FinalityPlay,
} from './finality.ts';
export { GRIEFING_FACTOR_LIMIT, griefingFactor } from './griefing.ts';
export { observationsOf } from './observations.ts';
export { playOnce, type PlayOptions, workOfMarket } from './play.ts';
export { type AgentGroup, type Market, parseMarket, type Proposer } from './settings.ts';
