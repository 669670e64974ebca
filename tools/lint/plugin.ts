// The project's own lint rules, loaded by .oxlintrc.json, which says where each applies.
import type { Rule } from './rule.ts';
import { flatMachine } from './rules/flat-machine.ts';
import { imports } from './rules/imports.ts';
import { noAsync } from './rules/no-async.ts';
import { noFloat } from './rules/no-float.ts';
import { noLocale } from './rules/no-locale.ts';
import { noThrow } from './rules/no-throw.ts';
import { noUnordered } from './rules/no-unordered.ts';

const rules: Readonly<Record<string, Rule>> = {
  'flat-machine': flatMachine,
  imports,
  'no-async': noAsync,
  'no-float': noFloat,
  'no-locale': noLocale,
  'no-throw': noThrow,
  'no-unordered': noUnordered,
};

export default { meta: { name: 'aivm' }, rules };
