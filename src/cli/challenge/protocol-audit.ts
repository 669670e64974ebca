import { prepareProtocolAudit, type Challenged } from '../../client/challenge.ts';
import { COLLECTION } from '../../client/collections.ts';
import { isDrawn, ticketRound, ticketWith } from '../../machines/attestation/audit.ts';
import { BEACON } from '../../machines/kit/address.ts';
import { actorRecord } from '../kit/actors.ts';
import { plan } from '../kit/draft.ts';
import { argument, option } from '../kit/input.ts';
import { resolveAddress } from '../kit/names.ts';
import type { Node } from '../kit/node.ts';
import { knownRandomness } from '../kit/rounds.ts';
import { keyText } from '../kit/seat.ts';
import { stop } from '../kit/stop.ts';
import { transaction, type Planning } from '../kit/transaction.ts';
import { ATTESTATION, challengedOf, confirmPublic, YES } from './opening.ts';

/** Who paid has a ticket; the beacon draws each by a round of its own (PROTOCOL §6, audit). */
interface Ticket {
  readonly payer: string;
  readonly round: bigint;
  /** Absent as long as the round is not on the chain. */
  readonly isDrawn: boolean | undefined;
}

const MAX_PAYERS = 100;
const NOBODY = '0'.repeat(40);

/** The requester, and all who paid: a page of them. */
const payersOf = async (node: Node, { slot, context }: Challenged) => {
  const page = await node.ask(
    'asking who paid',
    node.client.entries(`attestation:${slot}`, COLLECTION.payers, { limit: MAX_PAYERS }),
  );
  const requester = context.requester === NOBODY ? [] : [context.requester];
  const payments = new Map(page.items.map(({ key, value }) => [key, value]));
  return [...new Set([...requester, ...payments.keys()])].flatMap((payer) => {
    const paidAt = ticketWith(context, payer, payments.get(payer));
    return paidAt === undefined ? [] : [{ payer, paidAt }];
  });
};

const ticketsOf = async (
  { node, parameters }: Planning,
  accused: Challenged,
): Promise<readonly Ticket[]> => {
  const { source } = (await actorRecord(node, BEACON)).context;
  const { dispute, auditRateBps } = parameters;
  const { attestationId } = accused.context;
  const tickets: Ticket[] = [];
  for (const { payer, paidAt } of await payersOf(node, accused)) {
    const round = ticketRound(source, paidAt, dispute.beaconMarginSeconds);
    const randomness = await knownRandomness(node, round);
    const drawn =
      randomness === undefined ? undefined : isDrawn(randomness, attestationId, auditRateBps);
    tickets.push({ payer, round, isDrawn: drawn });
  }
  return tickets;
};

const ticketText = (node: Node, ticket: Ticket): string => {
  const said = ticket.isDrawn === undefined ? 'not on the chain yet' : 'did not draw it';
  return `${node.texts.address(ticket.payer)} by round ${ticket.round}, which ${said}`;
};

/** The ticket that was drawn; else the command ends and says how each stands. */
const drawnTicket = (node: Node, tickets: readonly Ticket[]): Ticket => {
  const drawn = tickets.find((ticket) => ticket.isDrawn === true);
  if (drawn !== undefined) return drawn;
  if (tickets.length === 0) return stop('cli/no-ticket');
  const text = tickets.map((ticket) => ticketText(node, ticket)).join('; ');
  const open = tickets.find((ticket) => ticket.isDrawn === undefined);
  return open === undefined
    ? stop('cli/not-drawn', { tickets: text })
    : stop('cli/round-unknown', { round: String(open.round), tickets: text });
};

export const protocolAudit = transaction({
  name: 'protocol-audit',
  summary: 'open the audit of an attestation that the beacon has drawn',
  details:
    'Anyone may: the audit pool pays for it and the gas comes back. Each who paid has a ticket, ' +
    'drawn by the first beacon round after the payment; without --payer all are looked at. ' +
    'A challenge makes the prompt public: the payload is published on the chain, for ever.',
  arguments: [ATTESTATION],
  options: [['--payer <account>', 'whose ticket was drawn (any)'], YES],
  examples: [
    ['aivm challenge protocol-audit c4e1… --from carol', 'says plainly if it was not drawn'],
    ['aivm challenge protocol-audit c4e1… --payer bob --from carol --yes', 'by the ticket of bob'],
  ],
  plan: async (planning) => {
    const { input, session, node } = planning;
    const accused = await challengedOf(planning, argument(input, 0));
    const given = option(input, 'payer');
    const wanted = given === undefined ? undefined : await resolveAddress(session, node, given);
    const all = await ticketsOf(planning, accused);
    const tickets = wanted === undefined ? all : all.filter(({ payer }) => payer === wanted);
    const { payer, round } = drawnTicket(node, tickets);
    await confirmPublic(planning, 'Open the audit?');
    const { receiver, message } = prepareProtocolAudit(node.chain, accused, payer);
    return plan(
      { receiver, message },
      { challenge: keyText(receiver), payer: node.texts.address(payer), round: String(round) },
    );
  },
});
