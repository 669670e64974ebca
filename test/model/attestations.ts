// Attestations and who pays for them (PROTOCOL §2, §4, §5; docs/protocol.md for tickets).
import * as ids from './ids.ts';
import { amountIn, bytesIn, credit, hexOf, must, need, sure } from './chain.ts';
import type { Call, Message, World } from './chain.ts';
import { sha256 } from './bytes.ts';
import { signsAt, staked } from './providers.ts';
import { expose, fitsExposure } from './stake.ts';
import { ceil, count, least, most, shareDown, ticketDeposit, type Rules } from './rules.ts';
import type { Attestation, Profile } from './state.ts';

const WHOLE = 10_000n;
const MOST_AMOUNT = 2n ** 128n - 1n;

const valueOf = (of: Pick<Attestation, 'escrowNlux' | 'declaredValueNlux'>): bigint =>
  most(of.escrowNlux, of.declaredValueNlux);

const baseOf = (value: bigint, rules: Rules): bigint =>
  least(MOST_AMOUNT, most(rules.minimumStakeNlux, ceil(value * WHOLE, BigInt(rules.exposureBps))));

/** Could the last panel of a pair sit, with two defendants and all drawn before? */
const isEnforceable = ({ rules }: World, profile: Profile): boolean => {
  const { pairPanels, panelOwnersMultiple } = rules.dispute;
  const last = pairPanels.at(-1) ?? 0;
  const before = count(pairPanels.slice(0, -1));
  const owners = new Set(profile.boundary.map(({ owner }) => owner)).size;
  return owners >= panelOwnersMultiple * last + 2 + before;
};

/** Void, though nobody has asked yet: its provider was tombstoned while it was pending. */
const isVoided = ({ state }: World, of: Attestation): boolean => {
  const at = state.providers.get(of.provider)?.tombstonedAt ?? 0n;
  return at > 0n && at < of.windowEnd;
};

const claimOf = (message: Message): ids.Claim => ({
  provider: hexOf(message, 'provider'),
  modelId: hexOf(message, 'modelId'),
  profileHash: hexOf(message, 'profileHash'),
  payloadHash: hexOf(message, 'payloadHash'),
  outputHash: hexOf(message, 'outputHash'),
  evidenceRoot: hexOf(message, 'evidenceRoot'),
  requestId: hexOf(message, 'requestId'),
  timestamp: amountIn(message, 'timestamp'),
});

/** The order of PROTOCOL §4. */
const attest = (world: World, message: Message, call: Call): void => {
  const { state, rules, chain } = world;
  const claim = claimOf(message);
  need(call.value === 0n, 'takes no value');
  need(state.models.has(claim.modelId), 'no such model');
  const profile = must(state.profiles.get(claim.profileHash), 'no such profile');
  need(profile.specification.modelId === claim.modelId, 'of another model');
  need(profile.state === 'active', 'the profile is not active');
  const provider = must(state.providers.get(claim.provider), 'no such provider');
  need(provider.state === 'active', 'the provider is not active');
  const place = provider.served.find(({ profileHash }) => profileHash === claim.profileHash);
  need(place?.leavesAt === 0n, 'not served');
  need(staked(provider) >= rules.minimumStakeNlux, 'too little stake');
  need(claim.timestamp >= state.time - rules.timestampPastSeconds, 'too old');
  need(claim.timestamp <= state.time + rules.timestampAheadSeconds, 'of the future');
  need(ids.slotOf(chain, claim) === call.self, 'not its slot');
  need(!state.attestations.has(call.self), 'there is such an attestation');
  const enforceable = isEnforceable(world, profile);
  const isAsked = claim.requestId !== ids.NO_HASH;
  const request = isAsked ? state.requests.get(claim.requestId) : undefined;
  if (isAsked) {
    need(request?.state === 'open' && state.height < request.expiresAt, 'no open request');
    need(request.provider === claim.provider, 'asked of another provider');
    need(request.profileHash === claim.profileHash, 'asked of another profile');
    need(request.payloadHash === claim.payloadHash, 'asked of another payload');
    need(!request.enforceable || enforceable, 'not enforceable');
  }
  const fee = request?.feeNlux ?? 0n;
  const declared = request?.declaredValueNlux ?? 0n;
  const value = most(fee, declared);
  need(value === 0n || fitsExposure(world, provider, value), 'more than the stake covers');
  const report = bytesIn(message, 'teeReport');
  need(report.length === 0, 'a report that nobody asked for');
  const reportHash = sha256(report);
  const attestationId = ids.attestationIdOf(chain, claim, reportHash);
  const signer = world.signerOf(attestationId, hexOf(message, 'signature'));
  need(signer !== undefined && signsAt(provider, signer, state.height), 'not a key of it');
  const deposit = ticketDeposit(rules, profile.specification.rerunFeeNlux);
  expose(world, provider, value, state.height + rules.windowBlocks);
  if (request !== undefined) Object.assign(request, { state: 'fulfilled', attestation: call.self });
  state.attestations.set(call.self, {
    state: 'pending',
    ...claim,
    attestationId,
    requester: request?.requester ?? ids.NOBODY,
    teeReportHash: reportHash,
    height: state.height,
    windowEnd: state.height + rules.windowBlocks,
    includedAt: state.time,
    enforceable,
    declaredValueNlux: declared,
    baseNlux: baseOf(value, rules),
    escrowNlux: fee,
    requesterNlux: fee,
    auditDepositNlux: least(fee, deposit),
    challengeId: ids.NO_HASH,
    verdict: 'none',
    payers: new Map(),
  });
};

/** When the ticket of an account was made; it has none before it pays. */
export const ticketOf = (of: Attestation, account: string): bigint | undefined =>
  account === of.requester && of.requesterNlux > 0n
    ? of.includedAt
    : of.payers.get(account)?.paidAt;

/** What is final goes to the audit pool, the protocol, and the provider's owner. */
const payOut = (world: World, of: Attestation, fee: bigint, deposit: bigint): void => {
  const { state, rules } = world;
  const audit = least(deposit, fee);
  const protocol = least(shareDown(fee, rules.protocolShareBps), fee - audit);
  state.auditPool += audit;
  state.treasury += protocol;
  credit(world, sure(state.providers.get(of.provider)).owner, fee - audit - protocol);
};

const settleEscrow = (world: World, of: Attestation): void => {
  if (of.escrowNlux === 0n) return;
  payOut(world, of, of.escrowNlux, of.auditDepositNlux);
  const request = world.state.requests.get(of.requestId);
  if (of.requesterNlux > 0n && request !== undefined) request.state = 'settled';
  Object.assign(of, { escrowNlux: 0n, requesterNlux: 0n });
};

const payPending = (world: World, of: Attestation, call: Call): void => {
  const { state, rules } = world;
  const profile = sure(state.profiles.get(of.profileHash));
  const ticket = ticketOf(of, call.from);
  const deposit =
    ticket === undefined ? ticketDeposit(rules, profile.specification.rerunFeeNlux) : 0n;
  need(call.value >= most(1n, deposit), 'too little');
  const escrowNlux = of.escrowNlux + call.value;
  const more = valueOf({ ...of, escrowNlux }) - valueOf(of);
  const provider = sure(state.providers.get(of.provider));
  need(more === 0n || fitsExposure(world, provider, more), 'more than the stake covers');
  expose(world, provider, more, of.windowEnd);
  of.escrowNlux = escrowNlux;
  of.auditDepositNlux += deposit;
  of.baseNlux = baseOf(valueOf(of), rules);
  const before = of.payers.get(call.from)?.amountNlux ?? 0n;
  const paidAt = ticket ?? state.time;
  of.payers.set(call.from, { amountNlux: before + call.value, paidAt });
};

const pay = (world: World, of: Attestation, call: Call): void => {
  need(of.state === 'pending' || of.state === 'final', 'not to be paid for');
  need(call.value > 0n, 'no value');
  if (of.state === 'pending') {
    need(!isVoided(world, of), 'void');
    if (world.state.height < of.windowEnd) return payPending(world, of, call);
    settleEscrow(world, of);
    of.state = 'final';
  }
  return payOut(world, of, call.value, 0n);
};

const settle = (world: World, of: Attestation): void => {
  need(of.state === 'pending' || of.state === 'final', 'not to be settled');
  if (of.state === 'pending') {
    need(!isVoided(world, of), 'void');
    need(world.state.height >= of.windowEnd, 'not final');
    of.state = 'final';
  } else need(of.escrowNlux > 0n, 'nothing to settle');
  settleEscrow(world, of);
};

const refund = (world: World, of: Attestation, call: Call): void => {
  const isVoid = of.state === 'pending' && isVoided(world, of);
  need(isVoid || of.state === 'faulty' || of.state === 'void', 'not to be refunded');
  const asPayer = of.payers.get(call.from)?.amountNlux ?? 0n;
  const asRequester = call.from === of.requester ? of.requesterNlux : 0n;
  need(asPayer + asRequester > 0n, 'nothing paid');
  if (isVoid) of.state = 'void';
  of.payers.delete(call.from);
  of.escrowNlux -= asPayer + asRequester;
  of.requesterNlux -= asRequester;
  if (asRequester > 0n) sure(world.state.requests.get(of.requestId)).state = 'refunded';
  credit(world, call.from, asPayer + asRequester);
};

export const attestation = (world: World, message: Message, call: Call): void => {
  if (message.type === 'attest') return attest(world, message, call);
  const of = must(world.state.attestations.get(call.self), 'no such attestation');
  need(call.value === 0n || message.type === 'pay', 'takes no value');
  switch (message.type) {
    case 'pay':
      return pay(world, of, call);
    case 'settle':
      return settle(world, of);
    case 'refund':
      return refund(world, of, call);
    default:
      return need(false, 'nobody may send this');
  }
};
