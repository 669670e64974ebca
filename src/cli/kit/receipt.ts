import type { ChainEvent, Receipt, Refusal } from '../../actors/receipt.ts';
import { KERNEL_REFUSALS } from '../../actors/errors.ts';
import type { Failure } from '../../codec/failure.ts';
import { REFUSAL_REASONS } from '../../machines/reasons.ts';
import type { Printable } from './output.ts';
import { colours } from './terminal.ts';
import type { Row } from './table.ts';
import type { Texts } from './texts.ts';

type Fields = ChainEvent['fields'];

const SENTENCES: Readonly<Record<string, string>> = { ...REFUSAL_REASONS, ...KERNEL_REFUSALS };

const namedOf = (fields: Fields): Record<string, string> =>
  Object.fromEntries(fields.map(({ name, value }) => [name, value]));

/** Why the chain refused, as a failure of the command: the code is the refusal's own. */
export const refusalFailure = ({
  code,
  actor,
  state,
  message,
  guard,
  details,
}: Refusal): Failure => ({
  code,
  message: SENTENCES[code] ?? 'The actor refused the message.',
  details: {
    actor,
    state,
    message,
    ...(guard === '' ? {} : { guard }),
    ...namedOf(details),
  },
});

/** An address, alone or as that of an account or provider: what the field is called says which. */
const ADDRESS = /^(?:account:|provider:)?([0-9a-f]{40})$/;

/** A field of an event as people read it: amounts by their name, addresses by their form. */
const fieldText = ({ name, value }: Fields[number], texts: Texts): string => {
  const label = name.replace(/Nlux$/, '');
  if (name.endsWith('Nlux') && /^[0-9]+$/.test(value)) {
    return `${label} ${texts.amount(BigInt(value))}`;
  }
  const address = ADDRESS.exec(value)?.[1];
  return `${label} ${address === undefined ? value : texts.address(address)}`;
};

/** An event with a line for each of its fields. */
const eventLines = ({ actor, name, fields }: ChainEvent, texts: Texts): string =>
  [
    `${colours.cyan(name)} ${texts.actor(actor)}`,
    ...fields.map((field) => colours.dim(`  ${fieldText(field, texts)}`)),
  ].join('\n');

/** One event on one line. */
export const eventText = ({ actor, name, fields }: ChainEvent, texts: Texts): string =>
  [
    colours.cyan(name),
    colours.dim(texts.actor(actor)),
    fields.map((field) => fieldText(field, texts)).join(', '),
  ]
    .filter((part) => part !== '')
    .join('  ');

export const eventJson = ({ actor, name, fields }: ChainEvent): Printable => ({
  actor,
  name,
  fields: namedOf(fields),
});

/** What a receipt says, in the form of the API without its frame. */
export const receiptJson = ({
  outcome,
  gasUsed,
  feeNlux,
  messages,
  events,
}: Receipt): Printable => ({
  outcome: outcome.type,
  ...(outcome.type === 'refused'
    ? { refusal: { ...outcome.refusal, details: namedOf(outcome.refusal.details) } }
    : {}),
  gasUsed,
  feeNlux,
  messages,
  events: events.map(eventJson),
});

export const receiptRows = (receipt: Receipt, texts: Texts): readonly Row[] => {
  const isApplied = receipt.outcome.type === 'applied';
  return [
    ['outcome', isApplied ? colours.green('applied') : colours.red('refused')],
    ['gas', String(receipt.gasUsed)],
    ['fee', texts.amount(receipt.feeNlux)],
    ...receipt.events.map((event): Row => ['event', eventLines(event, texts)]),
  ];
};
