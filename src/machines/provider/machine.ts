import { defineActor, machineOf } from '../kit/index.ts';
import { steps } from './actions.ts';
import { guards } from './guards.ts';
import { providerMessage, providerRules } from './messages.ts';
import { heldByProvider, initialProvider, providerContext } from './record.ts';

/** What may be done in every state in which there is stake. */
const held = {
  withdraw: { guard: 'mayWithdraw', actions: 'withdraw' },
  depart: { guard: 'mayDepart', actions: 'depart' },
  setEndpoint: { guard: 'maySetEndpoint', actions: 'setEndpoint' },
  leave: { guard: 'mayLeave', actions: 'leave' },
  dropEnclaveKey: [
    { guard: 'mayForget', actions: 'forget' },
    { guard: 'mayDrop', actions: 'drop' },
  ],
  rotateKey: { guard: 'mayRotate', actions: 'rotate' },
} as const;

const machine = machineOf({
  context: initialProvider,
  events: providerRules,
  guards,
  steps,
  table: {
    id: 'provider',
    initial: 'absent',
    on: {
      expose: { guard: 'withinExposure', actions: 'expose' },
      lock: { actions: 'lock' },
      unlock: { actions: 'unlock' },
      slash: { actions: 'slash' },
      penalize: { actions: 'penalize' },
      declined: { actions: 'declined' },
      tombstone: { target: '.tombstoned', actions: 'tombstone' },
    },
    states: {
      absent: {
        on: {
          register: [
            { guard: 'mayRegisterStaked', target: 'active', actions: 'registerActive' },
            { guard: 'mayRegister', target: 'inactive', actions: 'register' },
          ],
        },
      },
      inactive: {
        on: {
          ...held,
          stake: [
            { guard: 'reachesMinimum', target: 'active', actions: 'stakeActive' },
            { guard: 'mayStake', actions: 'stake' },
          ],
          unstake: [
            { guard: 'mayUnstakeAll', target: 'unbonding', actions: 'unstake' },
            { guard: 'mayUnstake', actions: 'unstake' },
          ],
          penalize: [
            { guard: 'isSecondNoShow', target: 'jailed', actions: 'jail' },
            { actions: 'penalize' },
          ],
        },
      },
      active: {
        on: {
          ...held,
          stake: { guard: 'mayStake', actions: 'stakeActive' },
          unstake: [
            { guard: 'mayUnstakeAll', target: 'unbonding', actions: 'unstakeIdle' },
            { guard: 'mayUnstakeBelow', target: 'inactive', actions: 'unstakeIdle' },
            { guard: 'mayUnstake', actions: 'unstakeActive' },
          ],
          serve: { guard: 'mayServe', actions: 'serve' },
          enrolEnclaveKey: { guard: 'mayEnrol', actions: 'enrol' },
          unlock: [
            { guard: 'unlockFallsBelow', target: 'inactive', actions: 'unlockIdle' },
            { actions: 'unlockActive' },
          ],
          slash: [
            { guard: 'slashFallsBelow', target: 'inactive', actions: 'slashIdle' },
            { actions: 'slashActive' },
          ],
          penalize: [
            { guard: 'isSecondNoShow', target: 'jailed', actions: 'jail' },
            { guard: 'penaltyFallsBelow', target: 'inactive', actions: 'penalizeIdle' },
            { actions: 'penalizeActive' },
          ],
        },
      },
      jailed: {
        on: {
          ...held,
          stake: { guard: 'mayStake', actions: 'stake' },
          unstake: [
            { guard: 'mayUnstakeAll', target: 'unbonding', actions: 'unstake' },
            { guard: 'mayUnstake', actions: 'unstake' },
          ],
          unjail: [
            { guard: 'mayUnjailStaked', target: 'active', actions: 'unjailActive' },
            { guard: 'mayUnjail', target: 'inactive', actions: 'unjail' },
          ],
        },
      },
      unbonding: {
        on: {
          ...held,
          withdraw: [
            { guard: 'mayWithdrawLast', target: 'exited', actions: 'exit' },
            { guard: 'mayWithdraw', actions: 'withdraw' },
          ],
        },
      },
      exited: {},
      /** What is not liable for the equivocation is still its owner's. */
      tombstoned: { on: { withdraw: { guard: 'mayWithdraw', actions: 'withdraw' } } },
    },
  },
});

/** Largest encoded context: all keys, places, lots and buckets full. */
const CONTEXT_BYTES = 6_144;

/** One who computes: holds stake, serves profiles, answers for attestations (PROTOCOL §5). */
export const provider = defineActor({
  kind: 'provider',
  machine,
  guards,
  steps,
  initial: initialProvider,
  context: providerContext,
  contextBytes: CONTEXT_BYTES,
  accountedNlux: heldByProvider,
  messages: providerMessage,
  rules: providerRules,
});
