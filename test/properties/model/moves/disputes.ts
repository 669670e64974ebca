// Announcements, proofs of two answers, appeals.
import { challengeAnnouncement } from '../../../../src/codec/index.ts';
import { panelsOf } from '../../../model/chunks.ts';
import type { Attestation, Challenge } from '../../../model/state.ts';
import { type Offer, saltOf } from '../cast.ts';
import { timestampOf } from './claims.ts';
import { anyPair, namedChunks, oneOf } from './openings.ts';
import {
  type Move,
  type Scene,
  anyAttestation,
  anyone,
  challenger,
  keyOf,
  mostly,
  own,
} from './scene.ts';

export const equivocation: Move = (scene) => {
  const { cast, chance, model, height } = scene;
  // At the very end of a window it matters which of both comes first.
  const ends = [...model.state.attestations.values()]
    .filter(({ windowEnd, escrowNlux }) => escrowNlux > 0n && windowEnd === height)
    .map((of) => of.provider);
  const isWanted = (of: Attestation): boolean => ends.length === 0 || ends.includes(of.provider);
  const chosen = anyAttestation(scene, isWanted);
  // Each ends a provider, so there are few.
  if (chosen === undefined || chance.percent(ends.length === 0 ? 80 : 40)) return [];
  const [slot, of] = chosen;
  const provider = cast.nameOf(of.provider) ?? '';
  const profile = cast.profileHashes.indexOf(of.profileHash);
  const payload = cast.payloadOf(of.payloadHash);
  const onChain = [...model.state.attestations.values()].filter(
    (other) =>
      other.provider === of.provider &&
      other.payloadHash === of.payloadHash &&
      other.profileHash === of.profileHash &&
      other.outputHash !== of.outputHash,
  );
  const known = chance.percent(60) ? chance.pick(onChain) : undefined;
  const made = cast.claim(
    {
      provider,
      key: keyOf(scene, provider),
      profile,
      payload,
      variant: chance.below(7),
      timestamp: timestampOf(scene),
      ...(known === undefined ? {} : { requestId: known.requestId }),
    },
    known === undefined
      ? {}
      : {
          outputHash: known.outputHash,
          evidenceRoot: known.evidenceRoot,
          timestamp: known.timestamp,
        },
  );
  const { outputHash, evidenceRoot, requestId, timestamp } = made.claim;
  const message = {
    type: 'equivocation',
    ...oneOf(slot, of),
    other: made.slot,
    outputHash,
    evidenceRoot,
    requestId,
    timestamp,
    teeReportHash: of.teeReportHash,
    signature: made.signature,
  };
  const id = cast.challengeId(of.attestationId, made.id);
  return [{ from: anyone(scene), to: own('challenge', id), message }];
};

/** Names a challenge that may be opened later, under a salt. */
export const announce: Move = (scene) => {
  const { cast, chance } = scene;
  const pair = anyPair(scene);
  if (pair === undefined) return [];
  const isAudit = chance.percent(40);
  const second = isAudit ? undefined : pair.other.attestationId;
  const challenge = cast.challengeId(pair.of.attestationId, second);
  const from = challenger(scene);
  const salt = saltOf(`announcement ${chance.below(1_000)}`);
  const of = { challengeId: challenge, challenger: cast.address(from), salt };
  const name = challengeAnnouncement(of);
  const slots = isAudit ? [pair.slot] : [pair.slot, pair.second];
  cast.announced.set(name, { from, challenge, salt, slots });
  return [
    { from: mostly(scene, from), to: own('announcement', name), message: { type: 'announce' } },
  ];
};

export const withdrawAnnouncement: Move = (scene) => {
  const { model, chance, cast } = scene;
  const chosen = chance.pick([...model.state.announcements]);
  if (chosen === undefined) return [];
  const from = mostly(scene, cast.nameOf(chosen[1].announcer) ?? 'anyone');
  return [{ from, to: own('announcement', chosen[0]), message: { type: 'withdraw' } }];
};

export const takeOver: Move = (scene) => {
  const { model, cast, chance } = scene;
  const standing = [...model.state.announcements.keys()].flatMap((name) => {
    const of = cast.announced.get(name);
    const isOpen =
      of !== undefined && model.state.challenges.get(of.challenge)?.state === 'publish';
    return isOpen ? [{ name, ...of }] : [];
  });
  const chosen = chance.pick(standing);
  if (chosen === undefined) return [];
  const { name, from, challenge, salt } = chosen;
  const message = { type: 'takeOver', announcement: name, salt, named: namedChunks(scene) };
  const value = model.state.challenges.get(challenge)?.bondNlux ?? 0n;
  return [{ from: mostly(scene, from), to: own('challenge', challenge), message, value }];
};

export const appeal: Move = (scene) => {
  const { model, chance } = scene;
  const decided = [...model.state.challenges].filter(([, of]) => of.state === 'decided');
  const chosen = chance.pick(decided);
  return chosen === undefined ? [] : [appealOf(scene, ...chosen)];
};

export const appealOf = (scene: Scene, id: string, of: Challenge): Offer => {
  const { chance } = scene;
  const next = panelsOf(of)[of.round] ?? 0;
  const deposit = BigInt(of.terms.appealPanels * next) * of.rerunFeeNlux;
  const value = chance.percent(93) ? deposit : deposit + 1n;
  const message = { type: 'appeal', named: namedChunks(scene) };
  return { from: anyone(scene), to: own('challenge', id), message, value };
};
