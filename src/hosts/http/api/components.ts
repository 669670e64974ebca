import { chainEvent, receipt } from '../../../actors/receipt.ts';
import type { Schema, Shape } from '../../../codec/index.ts';
import { CONTEXTS, MESSAGES } from '../../../client/index.ts';
import { stateProof } from '../../../client/wire/index.ts';
import { ACTOR_KINDS, type ActorKind } from '../../../machines/kit/address.ts';
import { parameters } from '../../../machines/parameters/record.ts';

/** A part of the API's bodies that has a name of its own in the OpenAPI description. */
export interface Component {
  readonly identifier: string;
  readonly description: string;
  readonly schema: Schema<unknown>;
  /** Whether clients send it too: then no field may be there that it does not have. */
  readonly isSent: boolean;
}

const KINDS = Object.keys(ACTOR_KINDS) as ActorKind[];
const capitalized = (kind: string): string => kind.slice(0, 1).toUpperCase() + kind.slice(1);

const part = (
  identifier: string,
  description: string,
  schema: unknown,
  isSent = false,
): Component => ({
  identifier,
  description,
  schema: schema as Schema<unknown>,
  isSent,
});

const all: readonly Component[] = [
  part('Event', 'What an actor told while a message was handled.', chainEvent),
  part('TransactionReceipt', 'What came of a transaction.', receipt),
  part('StateProof', 'ICS-23, of a record or of its absence.', stateProof),
  part('ParameterSet', 'PROTOCOL §9.', parameters),
  ...KINDS.map((kind) =>
    part(`${capitalized(kind)}Context`, `What the state holds of a ${kind}.`, CONTEXTS[kind]),
  ),
  ...KINDS.map((kind) =>
    part(`${capitalized(kind)}Message`, `The messages of a ${kind}.`, MESSAGES[kind], true),
  ),
];

const byShape = new Map<Shape, Component>();
// Pools are alike: the first of them names the shape.
for (const component of all) {
  if (!byShape.has(component.schema.shape)) byShape.set(component.schema.shape, component);
}

/** The components, each once. */
export const COMPONENTS: readonly Component[] = [...byShape.values()];

/** Where a shape is described on its own, if it is. */
export const refOf = (shape: Shape): string | undefined => {
  const found = byShape.get(shape);
  return found === undefined ? undefined : `#/components/schemas/${found.identifier}`;
};
