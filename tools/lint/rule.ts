// The types of an oxlint JS rule. The linter exports its rule tester only, so they are derived from
// that; a change of the plugin interface shows up here and nowhere else.
import type { RuleTester } from 'oxlint/plugins-dev';

type Create = Exclude<Parameters<RuleTester['run']>[1], { createOnce: unknown }>['create'];
export type Context = Parameters<Create>[0];
export type Visitor = ReturnType<Create>;

/** A rule that builds a fresh visitor for each file, as ESLint's rules do. */
export interface Rule {
  readonly create: (context: Context) => Visitor;
}

type Handled<Name extends keyof Visitor> = Parameters<NonNullable<Visitor[Name]>>[0];
export type Node = Handled<'*'>;
export type BinaryExpression = Handled<'BinaryExpression'>;
export type Expression = BinaryExpression['right'];
export type MemberExpression = Handled<'MemberExpression'>;
export type Identifier = Handled<'Identifier'>;

/** The name of a property access, whether written `a.b` or `a['b']`; undefined when computed. */
export const propertyName = (node: MemberExpression): string | undefined => {
  const { property } = node;
  if (!node.computed) return property.type === 'Identifier' ? property.name : undefined;
  return property.type === 'Literal' && typeof property.value === 'string'
    ? property.value
    : undefined;
};
