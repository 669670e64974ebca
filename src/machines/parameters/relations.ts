import type { Parameters } from './record.ts';
import { gasRelations } from './relations/gas.ts';
import { limitRelations } from './relations/limits.ts';
import { moneyRelations } from './relations/money.ts';
import { panelRelations } from './relations/panels.ts';
import type { Relation } from './relations/relation.ts';
import { successionRelations } from './relations/succession.ts';
import { teeRelations } from './relations/tee.ts';
import { windowRelations } from './relations/windows.ts';

export type { Relation } from './relations/relation.ts';

/** A relation that does not hold. */
export interface BrokenRelation {
  readonly relation: string;
  /** The field to change, for example `dispute.lockBps`. */
  readonly path: string;
  /** What is asked of it, as the rest of a sentence that begins with the path. */
  readonly message: string;
}

/** Every relation that a parameter set must meet by itself (PROTOCOL §6.3, §9). */
export const RELATIONS: readonly Relation[] = [
  ...limitRelations,
  ...gasRelations,
  ...windowRelations,
  ...panelRelations,
  ...moneyRelations,
  ...teeRelations,
];

/** The relations that do not hold, all of them, in the order of the table. */
export const checkRelations = (parameters: Parameters): readonly BrokenRelation[] =>
  RELATIONS.filter(({ holds }) => !holds(parameters)).map(({ name, path, explain }) => ({
    relation: name,
    path,
    message: explain(parameters),
  }));

/** The relations between the parameters in force and their successor that do not hold. */
export const checkSuccession = (current: Parameters, next: Parameters): readonly BrokenRelation[] =>
  successionRelations
    .filter(({ holds }) => !holds(current, next))
    .map(({ name, path, explain }) => ({ relation: name, path, message: explain(current) }));
