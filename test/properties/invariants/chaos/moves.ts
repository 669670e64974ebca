import {
  prepareAudit,
  prepareChallenge,
  prepareEquivocation,
  prepareProtocolAudit,
} from '../../../../src/client/challenge.ts';
import { attestationSlot, inputHash, sha256Hex, taskKey } from '../../../../src/codec/index.ts';
import { actorId } from '../../../../src/machines/kit/index.ts';
import { answering, question } from '../../../support/claims.ts';
import { MODEL_ID } from '../../../support/market.ts';
import { LUX } from '../../../support/parameters.ts';
import { CHAIN } from '../../../support/world.ts';
import type { RecordOf } from '../../../../src/actors/index.ts';
import { roundOf } from '../../../unit/machines/audit/support.ts';
import { answerOf } from '../../../unit/machines/equivocation/support.ts';
import type { Cast, Order } from './cast.ts';
import type { ScriptStep, STEPS } from './life.ts';

type Move = (cast: Cast, step: ScriptStep) => readonly Order[];

const { networkId, chainId } = CHAIN;
const nameOf = (number: number): string => `p${number}`;
/** About what a ticket owes the audit pool, and what the stakes cover. */
const feeOf = (amount: number): bigint => (LUX * BigInt(400 + amount)) / 4_000n;
const luxOf = ({ amount }: ScriptStep): bigint => (BigInt(amount) * LUX) / 10n;

interface Answer {
  readonly slot: string;
  readonly context: RecordOf<'attestation'>['context'];
}

const isSome = (answer: Answer | undefined): answer is Answer => answer !== undefined;

/** Answers on chain, asked for or not; the latest may still be challenged. */
const answers = ({ market, slots }: Cast): readonly Answer[] =>
  slots
    .map((slot) => {
      const context = market.actor(actorId('attestation', slot))?.context;
      return context && { slot, context };
    })
    .filter(isSome);

/** One of the last answers. */
const found = (cast: Cast, who: number): Answer | undefined => answers(cast).at(-1 - (who % 6));

/** One of the answers of others to the same question, rather a different one. */
const rival = (cast: Cast, { context }: Answer, other: number): Answer | undefined => {
  const same = answers(cast).filter(
    (each) =>
      each.context.payloadHash === context.payloadHash &&
      each.context.provider !== context.provider,
  );
  const different = same.filter((each) => each.context.outputHash !== context.outputHash);
  const rivals = different.length > 0 ? different : same;
  return rivals[other % (rivals.length || 1)];
};

const authorOf = ({ market }: Cast, { context }: Answer): string =>
  market.providers.find((name) => market.address(name) === context.provider) ?? 'p0';

const attest: Move = (cast, { who, question: on, level }) => {
  const order = answering(cast.market, nameOf(who), on, cast.output(nameOf(who), level));
  cast.remember(order.to);
  return [order];
};

const challenge: Move = (cast, { who, other }) => {
  const first = found(cast, who);
  const second = first && rival(cast, first, other);
  if (first === undefined || second === undefined) return [];
  const { receiver, message } = prepareChallenge({ networkId, chainId }, first, second);
  cast.challenges.add(receiver);
  return [cast.market.order('challenger', receiver, message, cast.bond('pair'))];
};

const audit: Move = (cast, { who }) => {
  const accused = found(cast, who);
  if (accused === undefined) return [];
  const { receiver, message } = prepareAudit({ networkId, chainId }, accused);
  cast.challenges.add(receiver);
  return [cast.market.order('challenger', receiver, message, cast.bond('audit'))];
};

const protocolAudit: Move = (cast, { who }) => {
  const accused = found(cast, who);
  if (accused === undefined) return [];
  const { market } = cast;
  const payer = market.address('consumer');
  const { receiver, message } = prepareProtocolAudit({ networkId, chainId }, accused, payer);
  cast.challenges.add(receiver);
  // The round that draws the ticket of a request; that of a payment is another.
  const round = market.roundOrder(roundOf(market, accused.context.includedAt));
  return [round, market.order('anyone', receiver, message)];
};

const equivocate: Move = (cast, { who, level }) => {
  const accused = found(cast, who);
  if (accused === undefined) return [];
  const { payloadHash } = accused.context;
  const author = authorOf(cast, accused);
  const output = cast.output(author, level);
  const other = answerOf(cast.market.claim(author, output, { payloadHash }));
  const { receiver, message } = prepareEquivocation({ networkId, chainId }, accused, other);
  cast.challenges.add(receiver);
  const { comparator } = cast.market.specification;
  const bond = comparator.type === 'exact' ? 0n : cast.bond('pair');
  return [cast.market.order('challenger', receiver, message, bond)];
};

const appeal: Move = (cast, { other }) => {
  const decided = cast.open().filter(({ record }) => record.state === 'decided');
  const challenged = decided[other % (decided.length || 1)];
  return challenged === undefined ? [] : [cast.appealOf(challenged)];
};

/** A request that is answered at once. */
const ask: Move = (cast, { who, question: on, level, amount }) => {
  const { market } = cast;
  const nonce = market.actor(market.account('consumer'))?.context.nonce ?? 0n;
  const payloadHash = sha256Hex(question(on));
  const request = market.requestOf(nonce);
  const message = { ...market.requestMessage(nameOf(who), nonce, 0n), payloadHash };
  const { profileHash } = market;
  const input = inputHash({ profileHash, payloadHash });
  const task = taskKey({ networkId, chainId, modelId: MODEL_ID, inputHash: input });
  const provider = market.address(nameOf(who));
  const slot = attestationSlot({ provider, taskKey: task, requestId: request });
  cast.remember(actorId('attestation', slot));
  const output = cast.output(nameOf(who), level);
  const claim = market.claim(nameOf(who), output, { payloadHash, requestId: request });
  return [
    market.order('consumer', actorId('request', request), message, feeOf(amount)),
    market.order(nameOf(who), actorId('attestation', slot), claim),
  ];
};

const toAttestation =
  (from: string, type: 'settle' | 'refund'): Move =>
  (cast, { who }) => {
    const answer = answers(cast).at(who % (answers(cast).length || 1));
    if (answer === undefined) return [];
    return [cast.market.order(from, actorId('attestation', answer.slot), { type })];
  };

const pay: Move = (cast, { who, amount }) => {
  const answer = found(cast, who);
  if (answer === undefined) return [];
  const to = actorId('attestation', answer.slot);
  return [cast.market.order('consumer', to, { type: 'pay' }, feeOf(amount))];
};

const toProvider =
  (message: (step: ScriptStep, cast: Cast) => Parameters<typeof provide>[2]): Move =>
  (cast, step) =>
    provide(cast, step, message(step, cast));

const provide = (
  { market }: Cast,
  { who }: ScriptStep,
  message:
    | { readonly type: 'unstake'; readonly amountNlux: bigint }
    | { readonly type: 'withdraw' | 'unjail' }
    | { readonly type: 'leave'; readonly profileHash: string }
    | { readonly type: 'serve'; readonly profileHash: string; readonly modelId: string },
): readonly Order[] => [
  market.order(market.ownerName(nameOf(who)), market.provider(nameOf(who)), message),
];

const profileOf = ({ market }: Cast): string => market.profileHash;

export const MOVES: Readonly<Record<(typeof STEPS)[number], Move>> = {
  attest,
  challenge,
  audit,
  protocolAudit,
  equivocate,
  appeal,
  ask,
  pay,
  settle: toAttestation('anyone', 'settle'),
  refund: toAttestation('consumer', 'refund'),
  stake: ({ market }, step) => {
    const name = nameOf(step.who);
    const to = market.provider(name);
    return [market.order(market.ownerName(name), to, { type: 'stake' }, luxOf(step))];
  },
  unstake: toProvider((step) => ({ type: 'unstake', amountNlux: luxOf(step) })),
  withdraw: toProvider(() => ({ type: 'withdraw' })),
  unjail: toProvider(() => ({ type: 'unjail' })),
  leave: toProvider((_, cast) => ({ type: 'leave', profileHash: profileOf(cast) })),
  serve: toProvider((_, cast) => ({
    type: 'serve',
    profileHash: profileOf(cast),
    modelId: MODEL_ID,
  })),
  junk: ({ market }, { junk }) => [
    market.order(junk.from, junk.to, junk.message as never, junk.value),
  ],
  wait: () => [],
};
