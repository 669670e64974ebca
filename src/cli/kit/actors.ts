import type { ActorView } from '../../client/wire/index.ts';
import type { ActorId, ActorKind } from '../../machines/kit/address.ts';
import { argument } from './input.ts';
import type { Node } from './node.ts';
import type { Printable } from './output.ts';
import { parseHash } from './parse.ts';
import type { Session } from './session.ts';
import type { CommandSpec, Described } from './spec.ts';
import { stop } from './stop.ts';
import { sheet, type Row } from './table.ts';

/** Kinds that have many actors; the others are one each. */
export type ManyKind =
  | 'account'
  | 'model'
  | 'profile'
  | 'provider'
  | 'request'
  | 'attestation'
  | 'challenge';

const HEX_KEY_BYTES = 32;

/** The actor that an argument names: by address or key name where it has one, else by its hash. */
export const actorArgument = async <K extends ManyKind>(
  session: Session,
  node: Node,
  kind: K,
  text: string,
): Promise<ActorId<K>> => {
  const { resolveAddress } = await import('./names.ts');
  const isNamed = kind === 'account' || kind === 'provider';
  const key = isNamed
    ? await resolveAddress(session, node, text)
    : parseHash(text, kind, HEX_KEY_BYTES);
  return `${kind}:${key}` as ActorId<K>;
};

/** The record of an actor; the command ends if it does not exist. */
export const actorRecord = async <K extends ActorKind>(
  node: Node,
  id: ActorId<K>,
): Promise<ActorView<K>> => {
  const answer = await node.ask(`asking for ${id}`, node.client.actor(id));
  return answer.record ?? stop('cli/not-found', { what: id });
};

/** The record in the form of the API, and as names and values. */
export const describeRecord = async <K extends ActorKind>(
  node: Node,
  id: ActorId<K>,
  record: ActorView<K>,
): Promise<{ readonly json: Printable; readonly rows: readonly Row[] }> => {
  const { actorView, writeJson } = await import('../../client/wire/index.ts');
  const { rowsOf } = await import('./describe.ts');
  const schema = actorView(id.slice(0, id.indexOf(':')) as K);
  const json = writeJson(schema, record);
  return { json: json as Printable, rows: rowsOf(schema.shape, json, node.texts) };
};

interface ShowParts {
  readonly kind: ManyKind;
  readonly argument: Described;
  readonly example: string;
}

/** `show` of a kind: its record, every field of it. */
export const showCommand = ({ kind, argument: form, example }: ShowParts): CommandSpec => ({
  name: 'show',
  summary: `show one ${kind}`,
  arguments: [form],
  examples: [
    [`aivm ${kind} show ${example}`, `every field of the ${kind}'s record`],
    [`aivm ${kind} show ${example} --json`, 'the same for programs'],
  ],
  run: async (input, session) => {
    const node = await session.node();
    const id = await actorArgument(session, node, kind, argument(input, 0));
    const { json, rows } = await describeRecord(node, id, await actorRecord(node, id));
    session.out.answer({ actor: id, ...(json as object) }, () =>
      sheet([[kind, node.texts.actor(id)], ...rows]),
    );
  },
});
