import {
  bondFor,
  prepareAudit,
  prepareChallenge,
  prepareProtocolAudit,
  type PreparedChallenge,
} from '../../client/challenge.ts';
import { isDrawn, ticketRound } from '../../machines/attestation/audit.ts';
import type { ChallengeForm } from '../../machines/challenge/record.ts';
import { auditReserve } from '../../machines/challenge/money.ts';
import { AUDIT_POOL, type ActorId } from '../../machines/kit/index.ts';
import type { Messages } from '../../machines/messages.ts';
import { keyOfName } from '../../testing/people.ts';
import type { Player } from './agents.ts';
import { orderOf } from './chain.ts';
import { addGas, type Dispute } from './dispute.ts';
import type { Held } from './held.ts';
import { CONSUMER, KEEPER } from './people.ts';
import type { Session } from './session.ts';

interface Opening {
  readonly from: string;
  readonly form: ChallengeForm;
  readonly bondNlux: bigint;
  readonly prepared:
    | PreparedChallenge
    | PreparedChallenge<'audit'>
    | PreparedChallenge<'protocolAudit'>;
  readonly defendants: readonly Held[];
}

const challenged = ({ slot, context }: Held) => ({ slot, context });

/** Everybody who may open a challenge, looking at what is attested. */
export class Watch {
  readonly #session: Session;
  readonly #begin: (dispute: Dispute) => void;
  readonly #released: (held: Held) => void;

  constructor(session: Session, begin: (dispute: Dispute) => void, released: (held: Held) => void) {
    this.#session = session;
    this.#begin = begin;
    this.#released = released;
  }

  /** Somebody has attested. */
  see(held: Held): void {
    const { ground, agents, dice } = this.#session;
    this.#compare(held);
    for (const player of agents.griefers) {
      if (dice.challenges.roughly(player.agent.group.rates.opens)) this.#audit(player, held);
    }
    for (const player of agents.checkers) this.#check(player, held);
    if (ground.market.protocolAudits) this.#awaitTicket(held);
  }

  /** A consumer that asked two looks whether they say the same. */
  #compare(held: Held): void {
    if (held.isChallenged) return;
    const other = held.claim.held.find((each) => each !== held && !each.isChallenged);
    if (other?.answer === undefined || held.answer === undefined) return;
    const [one, two] = [held.answer.saying, other.answer.saying];
    const isOne =
      one.type === two.type && (one.type === 'truth' || one.by === (two as typeof one).by);
    if (isOne || held.context.outputHash === other.context.outputHash) return;
    const { chain } = this.#session;
    const prepared = prepareChallenge(chain.ids, challenged(held), challenged(other));
    const pair = [held, other];
    const defendants = pair.toSorted((a, b) => (a.attestationId < b.attestationId ? -1 : 1));
    this.#open({
      from: CONSUMER,
      form: 'pair',
      bondNlux: this.#bond('pair'),
      prepared,
      defendants,
    });
  }

  #bond(form: 'pair' | 'audit'): bigint {
    const { parameters, rerunFeeNlux } = this.#session.ground.market;
    return bondFor(parameters.dispute, rerunFeeNlux, form);
  }

  #audit({ agent }: Player, held: Held): void {
    if (held.isChallenged) return;
    const prepared = prepareAudit(this.#session.chain.ids, challenged(held));
    const bondNlux = this.#bond('audit');
    this.#open({ from: agent.owner, form: 'audit', bondNlux, prepared, defendants: [held] });
  }

  #check(player: Player, held: Held): void {
    const { checker, agent } = player;
    const { book } = this.#session;
    if (checker === undefined || held.isChallenged || !checker.checks()) return;
    book.observe(`checks/${agent.group.name}`, agent.group.checkNlux);
    if (held.isTrue || held.answer?.saying.type === 'truth') return;
    checker.found();
    this.#audit(player, held);
  }

  /** The ticket of the consumer is drawn by a round that nobody knows yet (PROTOCOL §6). */
  #awaitTicket(held: Held): void {
    const { ground } = this.#session;
    const { parameters } = ground.market;
    const { beacon } = ground.signing.engine.genesis;
    const { beaconMarginSeconds } = parameters.dispute;
    const round = ticketRound(beacon, held.context.includedAt, beaconMarginSeconds);
    this.#session.wantRound(round, false, (randomness) => {
      const drawn = isDrawn(randomness, held.attestationId, parameters.auditRateBps);
      this.#session.book.happened('audits/drawn', drawn);
      if (drawn) this.#session.at(this.#session.next, () => this.#protocolAudit(held));
    });
  }

  /** Opens it as soon as the pool can pay, if that is in time. */
  #protocolAudit(held: Held): void {
    const { chain, ground, next } = this.#session;
    const { parameters, rerunFeeNlux } = ground.market;
    if (held.isChallenged || next >= held.context.windowEnd) return;
    const reserveNlux = auditReserve(parameters.dispute, rerunFeeNlux);
    if (chain.balance(AUDIT_POOL) < reserveNlux) {
      this.#session.at(next + 1n, () => this.#protocolAudit(held));
      return;
    }
    const payer = keyOfName(CONSUMER).address;
    const prepared = prepareProtocolAudit(chain.ids, challenged(held), payer);
    const defendants = [held];
    this.#open({
      from: KEEPER,
      form: 'protocolAudit',
      bondNlux: reserveNlux,
      prepared,
      defendants,
    });
  }

  #open({ from, form, bondNlux, prepared, defendants }: Opening): void {
    const { dice } = this.#session;
    for (const held of defendants) held.isChallenged = true;
    const shows = defendants.map(({ author, answer }) => {
      const { withholds } = author.agent.group.rates;
      return answer !== undefined && (withholds === 0 || !dice.withholding.roughly(withholds));
    });
    const isForProtocol = form === 'protocolAudit';
    const id = prepared.receiver as ActorId<'challenge'>;
    const message = prepared.message as Messages['challenge'];
    const order = orderOf(from, id, message, isForProtocol ? 0n : bondNlux);
    const windowEnd = defendants[0]?.context.windowEnd ?? 0n;
    this.#session.post(
      order,
      (receipt) => {
        if (receipt?.outcome.type !== 'applied') {
          for (const held of defendants) this.#released(held);
          return;
        }
        const dispute: Dispute = {
          id,
          form,
          challenger: isForProtocol ? undefined : from,
          bondNlux,
          defendants,
          openedAt: this.#session.chain.height,
          shows,
          sittings: new Map(),
          opened: new Set(),
          taken: new Map(),
          gas: new Map(),
          deposits: new Map(),
        };
        addGas(dispute, from, receipt);
        this.#begin(dispute);
      },
      windowEnd,
    );
  }
}
