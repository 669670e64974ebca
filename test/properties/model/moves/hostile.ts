// What nobody should send.
import type { Message } from '../../../model/chain.ts';
import type { Offer } from '../cast.ts';
import { LUX } from '../config.ts';
import type { Chance } from '../random.ts';
import { ask, attest, pay } from './claims.ts';
import { equivocation, takeOver } from './disputes.ts';
import { audit, openPair, protocolAudit } from './openings.ts';
import { aboutModel } from './registry.ts';
import { type Move, anyone, own } from './scene.ts';
import { register, rotate, serve } from './staking.ts';

const SETTLEMENT: readonly (readonly [string, Message])[] = [
  ['account', { type: 'credit', purpose: 'fee' }],
  ['model', { type: 'profileAdded' }],
  ['profile', { type: 'join', owner: '11'.repeat(20), weightNlux: LUX }],
  ['provider', { type: 'unlock', amountNlux: 1n }],
  ['provider', { type: 'penalize', amountNlux: 1n, noShow: true, since: 0n }],
  ['provider', { type: 'dropEnclaveKey', key: '22'.repeat(20) }],
  ['request', { type: 'fulfil' }],
  ['attestation', { type: 'verdict', verdict: 'void' }],
  ['attestation', { type: 'escrow' }],
  ['challenge', { type: 'slashed', defendant: 0 }],
  ['challenge', { type: 'wake' }],
  ['challenge', { type: 'reserved' }],
  ['auditPool', { type: 'reserve', amountNlux: LUX }],
  ['parameters', { type: 'enact' }],
];

/** What only actors may send, sent by an account. */
export const meddle: Move = (scene) => {
  const { state } = scene.model;
  const [kind, message] = scene.chance.pick(SETTLEMENT) ?? ['burn', { type: 'deposit' }];
  const keys: Readonly<Record<string, Iterable<string>>> = {
    account: state.accounts.keys(),
    model: state.models.keys(),
    profile: state.profiles.keys(),
    provider: state.providers.keys(),
    request: state.requests.keys(),
    attestation: state.attestations.keys(),
    challenge: state.challenges.keys(),
  };
  const isSingle = keys[kind] === undefined;
  const key = isSingle ? '' : scene.chance.pick([...(keys[kind] ?? [])]);
  if (key === undefined) return [];
  const value = scene.chance.percent(30) ? 1n : 0n;
  return [{ from: anyone(scene), to: own(kind, key), message, value }];
};

/** Another move that cannot be paid, has expired, offers too little, or runs out of gas. */
export const careless: Move = (scene) => {
  const [offer] = attest(scene);
  if (offer === undefined) return [];
  const { chance, height } = scene;
  const faults: readonly Partial<Offer>[] = [
    { expiry: height - 1n },
    { gasPrice: 0n },
    { gasPrice: 3n },
    { gasLimit: 900n },
    { gasLimit: 2_500n },
    { from: scene.cast.people.poor, gasLimit: 2_000_000n },
  ];
  return [{ ...offer, ...chance.pick(faults) }];
};

const HEX = /^[0-9a-f]{40,}$/;

/** The same with one thing changed that its sender might have got wrong, or bent. */
const bent = (value: unknown, chance: Chance): unknown => {
  if (typeof value === 'bigint') return value === 0n ? 1n : value - 1n;
  if (typeof value === 'number') return value === 0 ? 1 : value - 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string' && HEX.test(value)) {
    const at = chance.below(value.length);
    const digit = (Number.parseInt(value.charAt(at), 16) ^ (1 + chance.below(15))).toString(16);
    return value.slice(0, at) + digit + value.slice(at + 1);
  }
  if (!(value instanceof Uint8Array)) return value;
  return value.length === 0 ? Uint8Array.of(1) : value.slice(0, -1);
};

const FAIR: readonly Move[] = [
  register,
  serve,
  rotate,
  attest,
  ask,
  pay,
  openPair,
  audit,
  protocolAudit,
  equivocation,
  takeOver,
  aboutModel,
];

/** A fair move with one field, the value or the receiver changed. */
export const garble: Move = (scene) => {
  const { chance } = scene;
  const [offer] = chance.pick(FAIR)?.(scene) ?? [];
  if (offer === undefined) return [];
  const { message, to, value = 0n } = offer;
  const fields = Object.keys(message).filter((name) => name !== 'type');
  const field = chance.pick(fields);
  if (field === undefined || chance.percent(20)) {
    const [kind = '', key = ''] = to.split(':');
    const another = { ...offer, to: own(kind, String(bent(key, chance))) };
    return [chance.percent(50) ? another : { ...offer, value: value + 1n }];
  }
  return [{ ...offer, message: { ...message, [field]: bent(message[field], chance) } }];
};
