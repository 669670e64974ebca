import { RuleTester } from 'oxlint/plugins-dev';
import { describe, it } from 'vitest';
import plugin from '../../tools/lint/plugin.ts';
import type { Rule } from '../../tools/lint/rule.ts';

RuleTester.describe = describe;
RuleTester.it = it;

const LANGUAGE = { sourceType: 'module', parserOptions: { lang: 'ts' } } as const;

/** Each invalid snippet must give exactly one report whose message matches. */
const check = (
  name: string,
  valid: readonly string[],
  invalid: readonly (readonly [code: string, message: RegExp])[],
  filename = 'src/machines/example.ts',
): void => {
  const rule: Rule | undefined = plugin.rules[name];
  if (rule === undefined) throw new Error(`The plugin has no rule ${name}.`);
  const common = { filename, languageOptions: LANGUAGE };
  new RuleTester({ cwd: process.cwd() }).run(name, rule, {
    valid: valid.map((code) => ({ ...common, code })),
    invalid: invalid.map(([code, message]) => ({ ...common, code, errors: [{ message }] })),
  });
};

check(
  'no-async',
  ['const f = () => 1;', 'for (const x of xs) use(x);', 'class A { m() {} }'],
  [
    ['async function f() {}', /synchronous/],
    ['const f = async () => 1;', /synchronous/],
    ['class A { async m() {} }', /synchronous/],
    ['const x = { async m() {} };', /synchronous/],
    ['await x;', /synchronous/],
    ['for await (const x of xs) use(x);', /synchronous/],
  ],
);

check(
  'no-float',
  [
    '10n / x;',
    'x / 10n;',
    'BigInt(x) / y;',
    'BigInt.asUintN(64, x) / y;',
    '(x * 10n + y) / z;',
    'const half = (x: bigint) => x / TWO;',
    'function f(x: number, rate: bigint) { return g() / rate; }',
    'const BASIS = 10_000n; const f = (x) => x / BASIS;',
    'const A = 2n ** 64n; const B = A - 1n; const f = (x) => x / B;',
    'let x: bigint = f(); x /= y;',
    '(x as bigint) / y;',
    '-x / -1n;',
    '2n ** x;',
    'x % y; x >>> 1; x * y;',
    'const LIMIT = 0x10; const GIGA = 1e9; const DOT = "1.5"; const VERSION = 10_000;',
    'Math.min(a, b); Math.max(a, b); Math.abs(a); Math.imul(a, b); Math.clz32(a);',
    'const record = { Math: 1 }; record.Math; f({ Math: x });',
    'const pattern = /a/;',
  ],
  [
    ['x / y;', /Only bigint/],
    ['x / 2;', /Only bigint/],
    ['x /= 2;', /Only bigint/],
    ['const half = (x: number) => x / TWO;', /Only bigint/],
    ['const BASIS = 10_000; const f = (x) => x / BASIS;', /Only bigint/],
    ['const f = (x: bigint) => { const g = (x: number) => x / y; return g; };', /Only bigint/],
    ['(c ? 1n : d) / y;', /Only bigint/],
    ['(x < 1n) / y;', /Only bigint/],
    ['x ** y;', /power/],
    ['x **= 2;', /power/],
    ['const RATE = 0.5;', /integers only/],
    ['const ONE = 1.0;', /integers only/],
    ['const TINY = 1e-3;', /integers only/],
    ['const BIG = 9007199254740993;', /integers only/],
    ['const HUGE = 1e300;', /integers only/],
    ['Math.random();', /Of Math only/],
    ['Math.floor(x);', /Of Math only/],
    ["Math['pow'](x, y);", /Of Math only/],
    ['Math[name](x);', /Of Math only/],
    ['const { sqrt } = Math;', /Of Math only/],
    ['const tools = { m: Math };', /Of Math only/],
    ['view.getFloat32(0);', /Floats have no place/],
    ["view['setFloat64'](0, x);", /Floats have no place/],
    ['x.toFixed(2);', /Floats have no place/],
  ],
);

check(
  'no-locale',
  ['a < b;', 'const pattern = /^[a-z]+$/u;', 'x.toLowerCase();', 'x.toString();'],
  [
    ['a.localeCompare(b);', /locale/],
    ['x.toLocaleString();', /locale/],
    ["x['toLocaleUpperCase']();", /locale/],
    ["x.normalize('NFC');", /Unicode/],
    [String.raw`const pattern = /^\p{L}+$/u;`, /Unicode/],
  ],
);

check(
  'no-throw',
  [
    "throw new AssertionError('broken');",
    "throw new TeeAssertionError('broken');",
    "throw new TreeDamagedError('missing');",
    'try { f(); } catch { g(); }',
    'try { f(); } catch (error) { throw error; }',
    'try { f(); } catch (error) { if (!(error instanceof Refusal)) throw error; }',
  ],
  [
    ["throw new Error('bad input');", /typed failure/],
    ["throw AssertionError('broken');", /typed failure/],
    ['try { f(); } catch (error) { throw wrap(error); }', /typed failure/],
    ['const error = 1; const f = () => { throw error; };', /typed failure/],
  ],
);

check(
  'no-unordered',
  ['xs.sort((a, b) => a - b);', 'xs.toSorted(compare);', 'for (const x of xs) use(x);', 'sort();'],
  [
    ['for (const key in record) use(key);', /for…in/],
    ['xs.sort();', /comparator/],
    ['[...xs].toSorted();', /comparator/],
    ["xs['sort']();", /comparator/],
  ],
);

check(
  'flat-machine',
  [
    "const states = { active: { on: { stake: { guard: 'enough', target: 'active' } } } };",
    "const message = { type: 'stake' }; const initial = 'final';",
    "const machine = setup({}).createMachine({ id: 'provider', initial: 'inactive' });",
    'const states = { exited: { on: {} } }; const after = 1; f({ [after]: 1 });',
  ],
  [
    ["const states = { exited: { type: 'final' } };", /type: 'final'/],
    ["const states = { both: { type: 'parallel' } };", /type: 'parallel'/],
    ["const states = { back: { type: 'history' } };", /type: 'history'/],
    ["const on = { '*': 'active' };", /wildcard/],
    ["const state = { invoke: { src: 'x' } };", /No `invoke`/],
    ['const state = { after: { 1000: "active" } };', /No `after`/],
    ["const state = { 'delays': {} };", /No `delays`/],
    ["spawnChild('x');", /spawnChild/],
    ["raise({ type: 'x' }, { delay: 1 });", /raise/],
    ["sendTo('x', { type: 'y' });", /sendTo/],
  ],
  'src/machines/provider/machine.ts',
);

check(
  'imports',
  [
    "import { x } from './guards.ts';",
    "import type { Hash } from '../../codec/hash.ts';",
    "import { verify } from '../../tee/index.ts';",
    "import { setup } from 'xstate';",
  ],
  [
    ["import { x } from '../../actors/kernel.ts';", /may not import src\/actors;/],
    ["import type { X } from '../../runtime/index.ts';", /may not import src\/runtime;/],
    ["export { x } from '../../genesis/index.ts';", /may not import src\/genesis;/],
    ["export * from '../../genesis/index.ts';", /may not import src\/genesis;/],
    ["const x = import('../../hosts/index.ts');", /may not import src\/hosts;/],
    ["type X = import('../../cli/main.ts').X;", /may not import src\/cli;/],
    ["import { x } from '../../../test/unit/x.ts';", /in no layer/],
    ["import { x } from '../../../demo/model/index.ts';", /in no layer/],
    ["import { readFileSync } from 'node:fs';", /injected service/],
    ["import { readFileSync } from 'fs';", /injected service/],
    ["import { Effect } from 'effect';", /may not import the package effect;/],
    ["import { open } from 'lmdb';", /may not import the package lmdb;/],
    ["import { x } from 'aivm/codec';", /relative path/],
  ],
  'src/machines/provider/machine.ts',
);

check(
  'imports',
  ["import * as Effect from 'effect/Effect';", "import { readFileSync } from 'node:fs';"],
  [
    ["import { Effect } from 'effect';", /submodule of effect/],
    ["import { readFileSync } from 'fs';", /with its prefix/],
    ["import { x } from '../../cli/main.ts';", /may not import src\/cli;/],
  ],
  'src/runtime/store/lmdb.ts',
);

check(
  'imports',
  ["import secp256k1 from 'secp256k1/bindings.js';", "import { hash } from 'node:crypto';"],
  [["import { open } from 'lmdb';", /may not import the package lmdb;/]],
  'src/codec/node.ts',
);

check(
  'imports',
  ["import { sha256 } from '@noble/hashes/sha2.js';"],
  [
    ["import secp256k1 from 'secp256k1';", /may not import the package secp256k1;/],
    ["import { hash } from 'node:crypto';", /injected service/],
    ["import { x } from '../../machines/kit/step.ts';", /nothing of the project/],
  ],
  'src/codec/tree/node.ts',
);

check(
  'imports',
  ["import { x } from '../src/index.ts';", "import { x } from 'anything';"],
  [],
  'test/unit/example.test.ts',
);

check('imports', [], [["import { x } from 'y';", /in no layer/]], 'src/elsewhere/x.ts');
