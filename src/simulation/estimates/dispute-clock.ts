/**
 * A challenge in which everybody waits for the end of every window, on the transitions of the
 * runtime itself: each step is what its timer does at the height that the step before has set.
 */
import { loadSecp256k1 } from '../../codec/node.ts';
import { MAINNET } from '../../genesis/presets/mainnet.ts';
import { initialBeacon } from '../../machines/beacon/record.ts';
import { beginReveal, replaceMissing } from '../../machines/challenge/commit.ts';
import { initialChallenge, type ChallengeContext } from '../../machines/challenge/record.ts';
import { awaitSeed, beginRound, moveSeed } from '../../machines/challenge/rounds.ts';
import { openAppeals, seat, until } from '../../machines/challenge/rounds.ts';
import { seedRoundsOf } from '../../machines/challenge/schedule.ts';
import { actorId, BEACON, type Applied, type Call, type Reader } from '../../machines/kit/index.ts';
import type { DisputeTerms } from '../../machines/parameters/record.ts';
import { makeSignatures } from '../../runtime/services/signatures.ts';
import type { Windows } from '../closed-forms/schedule.ts';

const NO_HASH = '0'.repeat(64);
const CHALLENGE = actorId('challenge', NO_HASH);
const OPENED_AT = 1n;
/** Seconds between rounds of the beacon: a round is due at every block. */
const PERIOD_SECONDS = 2n;
const WAKE = { type: 'wake' } as const;

const beacon = {
  state: 'active',
  balance: 0n,
  context: {
    ...initialBeacon,
    source: { type: 'dev', genesisTime: 0n, periodSeconds: PERIOD_SECONDS },
  },
};
/** Nobody serves the profile, so seats stay empty; how long is waited for them does not change. */
const read: Reader = {
  actor: ((id) => (id === BEACON ? beacon : undefined)) as Reader['actor'],
  entry: () => undefined,
};

const termsOf = (windows: Windows): DisputeTerms => ({
  ...MAINNET.dispute,
  publishBlocks: windows.publish,
  seedBlocks: windows.seed,
  commitBlocks: windows.commit,
  revealBlocks: windows.reveal,
  appealBlocks: windows.appeal,
  commitWindows: Number(windows.commitWindows),
  pairPanels: Array.from({ length: Number(windows.panels) }, () => 1),
});

/** One challenge and the height at which its next timer runs. */
class Clock {
  #context: ChallengeContext;
  readonly #call: Omit<Call, 'height' | 'time'>;

  constructor(terms: DisputeTerms) {
    this.#call = {
      self: CHALLENGE,
      from: CHALLENGE,
      value: 0n,
      balance: 0n,
      networkId: 0,
      chainId: NO_HASH,
      parameters: { ...MAINNET, dispute: terms },
      read,
      verifier: makeSignatures(loadSecp256k1()),
    };
    const opened = { ...initialChallenge, terms, round: 1, openedAt: OPENED_AT };
    const seedRounds = seedRoundsOf(terms, terms.pairPanels, this.#callAt(OPENED_AT));
    const begun = { context: { ...opened, seedRounds }, effects: [] };
    this.#context = until(begun, OPENED_AT + terms.publishBlocks).context;
  }

  get deadline(): bigint {
    return this.#context.deadline;
  }

  #callAt(height: bigint): Call {
    const { blockTimeSeconds } = this.#call.parameters.dispute;
    return { ...this.#call, height, time: height * blockTimeSeconds };
  }

  /** The timer runs in the first block that may run it. */
  wake(step: (context: ChallengeContext, call: Call) => Applied<ChallengeContext>): void {
    this.#context = step(this.#context, this.#callAt(this.deadline)).context;
  }
}

/** From the opening to the end, in blocks. */
export const playLongestChallenge = (windows: Windows): bigint => {
  const clock = new Clock(termsOf(windows));
  clock.wake((context, call) => awaitSeed(context, WAKE, call));
  for (let round = 1n; round <= windows.panels; round++) {
    // The seed comes at the end of the window that it was moved to.
    clock.wake((context, call) => moveSeed(context, WAKE, call));
    clock.wake(seat);
    for (let commit = 1n; commit < windows.commitWindows; commit++) {
      clock.wake((context, call) => replaceMissing(context, WAKE, call));
    }
    clock.wake((context, call) => beginReveal(context, WAKE, call));
    if (round === windows.panels) break;
    clock.wake(openAppeals);
    clock.wake(beginRound);
  }
  return clock.deadline - OPENED_AT;
};
