import { propertyName, type Rule } from '../rule.ts';

/** Methods whose result depends on the locale or on the engine's Unicode tables. */
const BANNED = new Set([
  'localeCompare',
  'normalize',
  'toLocaleDateString',
  'toLocaleLowerCase',
  'toLocaleString',
  'toLocaleTimeString',
  'toLocaleUpperCase',
]);

const UNICODE_CLASS = /\\p\{/i;

/** Locale methods, Unicode normalisation, `\p{…}`; the configuration bans the global Intl. */
export const noLocale: Rule = {
  create: (context) => ({
    MemberExpression: (node) => {
      const name = propertyName(node) ?? '';
      if (!BANNED.has(name)) return;
      const message = `${name} depends on the locale or on Unicode's version: compare bytes.`;
      context.report({ node, message });
    },
    Literal: (node) => {
      if (!('regex' in node) || !UNICODE_CLASS.test(node.regex.pattern)) return;
      const message =
        "Unicode classes change with the engine's Unicode version: list the characters.";
      context.report({ node, message });
    },
  }),
};
