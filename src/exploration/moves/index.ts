import type { MoveName } from '../names.ts';
import { submitRound } from './beacon.ts';
import * as disputes from './disputes.ts';
import type { Move, MovesOf, Scene } from './move.ts';
import * as openings from './openings.ts';
import * as stakes from './stakes.ts';

export type { Move, Scene } from './move.ts';

const MOVES: Readonly<Record<MoveName, MovesOf>> = {
  attest: stakes.attest,
  pay: stakes.pay,
  settle: stakes.settle,
  refund: stakes.refund,
  open: openings.open,
  audit: openings.audit,
  protocolAudit: openings.protocolAudit,
  equivocation: openings.equivocation,
  announce: openings.announce,
  takeOver: openings.takeOver,
  publish: disputes.publish,
  publishOutput: disputes.publishOutput,
  publishShape: disputes.publishShape,
  submitRound,
  submitSeed: disputes.submitSeed,
  commit: disputes.commit,
  cannotRun: disputes.cannotRun,
  reveal: disputes.reveal,
  openChunk: disputes.openChunk,
  appeal: disputes.appeal,
  stake: stakes.stake,
  unstake: stakes.unstake,
  withdraw: stakes.withdraw,
  unjail: stakes.unjail,
  leave: stakes.leave,
  depart: stakes.depart,
};

/**
 * Everything that may be tried in a state, whether the chain takes it or not: what the rules allow
 * is theirs to say, and a refusal that changes something would be found.
 */
export const movesOf = (scene: Scene): readonly Move[] =>
  scene.setting.world.moves.flatMap((name) => MOVES[name](scene));
