import { parseActorId, type ActorId } from '../../machines/kit/address.ts';
import { option } from './input.ts';
import { resolveAddress } from './names.ts';
import type { Node } from './node.ts';
import { parseInteger } from './parse.ts';
import type { Session } from './session.ts';
import type { Described, Input } from './spec.ts';
import { stop } from './stop.ts';

/** An argument that names an actor of any kind. */
export const ACTOR: Described = [
  '<actor>',
  'kind:key with the key in hex; account: and provider: also with an address or key name',
];

/** An actor in the form of its kind; a singleton's key is empty and its colon may be left out. */
export const actorOf = async (
  session: Session,
  node: Pick<Node, 'hrp'>,
  text: string,
): Promise<ActorId> => {
  const [kind = '', key = ''] = text.split(':');
  const isNamed = (kind === 'account' || kind === 'provider') && key !== '';
  const plain = isNamed ? `${kind}:${await resolveAddress(session, node, key)}` : `${kind}:${key}`;
  const parsed = parseActorId(plain);
  return parsed.ok ? parsed.value : stop('cli/bad-actor', { found: text.slice(0, 120) });
};

/** `--height`, where it is given. */
export const heightOf = (input: Input): bigint | undefined => {
  const given = option(input, 'height');
  return given === undefined ? undefined : parseInteger(given);
};
