import type { ChallengeContext, Seat, Settlement } from '../../machines/challenge/record.ts';
import { panelsOf } from '../../machines/challenge/ladder.ts';
import { distanceToSeat } from '../../machines/comparators/index.ts';
import { outputChunks } from '../../machines/comparators/shape.ts';
import type { Dispute } from './dispute.ts';
import { linksOf } from './flow.ts';
import { computeOf, ledgerOf } from './ledger.ts';
import type { Session } from './session.ts';

const NOTHING = new Uint8Array();

const ANSWERED: readonly Seat['state'][] = ['committed', 'revealed', 'answered', 'withheld'];

/** What a run learns from a challenge that has ended. */
export class Outcomes {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  observe(dispute: Dispute, context: ChallengeContext): void {
    const { book, chain } = this.#session;
    book.observe('finality/blocks', chain.height - dispute.openedAt, true);
    book.observe('panels/verdicts', BigInt(context.round), true);
    this.#seats(dispute, context);
    this.#defendants(dispute, context);
    if (context.settlement !== undefined) this.#money(dispute, context, context.settlement);
    this.#distances(dispute, context);
  }

  #defendants(dispute: Dispute, context: ChallengeContext): void {
    const { book } = this.#session;
    const settlement = context.settlement;
    const upheld = context.defendants.filter(({ verdict }) => verdict === 'valid').length;
    const each = upheld === 0 ? 0n : (settlement?.upheldNlux ?? 0n) / BigInt(upheld);
    // Of one who is accused twice, all is booked to the first.
    const left = { taken: new Map(dispute.taken), gas: new Map(dispute.gas) };
    context.defendants.forEach((found, at) => {
      const held = dispute.defendants[at];
      if (held === undefined) return;
      held.verdict = found.verdict;
      const { owner } = held.author.agent;
      held.money.slashed += left.taken.get(found.provider) ?? 0n;
      held.money.gas += left.gas.get(owner) ?? 0n;
      left.taken.delete(found.provider);
      left.gas.delete(owner);
      held.money.upheld += found.verdict === 'valid' ? each : 0n;
      const isSlashed = found.verdict === 'faulty' || found.verdict === 'unsubstantiated';
      const { name } = held.author.agent.group;
      book.happened(`slashed/${name}`, isSlashed);
      // Who does not show what it has attested is convicted of that, rightly.
      if (held.isTrue && dispute.shows[at] !== true) return;
      book.happened(held.isTrue ? 'honest/slashed' : 'cheats/convicted', isSlashed);
      book.happened(held.isTrue ? 'honest/void' : 'cheats/void', found.verdict === 'void');
    });
  }

  #seats(dispute: Dispute, context: ChallengeContext): void {
    const { agents, book } = this.#session;
    const drawn = context.seats.filter(({ attempt }) => attempt === 0);
    for (const { provider } of drawn) {
      const { name } = agents.at(provider)?.agent.group ?? { name: '' };
      book.observe(`drawn/${name}`, 1n);
    }
    const sizes = panelsOf(context);
    const rounds = new Set(context.seats.map(({ round }) => round));
    for (const round of rounds) {
      for (let seat = 0; seat < (sizes[round - 1] ?? 0); seat += 1) {
        const isAnswered = context.seats.some(
          (each) => each.round === round && each.seat === seat && ANSWERED.includes(each.state),
        );
        book.happened('seats/empty', !isAnswered);
      }
    }
    for (const { provider, state } of context.seats) {
      const player = agents.at(provider);
      if (player === undefined) continue;
      const { name } = player.agent.group;
      book.happened(`seats/answered/${name}`, state === 'answered');
      book.observe(`seats/profit/${name}`, this.#seatProfit(dispute, context, provider, state));
    }
  }

  #seatProfit(
    dispute: Dispute,
    { rerunFeeNlux }: ChallengeContext,
    provider: string,
    state: Seat['state'],
  ): bigint {
    const { agents, ground } = this.#session;
    const paid = state === 'answered' ? rerunFeeNlux : 0n;
    const gas = dispute.gas.get(agents.at(provider)?.agent.owner ?? '') ?? 0n;
    const taken = dispute.taken.get(provider) ?? 0n;
    return paid - taken - gas - computeOf(dispute, provider, ground.market.computeNlux);
  }

  #money(dispute: Dispute, context: ChallengeContext, settlement: Settlement): void {
    const { book } = this.#session;
    for (const { from, to, amountNlux } of linksOf(context, settlement)) {
      book.observe(`flow/${from}/${to}`, amountNlux);
    }
    let penalties = -context.slashedNlux;
    for (const taken of dispute.taken.values()) penalties += taken;
    book.observe('flow/penalty/burned', penalties);
    book.observe('slashed/all', context.slashedNlux);
    this.#griefing(dispute, context, settlement);
  }

  /** What an attack on honest attestations cost those behind it, and everybody else. */
  #griefing(dispute: Dispute, context: ChallengeContext, settlement: Settlement): void {
    const { agents, book, ground } = this.#session;
    const { computeNlux } = ground.market;
    const { challenger } = dispute;
    if (challenger === undefined) return;
    const net = ledgerOf(dispute, context, settlement, { agents, computeNlux });
    const player = agents.checkers.find(({ agent }) => agent.owner === challenger);
    player?.checker?.earned(net.get(challenger) ?? 0n);
    const hostile = agents.hostile;
    const isAttack = dispute.defendants.every(
      ({ isTrue, author }) => isTrue && agents.diligent.has(author.agent.owner),
    );
    if (!hostile.has(challenger) || !isAttack) return;
    let loss = 0n;
    let cost = 0n;
    for (const [name, amount] of net) {
      if (hostile.has(name)) cost -= amount;
      else if (amount < 0n && agents.diligent.has(name)) loss -= amount;
    }
    book.observe('griefing/loss', loss);
    book.observe('griefing/cost', cost);
  }

  /** How far what defendants gave lies from what seats got, chunk by chunk: the largest. */
  #distances(dispute: Dispute, { comparator }: ChallengeContext): void {
    if (comparator.type === 'exact') return;
    const { book } = this.#session;
    for (const { answer, shows } of dispute.sittings.values()) {
      if (answer?.saying.type !== 'truth' || !shows) continue;
      const seats = outputChunks(comparator, answer.bytes);
      for (const held of dispute.defendants) {
        if (held.answer === undefined) continue;
        const chunks = outputChunks(comparator, held.answer.bytes);
        const distances = chunks.map((output, at) => {
          const shown = { output, evidence: NOTHING };
          const seat = { output: seats[at] ?? NOTHING, evidence: NOTHING };
          return distanceToSeat(comparator, shown, seat)[0] ?? 0n;
        });
        const most = distances.reduce((top, each) => (each > top ? each : top), 0n);
        book.observe(held.isTrue ? 'distance/honest' : 'distance/cheating', most, true);
      }
    }
  }
}
