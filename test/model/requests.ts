// Requests (PROTOCOL §3, §5).
import * as ids from './ids.ts';
import { amountIn, credit, hexOf, must, need } from './chain.ts';
import type { Call, Message, World } from './chain.ts';
import { most, shareDown, ticketDeposit } from './rules.ts';

const open = (world: World, message: Message, call: Call): void => {
  const { state, rules, chain } = world;
  need(!state.requests.has(call.self), 'there is such a request');
  need(ids.requestIdOf(chain, call.from, amountIn(message, 'nonce')) === call.self, 'not its name');
  const profileHash = hexOf(message, 'profileHash');
  const profile = state.profiles.get(profileHash);
  need(profile?.state === 'active', 'the profile is not active');
  need(profile.specification.modelId === hexOf(message, 'modelId'), 'of another model');
  const provider = state.providers.get(hexOf(message, 'provider'));
  need(provider?.state === 'active', 'the provider is not active');
  const place = provider.served.find((each) => each.profileHash === profileHash);
  need(place?.leavesAt === 0n, 'not served');
  need(call.value >= ticketDeposit(rules, profile.specification.rerunFeeNlux), 'fee too low');
  const declared = amountIn(message, 'declaredValueNlux');
  const covered = shareDown(provider.freeNlux, rules.exposureBps);
  need(most(call.value, declared) <= covered, 'more than the stake covers');
  const expiresAt = amountIn(message, 'expiresAt');
  need(expiresAt >= state.height + rules.requestExpiryMinimumBlocks, 'expires too soon');
  need(expiresAt <= state.height + rules.requestExpiryMaximumBlocks, 'expires too late');
  state.requests.set(call.self, {
    state: 'open',
    requester: call.from,
    provider: hexOf(message, 'provider'),
    modelId: hexOf(message, 'modelId'),
    profileHash,
    payloadHash: hexOf(message, 'payloadHash'),
    feeNlux: call.value,
    declaredValueNlux: declared,
    enforceable: message['enforceable'] as boolean,
    openedAt: state.height,
    expiresAt,
    attestation: ids.NO_HASH,
  });
};

export const request = (world: World, message: Message, call: Call): void => {
  if (message.type === 'open') return open(world, message, call);
  need(message.type === 'refund' && call.value === 0n, 'nobody may send this');
  const of = must(world.state.requests.get(call.self), 'no such request');
  need(of.state === 'open', 'not open');
  need(world.state.height >= of.expiresAt, 'not expired');
  of.state = 'refunded';
  credit(world, of.requester, of.feeNlux);
};
