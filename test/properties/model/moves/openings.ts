// How challenges are opened.
import { ticketOf } from '../../../model/attestations.ts';
import { numberOf } from '../../../model/bytes.ts';
import { roundFrom } from '../../../model/chain.ts';
import { auditDraw } from '../../../model/ids.ts';
import { bondFor } from '../../../model/rules.ts';
import type { Attestation } from '../../../model/state.ts';
import type { Offer } from '../cast.ts';
import { type Move, type Scene, anyAttestation, anyone, challenger, own } from './scene.ts';

const isPending = (scene: Scene, of: Attestation): boolean =>
  of.state === 'pending' && of.windowEnd > scene.height;

/** Two attestations of one claim with different outputs, where there are such. */
export const anyPair = (scene: Scene) => {
  const first = anyAttestation(scene, (of) => isPending(scene, of));
  if (first === undefined) return undefined;
  const [slot, of] = first;
  const isOther = (other: Attestation): boolean =>
    isPending(scene, other) &&
    other.payloadHash === of.payloadHash &&
    other.profileHash === of.profileHash &&
    other.attestationId !== of.attestationId &&
    (other.outputHash !== of.outputHash || scene.chance.percent(3));
  const second = scene.chance.pick(
    [...scene.model.state.attestations].filter(([, other]) => isOther(other)),
  );
  return second === undefined ? undefined : { slot, of, second: second[0], other: second[1] };
};

export const namedChunks = ({ chance }: Scene): readonly number[] =>
  chance.percent(60) ? [] : Array.from({ length: chance.below(5) }, () => chance.below(13));

const bondOf = (scene: Scene, of: Attestation, isAudit: boolean): bigint => {
  const { rules, state } = scene.model.world;
  const fee = state.profiles.get(of.profileHash)?.specification.rerunFeeNlux ?? 0n;
  const bond = bondFor(rules.dispute, fee, isAudit);
  return scene.chance.percent(96) ? bond : bond - 1n;
};

interface Found {
  readonly slot: string;
  readonly of: Attestation;
}

const openingOf = (scene: Scene, first: Found, second: Found): Offer => {
  const { modelId, profileHash } = first.of;
  const message = {
    type: 'open',
    first: first.slot,
    second: second.slot,
    firstProvider: first.of.provider,
    secondProvider: second.of.provider,
    modelId,
    profileHash,
    named: namedChunks(scene),
  };
  const id = scene.cast.challengeId(first.of.attestationId, second.of.attestationId);
  const value = bondOf(scene, first.of, false);
  return { from: challenger(scene), to: own('challenge', id), message, value };
};

export const openPair: Move = (scene) => {
  const pair = anyPair(scene);
  if (pair === undefined) return [];
  const { slot, of, second, other } = pair;
  return [openingOf(scene, { slot, of }, { slot: second, of: other })];
};

export const oneOf = (slot: string, of: Attestation) => ({
  attestation: slot,
  provider: of.provider,
  modelId: of.modelId,
  profileHash: of.profileHash,
});

const auditOf = (scene: Scene, { slot, of }: Found): Offer => {
  const message = { type: 'audit', ...oneOf(slot, of), named: namedChunks(scene) };
  const to = own('challenge', scene.cast.challengeId(of.attestationId));
  return { from: challenger(scene), to, message, value: bondOf(scene, of, true) };
};

export const audit: Move = (scene) => {
  const chosen = anyAttestation(scene, (of) => isPending(scene, of));
  if (chosen === undefined) return [];
  const [slot, of] = chosen;
  return [auditOf(scene, { slot, of })];
};

/** Somebody opens what somebody else has announced. */
export const openAnnounced: Move = (scene) => {
  const { cast, chance, model } = scene;
  const standing = [...model.state.announcements.keys()].flatMap((name): readonly Found[][] => {
    const slots = cast.announced.get(name)?.slots ?? [];
    const found = slots.flatMap((slot) => {
      const of = model.state.attestations.get(slot);
      return of !== undefined && isPending(scene, of) ? [{ slot, of }] : [];
    });
    return found.length === slots.length && found.length > 0 ? [found] : [];
  });
  const [first, second] = chance.pick(standing) ?? [];
  if (first === undefined) return [];
  return [second === undefined ? auditOf(scene, first) : openingOf(scene, first, second)];
};

/** Those whose ticket the beacon has drawn. */
const drawnTickets = ({ model }: Scene, of: Attestation): readonly string[] => {
  const { world, state } = model;
  const { auditRateBps, dispute } = world.rules;
  return [...of.payers.keys(), of.requester].filter((account) => {
    const paidAt = ticketOf(of, account);
    if (paidAt === undefined) return false;
    const known = state.rounds.get(roundFrom(world, paidAt + dispute.beaconMarginSeconds));
    if (known === undefined) return false;
    const share = numberOf(auditDraw(known.randomness, of.attestationId)) >> 240n;
    return share * 10_000n < BigInt(auditRateBps) << 16n;
  });
};

export const protocolAudit: Move = (scene) => {
  const isPaid = (of: Attestation) => isPending(scene, of) && of.escrowNlux > 0n;
  const isDrawn = (of: Attestation) => isPaid(of) && drawnTickets(scene, of).length > 0;
  const chosen = anyAttestation(scene, scene.chance.percent(90) ? isDrawn : isPaid);
  if (chosen === undefined) return [];
  const [slot, of] = chosen;
  const tickets = scene.chance.percent(90) ? drawnTickets(scene, of) : [...of.payers.keys()];
  const payer = scene.chance.pick(tickets) ?? of.requester;
  const message = { type: 'protocolAudit', ...oneOf(slot, of), payer };
  const id = scene.cast.challengeId(of.attestationId);
  return [{ from: anyone(scene), to: own('challenge', id), message }];
};
