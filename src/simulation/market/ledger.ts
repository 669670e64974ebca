import { outcomeOf } from '../../machines/challenge/outcome.ts';
import type { ChallengeContext, Settlement } from '../../machines/challenge/record.ts';
import { keyOfName } from '../../testing/people.ts';
import type { Agents } from './agents.ts';
import { add, type Dispute } from './dispute.ts';

/** What a provider's runs for the seats of a dispute cost it, in nLUX. */
export const computeOf = (dispute: Dispute, provider: string, computeNlux: bigint): bigint => {
  let sum = 0n;
  for (const { player, vote } of dispute.sittings.values()) {
    const hasRun = vote.type === 'says' && vote.saying.type === 'truth';
    if (player.address === provider && hasRun) sum += computeNlux;
  }
  return sum;
};

/** Deposits of appeals, and what came back of them (PROTOCOL §6.3). */
const addAppeals = (net: Map<string, bigint>, dispute: Dispute, context: ChallengeContext) => {
  const { returned } = outcomeOf(context);
  for (const [name, depositNlux] of dispute.deposits) add(net, name, -depositNlux);
  for (const { appellant, depositNlux } of returned) {
    const names = [...dispute.deposits.keys()];
    const name = names.find((each) => keyOfName(each).address === appellant);
    if (name !== undefined) add(net, name, depositNlux);
  }
};

/**
 * What everybody gained or lost by a challenge, by name of who owns it: fees of transactions, runs,
 * slashes, penalties, and what was paid. Losses are negative. A defendant that is not upheld loses
 * the fee that it would have been paid had nobody challenged it.
 */
export const ledgerOf = (
  dispute: Dispute,
  context: ChallengeContext,
  settlement: Settlement,
  { agents, computeNlux }: { readonly agents: Agents; readonly computeNlux: bigint },
): ReadonlyMap<string, bigint> => {
  const net = new Map<string, bigint>();
  const ownerOf = (address: string): string => agents.at(address)?.agent.owner ?? '';
  for (const [name, fee] of dispute.gas) add(net, name, -fee);
  for (const [address, taken] of dispute.taken) add(net, ownerOf(address), -taken);
  for (const { provider, state } of context.seats) {
    if (state === 'answered') add(net, ownerOf(provider), context.rerunFeeNlux);
    add(net, ownerOf(provider), -computeOf(dispute, provider, computeNlux));
  }
  dispute.defendants.forEach((held, at) => {
    const isUpheld = context.defendants[at]?.verdict === 'valid';
    if (!isUpheld) add(net, held.author.agent.owner, -held.context.escrowNlux);
  });
  const upheld = context.defendants.filter(({ verdict }) => verdict === 'valid');
  for (const { provider } of upheld) {
    add(net, ownerOf(provider), settlement.upheldNlux / BigInt(upheld.length));
  }
  if (dispute.challenger !== undefined) {
    const { rewardNlux, bondBackNlux } = settlement;
    add(net, dispute.challenger, rewardNlux + bondBackNlux - dispute.bondNlux);
  }
  addAppeals(net, dispute, context);
  return net;
};
