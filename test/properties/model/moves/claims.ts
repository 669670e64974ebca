// What is asked, attested, paid, and paid back.
import { ticketDeposit } from '../../../model/rules.ts';
import type { Attestation, Request } from '../../../model/state.ts';
import type { Offer } from '../cast.ts';
import { LUX } from '../config.ts';
import {
  type Move,
  type Scene,
  activeProvider,
  anyAttestation,
  anyProfile,
  anyone,
  consumer,
  keyOf,
  lux,
  mostly,
  own,
  providerName,
} from './scene.ts';

const usualVariant = (scene: Scene, provider: string): number =>
  scene.chance.percent(85) ? (scene.cast.personas.get(provider) ?? 0) : scene.chance.below(7);

export const timestampOf = ({ chance, time }: Scene): bigint => {
  if (chance.percent(92)) return time - BigInt(chance.below(20));
  return chance.percent(50) ? time - 700n : time + BigInt(25 + chance.below(15));
};

const attestFor = (
  scene: Scene,
  of: { provider: string; profile: number; payload: number; requestId?: string },
): Offer => {
  const { cast } = scene;
  const variant = usualVariant(scene, of.provider);
  const key = keyOf(scene, of.provider);
  const made = cast.claim({ ...of, key, variant, timestamp: timestampOf(scene) });
  const { claim, slot, signature, teeReport } = made;
  const message = { type: 'attest', ...claim, teeReport, signature };
  return { from: mostly(scene, key), to: own('attestation', slot), message };
};

/** Questions come and go: now and then one from before. */
const payloadNow = ({ chance, height }: Scene): number =>
  chance.below(2) + (chance.percent(85) ? Number(height / 8n) : chance.below(8));

export const attest: Move = (scene) => {
  const payload = payloadNow(scene);
  const profile = anyProfile(scene);
  const many = 1 + scene.chance.below(4);
  return Array.from({ length: many }, () =>
    attestFor(scene, { provider: activeProvider(scene), profile, payload }),
  );
};

export const fulfil: Move = (scene) => {
  const { chance, model, height } = scene;
  const open = [...model.state.requests].filter(([, of]) => of.state === 'open');
  const live = open.filter(([, of]) => of.expiresAt > height);
  const chosen = chance.pick(chance.percent(90) ? live : open);
  return chosen === undefined ? [] : [fulfilmentOf(scene, ...chosen)];
};

export const fulfilmentOf = (scene: Scene, requestId: string, of: Request): Offer => {
  const { cast } = scene;
  const provider = cast.nameOf(of.provider) ?? providerName(scene);
  const profile = Math.max(0, cast.profileHashes.indexOf(of.profileHash));
  const payload = cast.payloadOf(of.payloadHash);
  return attestFor(scene, { provider, profile, payload, requestId });
};

const feeOf = (scene: Scene, profile: number): bigint => {
  const { cast, chance, model } = scene;
  const fee = cast.specifications[profile]?.rerunFeeNlux ?? 0n;
  const least = ticketDeposit(model.world.rules, fee);
  if (chance.percent(8)) return least - 1n;
  // Now and then as much as makes the base larger than the smallest stake.
  const more = chance.percent(50) ? 50 : 500;
  return least + BigInt(chance.below(more)) * (LUX / 500n) + BigInt(chance.below(4));
};

export const ask: Move = (scene) => {
  const { cast, chance, height } = scene;
  const requester = chance.percent(80) ? consumer(scene) : anyone(scene);
  const nonce = BigInt(chance.below(40));
  const profile = anyProfile(scene);
  const message = {
    type: 'open',
    nonce,
    provider: cast.address(activeProvider(scene)),
    modelId: cast.modelIdOf(0),
    profileHash: cast.profileHashOf(profile),
    payloadHash: cast.payloadHash(payloadNow(scene)),
    declaredValueNlux: chance.percent(60) ? 0n : lux(scene, 1),
    enforceable: chance.percent(15),
    expiresAt: height + BigInt(chance.percent(90) ? 2 + chance.below(11) : chance.below(16)),
  };
  const to = own('request', cast.requestId(requester, nonce));
  return [{ from: requester, to, message, value: feeOf(scene, profile) }];
};

export const pay: Move = (scene) => {
  const chosen = anyAttestation(scene, ({ state }) => state === 'pending');
  if (chosen === undefined) return [];
  const [slot, of] = chosen;
  const profile = Math.max(0, scene.cast.profileHashes.indexOf(of.profileHash));
  const from = scene.chance.percent(70) ? consumer(scene) : anyone(scene);
  const value = scene.chance.percent(80) ? feeOf(scene, profile) : BigInt(scene.chance.below(2));
  return [{ from, to: own('attestation', slot), message: { type: 'pay' }, value }];
};

export const settle: Move = (scene) => {
  const isDone = (of: Attestation) => of.state === 'final' || of.windowEnd <= scene.height;
  const chosen = anyAttestation(scene, isDone);
  if (chosen === undefined) return [];
  const message = { type: scene.chance.percent(60) ? 'settle' : 'pay' };
  const value = message.type === 'pay' ? lux(scene, 3) : 0n;
  return [{ from: anyone(scene), to: own('attestation', chosen[0]), message, value }];
};

export const refund: Move = (scene) => {
  const chosen = anyAttestation(scene, ({ state }) => state === 'faulty' || state === 'void');
  if (chosen === undefined) return [];
  const [slot, of] = chosen;
  const paid = [...of.payers.keys(), of.requester].flatMap((each) => scene.cast.nameOf(each) ?? []);
  const from = scene.chance.pick(paid) ?? consumer(scene);
  return [{ from, to: own('attestation', slot), message: { type: 'refund' } }];
};

export const refundRequest: Move = (scene) => {
  const chosen = scene.chance.pick([...scene.model.state.requests.keys()]);
  if (chosen === undefined) return [];
  return [{ from: anyone(scene), to: own('request', chosen), message: { type: 'refund' } }];
};
