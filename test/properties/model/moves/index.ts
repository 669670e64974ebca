// Every move there is, by name.
import { ask, attest, fulfil, pay, refund, refundRequest, settle } from './claims.ts';
import { announce, appeal, equivocation, takeOver, withdrawAnnouncement } from './disputes.ts';
import { careless, garble, meddle } from './hostile.ts';
import { audit, openAnnounced, openPair, protocolAudit } from './openings.ts';
import { aboutModel, aboutProfile, deposit, transfer } from './registry.ts';
import type { Move } from './scene.ts';
import {
  depart,
  leave,
  register,
  rotate,
  serve,
  setEndpoint,
  stake,
  unjail,
  unstake,
  withdraw,
} from './staking.ts';

export const MOVES: Readonly<Record<string, Move>> = {
  register,
  stake,
  unstake,
  withdraw,
  unjail,
  serve,
  leave,
  depart,
  rotate,
  setEndpoint,
  attest,
  fulfil,
  ask,
  pay,
  settle,
  refund,
  refundRequest,
  transfer,
  deposit,
  aboutModel,
  aboutProfile,
  openPair,
  audit,
  protocolAudit,
  equivocation,
  announce,
  withdrawAnnouncement,
  takeOver,
  appeal,
  openAnnounced,
  meddle,
  careless,
  garble,
};
