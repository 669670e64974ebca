import type { ChainEvent, Receipt } from '../../actors/index.ts';
import { prepareAttestation } from '../../client/attestation.ts';
import { requestActor } from '../../client/names.ts';
import { fromHex, sha256Hex } from '../../codec/index.ts';
import { keyOf, type ActorId } from '../../machines/kit/index.ts';
import { unwrap } from '../../runtime/unwrap.ts';
import { keyOfName } from '../../testing/people.ts';
import { TRUTH } from '../agents/index.ts';
import type { Player } from './agents.ts';
import { orderOf } from './chain.ts';
import { type Claim, type Held, profitOf } from './held.ts';
import { CONSUMER } from './people.ts';
import type { Session } from './session.ts';

/** Providers that a consumer looks at before it gives up. */
const TRIES = 8;

const amountOf = ({ fields }: ChainEvent, name: string): bigint =>
  BigInt(fields.find((field) => field.name === name)?.value ?? '0');

const isApplied = (receipt: Receipt | undefined): receipt is Receipt =>
  receipt?.outcome.type === 'applied';

/** Consumers and providers: requests, attestations, fees, and what they come to in the end. */
export class Trade {
  readonly #session: Session;
  readonly #held = new Map<string, Held>();
  readonly #onAttested: (held: Held) => void;
  #asked = 0n;
  #open = 0;
  #credit = 0;

  constructor(session: Session, onAttested: (held: Held) => void) {
    this.#session = session;
    this.#onAttested = onAttested;
    session.onEvent.set('feePaid', (event) => {
      const held = this.#held.get(event.actor);
      if (held !== undefined) held.money.fee += amountOf(event, 'providerNlux');
    });
  }

  /** Attestations and requests that are not settled. */
  get open(): number {
    return this.#open;
  }

  held(id: ActorId<'attestation'>): Held | undefined {
    return this.#held.get(id);
  }

  /** What consumers ask for with the next block. */
  ask(): void {
    const { attestationsPerBlock, pairs } = this.#session.ground.market;
    const { claims, customers } = this.#session.dice;
    for (this.#credit += attestationsPerBlock; this.#credit >= 1; this.#credit -= 1) {
      const payload = fromHex(claims.bytes32());
      const claim: Claim = { payload, payloadHash: sha256Hex(payload), held: [] };
      const first = this.#someone(undefined);
      if (first === undefined) return;
      this.#request(claim, first);
      if (pairs === 0 || !customers.roughly(pairs)) continue;
      const second = this.#someone(first);
      if (second !== undefined) this.#request(claim, second);
    }
  }

  #someone(other: Player | undefined): Player | undefined {
    const { providers } = this.#session.agents;
    const { customers } = this.#session.dice;
    for (let tried = 0; tried < TRIES; tried += 1) {
      const player = providers[customers.below(providers.length)];
      if (player?.isActive === true && player !== other) return player;
    }
    return undefined;
  }

  #request(claim: Claim, player: Player): void {
    const { chain, ground } = this.#session;
    const { market, modelId, profileHash } = ground;
    const nonce = this.#asked;
    this.#asked += 1n;
    const to = requestActor({ ...chain.ids, requester: keyOfName(CONSUMER).address, nonce });
    const expiresAt = this.#session.next + market.parameters.requestExpiryMaximumBlocks;
    const message = {
      type: 'open',
      nonce,
      provider: player.address,
      modelId,
      profileHash,
      payloadHash: claim.payloadHash,
      declaredValueNlux: market.declaredNlux,
      enforceable: false,
      expiresAt,
    } as const;
    this.#open += 1;
    this.#session.post(orderOf(CONSUMER, to, message, market.feeNlux), (receipt) => {
      this.#session.book.happened('asked', isApplied(receipt));
      if (!isApplied(receipt)) this.#open -= 1;
      else this.#attest(claim, player, keyOf(to), expiresAt);
    });
  }

  /** The provider answers; a request that it cannot answer any more gives its fee back. */
  #attest(claim: Claim, player: Player, requestId: string, expiresAt: bigint): void {
    const { chain, ground, answers } = this.#session;
    const { modelId, profileHash, market } = ground;
    const others = claim.held.filter(({ author }) => author !== player);
    const said = player.behaviour.attests({ isAttested: others.length > 0 });
    const copied = said.type === 'copies' ? others[0] : undefined;
    const { address, agent } = player;
    const saying = said.type === 'says' ? said.saying : TRUTH;
    const answer =
      copied === undefined
        ? answers.of(address, claim.payloadHash, saying, agent.group.rates)
        : undefined;
    const { outputHash, evidenceRoot } = answer?.output ??
      copied?.context ?? { outputHash: '', evidenceRoot: '' };
    const prepared = unwrap(
      prepareAttestation({
        ...chain.ids,
        provider: address,
        modelId,
        profileHash,
        payloadHash: claim.payloadHash,
        outputHash,
        evidenceRoot,
        requestId,
        timestamp: chain.time,
        providerKey: keyOfName(agent.name).privateKey,
        engine: chain.signing.secp256k1,
      }),
    );
    const order = orderOf(agent.owner, prepared.receiver, prepared.message);
    const done = (receipt: Receipt | undefined): void => {
      const context = isApplied(receipt) ? chain.actor(prepared.receiver)?.context : undefined;
      if (!isApplied(receipt) || context === undefined) {
        this.#giveBack(requestId, expiresAt);
        return;
      }
      const isTrue = answer !== undefined && saying.type === 'truth';
      const compute = isTrue ? market.computeNlux : market.cheatNlux;
      const held: Held = {
        id: prepared.receiver,
        slot: prepared.slot,
        attestationId: prepared.attestationId,
        author: player,
        claim,
        answer,
        context,
        isTrue,
        isChallenged: false,
        verdict: 'none',
        money: { fee: 0n, upheld: 0n, slashed: 0n, gas: receipt.feeNlux, compute },
      };
      this.#held.set(held.id, held);
      claim.held.push(held);
      this.#session.at(context.windowEnd, () => this.#settleUnchallenged(held));
      this.#onAttested(held);
    };
    this.#session.post(order, done, expiresAt);
  }

  #giveBack(requestId: string, expiresAt: bigint): void {
    const to: ActorId<'request'> = `request:${requestId}`;
    this.#session.at(expiresAt, () => {
      this.#session.post(orderOf(CONSUMER, to, { type: 'refund' }), () => {
        this.#open -= 1;
      });
    });
  }

  #settleUnchallenged(held: Held): void {
    if (!held.isChallenged) this.#settle(held);
  }

  #settle(held: Held): void {
    const { owner } = held.author.agent;
    this.#session.post(orderOf(owner, held.id, { type: 'settle' }), (receipt) => {
      held.money.gas += receipt?.feeNlux ?? 0n;
      // Who opened a challenge in the last block of the window came before.
      if (isApplied(receipt)) this.#close(held);
    });
  }

  /** A challenge of it has ended. */
  judged(held: Held): void {
    if (held.verdict === 'valid') {
      this.#settle(held);
      return;
    }
    this.#session.post(orderOf(CONSUMER, held.id, { type: 'refund' }), () => this.#close(held));
  }

  /** A challenge that was on its way was refused: nothing but time passes. */
  released(held: Held): void {
    held.isChallenged = false;
    this.#session.at(held.context.windowEnd, () => this.#settleUnchallenged(held));
  }

  #close(held: Held): void {
    this.#open -= 1;
    this.#held.delete(held.id);
    const { market } = this.#session.ground;
    const { book, chain } = this.#session;
    const group = held.author.agent.group.name;
    book.observe(`profit/${group}`, profitOf(held, market.gainNlux, market.gainSurvives));
    book.observe('attestation/blocks', chain.height - held.context.height, true);
    if (held.isTrue) {
      book.observe('honest/lossPerAttestation', held.money.slashed);
      return;
    }
    book.happened('cheats/caught', held.verdict === 'faulty' || held.verdict === 'unsubstantiated');
  }
}
