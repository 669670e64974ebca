import { payers } from '../../machines/attestation/record.ts';
import { ticketRound } from '../../machines/attestation/audit.ts';
import { timeOfRound } from '../../machines/beacon/rounds.ts';
import { BEACON } from '../../machines/kit/index.ts';
import { isRoundKnown } from '../../testing/beacon.ts';
import type { ChainView } from '../../testing/view.ts';
import { ANYONE, CONSUMER } from '../names.ts';
import type { MovesOf, Scene } from './move.ts';

/** As long as a drand signature; the verifier of a world takes any. */
const PROOF_BYTES = 48;

/** Rounds that seed a panel or name chunks of a challenge that is open. */
const roundsOfDisputes = (view: ChainView): readonly bigint[] =>
  view.all('challenge').flatMap(({ record: { state, context } }) => {
    if (state === 'final') return [];
    return [...context.seedRounds.slice(context.round - 1), context.chunkRound];
  });

/** Rounds that draw tickets for protocol audits. */
const roundsOfTickets = ({ setting, ground: { view } }: Scene): readonly bigint[] => {
  const source = view.actor(BEACON)?.context.source;
  if (source === undefined || !setting.world.moves.includes('protocolAudit')) return [];
  const { beaconMarginSeconds } = setting.world.parameters.dispute;
  return setting.world.defendants.flatMap(({ name }) => {
    const payment = view.entry(payers, setting.attestation(name), setting.address(CONSUMER));
    return payment === undefined ? [] : [ticketRound(source, payment.paidAt, beaconMarginSeconds)];
  });
};

/** Rounds that something waits for, which the chain has not got and the block in hand may bring. */
export const roundsDue = (scene: Scene): readonly bigint[] => {
  const { view } = scene.ground;
  const source = view.actor(BEACON)?.context.source;
  if (source === undefined) return [];
  const wanted = [...roundsOfDisputes(view), ...roundsOfTickets(scene)];
  return [...new Set(wanted)]
    .filter((round) => round > 0n && timeOfRound(source, round) <= view.time)
    .filter((round) => !isRoundKnown(view, round))
    .toSorted((a, b) => (a < b ? -1 : 1));
};

/**
 * A round that is due, with each of its possible values. The first of them is taken by which is due
 * longest, so that the label says the same whatever the height is.
 */
export const submitRound: MovesOf = (scene) =>
  roundsDue(scene).flatMap((round, index) =>
    Array.from({ length: scene.setting.world.beaconValues }, (_, value) => ({
      label: `${ANYONE} brings beacon round ${index + 1} of those due, with value ${value + 1}`,
      order: {
        from: ANYONE,
        to: BEACON,
        message: {
          type: 'submitRound',
          round,
          proof: new Uint8Array(PROOF_BYTES).fill(value + 1),
        } as const,
      },
    })),
  );
