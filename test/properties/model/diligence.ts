// What parties of challenges, seats and relayers do in a block if they do what they should.
import { rerunCommit } from '../../../src/codec/index.ts';
import { devRandomness } from '../../../src/machines/beacon/rounds.ts';
import { chunkDrawOf, wanted } from '../../model/chunks.ts';
import { fromHex } from '../../model/bytes.ts';
import { roundFrom, type World } from '../../model/chain.ts';
import { ticketOf } from '../../model/attestations.ts';
import type { Challenge, Seat } from '../../model/state.ts';
import { type Offer, saltOf } from './cast.ts';
import { fulfilmentOf } from './moves/claims.ts';
import { appealOf, takeOver } from './moves/disputes.ts';
import { openAnnounced } from './moves/openings.ts';
import { anyone, own, type Scene } from './moves/scene.ts';

/** How often parties of challenges do not do what they should, in percent. */
export interface Faults {
  /** A seat neither commits nor says that it cannot. */
  readonly silent: number;
  readonly cannotRun: number;
  /** A seat answers something of its own. */
  readonly erratic: number;
  /** A seat or a defendant does not open. */
  readonly withheld: number;
  /** Nobody publishes in this block. */
  readonly unpublished: number;
  /** No round comes in this block. */
  readonly roundless: number;
  /** What is sent is wrong, or comes from another. */
  readonly wrong: number;
  /** Nobody asks for the draw in this block. */
  readonly undrawn: number;
  /** Somebody appeals in this block, though it need not be a fault. */
  readonly appealed: number;
  /** Who has announced a challenge that was opened takes it over in this block. */
  readonly takenOver: number;
  /** Somebody else opens in this block what was announced. */
  readonly forestalled: number;
  /** A provider that was asked does not answer in this block. */
  readonly unanswered: number;
}

export const NO_FAULTS: Faults = {
  silent: 0,
  cannotRun: 0,
  erratic: 0,
  withheld: 0,
  unpublished: 0,
  roundless: 0,
  wrong: 0,
  undrawn: 0,
  appealed: 0,
  takenOver: 0,
  forestalled: 0,
  unanswered: 0,
};

interface Matter {
  readonly scene: Scene;
  readonly id: string;
  readonly of: Challenge;
  readonly faults: Faults;
}

const to = ({ id }: Matter): string => own('challenge', id);

/** A choice that stays the same for one party in one round, whatever block it is. */
const settled = ({ scene, id, of }: Matter, what: string, share: number): boolean => {
  const hash = saltOf(`${scene.cast.config.swarm} ${id} ${of.round} ${what}`);
  return Number.parseInt(hash.slice(0, 6), 16) % 100 < share;
};

const publish = (matter: Matter): readonly Offer[] => {
  const { scene, of, faults } = matter;
  const { cast, chance } = scene;
  const offers: Offer[] = [];
  if (!of.payloadPublished && !chance.percent(faults.unpublished)) {
    const which = cast.payloadOf(of.payloadHash) + (chance.percent(faults.wrong) ? 1 : 0);
    const message = { type: 'publish', payload: cast.payload(which) };
    offers.push({ from: anyone(scene), to: to(matter), message });
  }
  if (of.comparator.type === 'exact') return offers;
  of.defendants.forEach((accused, defendant) => {
    if (accused.substantiated || chance.percent(faults.unpublished)) return;
    const tree = cast.tree(accused.evidenceRoot);
    if (tree === undefined) return;
    // The proof that there is no chunk behind the last one is the shape of the tree.
    const { leaves, bytes, outputProof } = tree.openChunk(tree.leaves, defendant);
    const shape = { type: 'publishShape', defendant, leaves, bytes, top: outputProof[0] };
    const message = chance.percent(faults.wrong) ? { ...shape, bytes: bytes + 4n } : shape;
    offers.push({ from: anyone(scene), to: to(matter), message });
  });
  return offers;
};

const answerOf = (matter: Matter, seat: Seat, name: string) => {
  const { scene, id, of, faults } = matter;
  const { cast } = scene;
  const profile = Math.max(0, cast.profileHashes.indexOf(of.profileHash));
  const payload = cast.payloadOf(of.payloadHash);
  const isErratic = settled(matter, `erratic ${name}`, faults.erratic);
  const usual = cast.personas.get(name) ?? 0;
  const variant = isErratic ? 2 + (seat.seat % 5) : usual;
  const tree = cast.committed(name, profile, cast.output(profile, payload, variant));
  const { outputHash, evidenceRoot } = tree;
  const shown = { outputHash, evidenceRoot, salt: saltOf(`${id} ${of.round} ${seat.seat}`) };
  const commitment = rerunCommit({
    challengeId: id,
    round: of.round,
    seat: seat.seat,
    member: seat.provider,
    ...shown,
  });
  return { shown, commitment };
};

/** Who speaks for a seat: its owner, or a key of its provider. */
const speaker = ({ scene, faults }: Matter, seat: Seat, name: string): string => {
  const { cast, chance } = scene;
  if (chance.percent(faults.wrong)) return anyone(scene);
  return chance.percent(40) ? (cast.nameOf(seat.owner) ?? name) : name;
};

const seatsOf = ({ of }: Matter, state: Seat['state']): readonly Seat[] =>
  of.seats.filter((seat) => seat.round === of.round && seat.state === state);

const commit = (matter: Matter): readonly Offer[] =>
  seatsOf(matter, 'drawn').flatMap((seat): readonly Offer[] => {
    const { scene, faults } = matter;
    const name = scene.cast.nameOf(seat.provider) ?? '';
    const about = `${name} ${seat.attempt}`;
    if (settled(matter, `silent ${about}`, faults.silent)) return [];
    const from = speaker(matter, seat, name);
    if (settled(matter, `unable ${about}`, faults.cannotRun)) {
      return [{ from, to: to(matter), message: { type: 'cannotRun', seat: seat.seat } }];
    }
    const { commitment } = answerOf(matter, seat, name);
    const message = { type: 'commit', seat: seat.seat, commitment };
    return [{ from, to: to(matter), message }];
  });

const reveal = (matter: Matter): readonly Offer[] =>
  seatsOf(matter, 'committed').flatMap((seat): readonly Offer[] => {
    const { scene, faults } = matter;
    const name = scene.cast.nameOf(seat.provider) ?? '';
    if (settled(matter, `unrevealed ${name}`, faults.withheld)) return [];
    const { shown } = answerOf(matter, seat, name);
    const salt = scene.chance.percent(faults.wrong) ? saltOf('another') : shown.salt;
    const message = { type: 'reveal', seat: seat.seat, ...shown, salt };
    return [{ from: speaker(matter, seat, name), to: to(matter), message }];
  });

const FIRST_SEAT = 2;

const openChunks = (matter: Matter): readonly Offer[] => {
  const { scene, id, of, faults } = matter;
  const { cast, chance, model } = scene;
  const draw = chunkDrawOf(model.world, id, of);
  if (draw === undefined) return [];
  const parties = [
    ...of.defendants
      .map((each, party) => ({ party, each }))
      .filter(({ each }) => each.substantiated),
    ...seatsOf(matter, 'revealed').map((each) => ({ party: FIRST_SEAT + each.seat, each })),
  ];
  return parties.flatMap(({ party, each }): readonly Offer[] => {
    const tree = cast.tree(each.evidenceRoot);
    if (tree === undefined || settled(matter, `closed ${party}`, faults.withheld)) return [];
    const indices = wanted(of, draw, party, tree.leaves).filter(
      (_, at) => (each.opened >> BigInt(at)) % 2n === 0n,
    );
    const shown = chance.percent(60) ? indices : indices.slice(0, 1 + chance.below(3));
    const asked = chance.percent(faults.wrong) ? [...shown, chance.below(14)] : shown;
    return asked
      .filter((index) => index < tree.leaves || of.comparator.type === 'tokens')
      .map((index) => {
        const message = tree.openChunk(index, party);
        const isBroken = chance.percent(faults.wrong);
        const broken = isBroken ? { bytes: message.bytes + 1n } : {};
        return { from: anyone(scene), to: to(matter), message: { ...message, ...broken } };
      });
  });
};

const submitSeed = (matter: Matter): readonly Offer[] => {
  const { scene, of, faults } = matter;
  const round = of.seedRounds[of.round - 1] ?? 0n;
  const isKnown = scene.model.state.rounds.has(round);
  const isTried = isKnown
    ? !scene.chance.percent(faults.undrawn)
    : scene.chance.percent(faults.wrong);
  if (!isTried) return [];
  return [{ from: anyone(scene), to: to(matter), message: { type: 'submitSeed' } }];
};

const inState = (matter: Matter): readonly Offer[] => {
  switch (matter.of.state) {
    case 'publish':
      return publish(matter);
    case 'awaitSeed':
      return submitSeed(matter);
    case 'commit':
      return commit(matter);
    case 'reveal':
      return [...reveal(matter), ...openChunks(matter)];
    case 'decided':
      return matter.scene.chance.percent(matter.faults.appealed)
        ? [appealOf(matter.scene, matter.id, matter.of)]
        : [];
    default:
      return [];
  }
};

/** The earliest round that something waits for, is due, and has not come. */
const roundWanted = ({ model, time }: Scene): bigint | undefined => {
  const { world, state } = model;
  const margin = world.rules.dispute.beaconMarginSeconds;
  const ofChallenges = [...state.challenges.values()].flatMap((of) => {
    if (of.state === 'awaitSeed') return [of.seedRounds[of.round - 1] ?? 0n];
    return of.state === 'reveal' ? [of.chunkRound] : [];
  });
  const ofTickets = [...state.attestations.values()]
    .filter((of) => of.state === 'pending' && of.windowEnd > state.height)
    .flatMap((of) => [...of.payers.keys(), of.requester].map((account) => ticketOf(of, account)))
    .flatMap((paidAt) => (paidAt === undefined ? [] : [roundFrom(world, paidAt + margin)]));
  return [...ofChallenges, ...ofTickets].find(
    (round) => round > 0n && !state.rounds.has(round) && timeOf(world, round) <= time,
  );
};

const timeOf = ({ beacon }: World, round: bigint): bigint =>
  beacon.genesisTime + (round - 1n) * beacon.periodSeconds;

const bringRound = (scene: Scene, faults: Faults): readonly Offer[] => {
  const { cast, chance } = scene;
  if (chance.percent(faults.roundless)) return [];
  const isWrong = chance.percent(faults.wrong);
  const round = isWrong ? BigInt(chance.below(200)) : roundWanted(scene);
  if (round === undefined) return [];
  const value = devRandomness(cast.chain.chainId, chance.percent(faults.wrong) ? 1n : round);
  const message = { type: 'submitRound', round, proof: fromHex(value) };
  return [{ from: 'anyone', to: 'beacon:', message }];
};

/** What all who have a part in open challenges send in the next block. */
export const diligence = (scene: Scene, faults: Faults): readonly Offer[] => [
  ...bringRound(scene, faults),
  ...[...scene.model.state.requests]
    .filter(([, of]) => of.state === 'open' && of.expiresAt > scene.height)
    .filter(() => !scene.chance.percent(faults.unanswered))
    .map(([id, of]) => fulfilmentOf(scene, id, of)),
  ...(scene.chance.percent(faults.takenOver) ? takeOver(scene) : []),
  ...(scene.chance.percent(faults.forestalled) ? openAnnounced(scene) : []),
  ...[...scene.model.state.challenges].flatMap(([id, of]) => inState({ scene, id, of, faults })),
];
