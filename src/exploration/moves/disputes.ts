import { appealDepositFor, openDrawnChunks, prepareRerun } from '../../client/challenge.ts';
import { prepareShowing } from '../../client/challenge.ts';
import { sha256Hex, utf8, ZERO_HASH } from '../../codec/index.ts';
import { beaconRounds } from '../../machines/beacon/record.ts';
import { BEACON, u64Key } from '../../machines/kit/index.ts';
import type { Seat } from '../../machines/challenge/record.ts';
import { ANYONE, ownerOf } from '../names.ts';
import { outputBytes } from '../world.ts';
import { PAYLOAD } from '../setting.ts';
import { type Dispute, disputesOf, type Move, type MovesOf, type Scene } from './move.ts';

/** Moves that everybody may make on every challenge. */
const onEach =
  (moves: (dispute: Dispute, scene: Scene) => readonly Move[]): MovesOf =>
  (scene) =>
    disputesOf(scene).flatMap((dispute) => moves(dispute, scene));

export const publish = onEach(({ id: to, label }) => [
  {
    label: `${ANYONE} publishes the payload of ${label}`,
    order: { from: ANYONE, to, message: { type: 'publish', payload: PAYLOAD } },
  },
]);

/** What a defendant has to show before panels sit, where its comparator asks for something. */
const showing = (type: 'publishOutput' | 'publishShape'): MovesOf =>
  onEach(({ id: to, label, record }, { setting }) =>
    setting.world.defendants.flatMap(({ name, attests }): Move[] => {
      const message = prepareShowing(record.context, outputBytes(setting.world, attests));
      if (message?.type !== type) return [];
      const what = type === 'publishShape' ? 'the shape of its output' : 'its output';
      return [{ label: `${name} shows ${what} in ${label}`, order: { from: name, to, message } }];
    }),
  );
export const publishOutput = showing('publishOutput');
export const publishShape = showing('publishShape');

export const submitSeed = onEach(({ id: to, label }) => [
  {
    label: `${ANYONE} has the panel of ${label} drawn`,
    order: { from: ANYONE, to, message: { type: 'submitSeed' } },
  },
]);

/** Who holds a seat of the present panel now; who was replaced stands before. */
const seatsOf = ({ record: { context } }: Dispute): readonly Seat[] => {
  const present = context.seats.filter(({ round }) => round === context.round);
  return [...new Map(present.map((each) => [each.seat, each])).values()];
};

const onSeats = (
  moves: (seat: Seat, member: string, dispute: Dispute, scene: Scene) => readonly Move[],
): MovesOf =>
  onEach((dispute, scene) =>
    seatsOf(dispute).flatMap((seat) =>
      moves(seat, scene.lexicon.person(seat.provider), dispute, scene),
    ),
  );

const rerunOf = (seat: Seat, member: string, output: string, dispute: Dispute, scene: Scene) =>
  prepareRerun({
    challenge: dispute.id,
    round: dispute.record.context.round,
    seat: seat.seat,
    member: seat.provider,
    output: scene.setting.output(member, output),
    salt: sha256Hex(utf8(`salt of ${member}`)),
  });

/** Any answer of the world, which the seat alone then knows. */
export const commit = onSeats((seat, member, dispute, scene) =>
  scene.setting.world.pool.answers.map((output) => {
    const { commit: message, reveal } = rerunOf(seat, member, output, dispute, scene);
    scene.lexicon.learn(message.commitment, output);
    scene.lexicon.learn(reveal.evidenceRoot, output);
    const label = `${member} commits to ${output} in seat ${seat.seat} of ${dispute.label}`;
    return { label, order: { from: ownerOf(member), to: dispute.id, message } };
  }),
);

export const cannotRun = onSeats((seat, member, dispute) => [
  {
    label: `${member} cannot run it in seat ${seat.seat} of ${dispute.label}`,
    order: {
      from: ownerOf(member),
      to: dispute.id,
      message: { type: 'cannotRun', seat: seat.seat } as const,
    },
  },
]);

export const reveal = onSeats((seat, member, dispute, scene) => {
  const output = scene.lexicon.outputOf(seat.commitment);
  if (output === undefined || seat.commitment === ZERO_HASH) return [];
  const { reveal: message } = rerunOf(seat, member, output, dispute, scene);
  const label = `${member} reveals ${output} in seat ${seat.seat} of ${dispute.label}`;
  return [{ label, order: { from: ownerOf(member), to: dispute.id, message } }];
});

/** Parties of the panel in hand, with the output that each has answered. */
const partiesOf = (dispute: Dispute, { setting, lexicon }: Scene) => [
  ...dispute.record.context.defendants.flatMap(({ provider }) => {
    const name = lexicon.person(provider);
    const found = setting.world.defendants.find((each) => each.name === name);
    return found === undefined ? [] : [{ name, output: found.attests }];
  }),
  ...seatsOf(dispute).flatMap(({ provider, evidenceRoot }) => {
    const output = lexicon.outputOf(evidenceRoot);
    return output === undefined ? [] : [{ name: lexicon.person(provider), output }];
  }),
];

/** The chunks that parties have to open, once the round that names them is known. */
export const openChunk = onEach((dispute, scene) => {
  const { id: to, record, label } = dispute;
  const { setting, ground } = scene;
  const key = u64Key(record.context.chunkRound);
  const beacon = ground.view.entry(beaconRounds, BEACON, key)?.randomness;
  if (beacon === undefined) return [];
  return partiesOf(dispute, scene).flatMap(({ name: from, output: of }) => {
    const output = setting.output(from, of);
    const about = { challenge: to, context: record.context, output, beacon };
    return openDrawnChunks(about).map((message) => ({
      label: `${from} opens chunk ${message.index} of ${of} in ${label}`,
      order: { from, to, message },
    }));
  });
});

export const appeal = onEach(({ id: to, label, record: { context } }) => [
  {
    label: `${ANYONE} appeals in ${label}`,
    order: {
      from: ANYONE,
      to,
      message: { type: 'appeal', named: [] } as const,
      value: appealDepositFor(context),
    },
  },
]);
