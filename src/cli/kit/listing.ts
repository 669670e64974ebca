import type { ActorView } from '../../client/wire/index.ts';
import type { Json, JsonObject } from '../../codec/json/json.ts';
import type { ActorId } from '../../machines/kit/address.ts';
import type { ManyKind } from './actors.ts';
import { option, optionList } from './input.ts';
import type { Node } from './node.ts';
import type { Printable } from './output.ts';
import { parseCount } from './parse.ts';
import type { CommandSpec, Described, Example, Input } from './spec.ts';
import { stop } from './stop.ts';
import { counted, grid } from './table.ts';
import type { Texts } from './texts.ts';

interface ListParts<K extends ManyKind> {
  readonly kind: K;
  /** Headings of the columns behind the actor's own id. */
  readonly columns: readonly string[];
  readonly cells: (record: ActorView<K>, texts: Texts) => readonly string[];
  readonly examples?: readonly Example[];
}

interface Item<K extends ManyKind> {
  readonly actor: ActorId;
  readonly record: ActorView<K>;
  readonly json: JsonObject;
}

interface Listed<K extends ManyKind> {
  readonly height: bigint;
  readonly items: readonly Item<K>[];
  /** Key with which the next page begins. */
  readonly next: string | undefined;
}

const LIST_OPTIONS: readonly Described[] = [
  ['--limit <count>', 'how many to show, 1 to 100 (50)'],
  ['--after <key>', 'the next page: the key that the page before named'],
  ['--where <field=value...>', 'only those whose state or field is this; all must hold'],
];

const DEFAULT_LIMIT = '50';
const MAX_LIMIT = 100;
/** Pages that one listing looks through for what `--where` asks. */
const MAX_PAGES = 50;

type Condition = readonly [field: string, value: string];

const readConditions = (input: Input): readonly Condition[] =>
  optionList(input, 'where').map((text) => {
    const at = text.indexOf('=');
    if (at <= 0) return stop('cli/bad-option', { option: '--where', expected: 'field=value' });
    return [text.slice(0, at), text.slice(at + 1)];
  });

const holds = (record: JsonObject, [field, value]: Condition): boolean => {
  const context = record['context'] as JsonObject;
  const found: Json | undefined = Object.hasOwn(context, field) ? context[field] : record[field];
  if (found === undefined) {
    const expected = ['state', ...Object.keys(context)].join(', ');
    return stop('cli/bad-option', { option: `--where ${field}`, expected });
  }
  return String(found) === value;
};

const keyText = (id: string): string => id.slice(id.indexOf(':') + 1);

/** Looks through pages until enough are found. */
const collect = async <K extends ManyKind>(
  node: Node,
  kind: K,
  input: Input,
): Promise<Listed<K>> => {
  const { actorView, writeJson } = await import('../../client/wire/index.ts');
  const limit = parseCount(option(input, 'limit') ?? DEFAULT_LIMIT, 1, MAX_LIMIT);
  const conditions = readConditions(input);
  const schema = actorView(kind);
  const found: Item<K>[] = [];
  let from = option(input, 'after');
  let height = 0n;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const wanted = conditions.length === 0 ? limit : MAX_LIMIT;
    const page = await node.ask('listing', node.client.list(kind, { from, limit: wanted }));
    height = page.height;
    for (const { actor, record } of page.items) {
      const json = writeJson(schema, record) as JsonObject;
      if (!conditions.every((condition) => holds(json, condition))) continue;
      if (found.length === limit) return { height, items: found, next: keyText(actor) };
      found.push({ actor, record, json });
    }
    from = page.next;
    if (from === undefined || found.length === limit) break;
  }
  return { height, items: found, next: from };
};

/** `list` of a kind, a page at a time. */
export const listCommand = <K extends ManyKind>(parts: ListParts<K>): CommandSpec => ({
  name: 'list',
  summary: `list ${parts.kind}s, a page at a time`,
  options: LIST_OPTIONS,
  examples: [
    [`aivm ${parts.kind} list`, 'the first page'],
    [`aivm ${parts.kind} list --limit 10 --json`, 'ten of them for programs, with the next key'],
    ...(parts.examples ?? []),
  ],
  run: async (input, session) => {
    const { kind, columns, cells } = parts;
    const node = await session.node();
    const { height, items, next } = await collect(node, kind, input);
    const json = items.map((item): Printable => ({ actor: item.actor, ...item.json }));
    session.out.answer({ height, items: json, next: next ?? null }, () => {
      const isNamed = kind === 'account' || kind === 'provider';
      const nameOf = (id: string): string =>
        isNamed ? node.texts.address(keyText(id)) : keyText(id);
      const rows = items.map(({ actor, record }) => [nameOf(actor), ...cells(record, node.texts)]);
      const table = rows.length === 0 ? [] : [grid([kind, ...columns], rows)];
      const more = next === undefined ? [] : [`more: --after ${next}`];
      return [...table, counted(rows.length, kind), ...more].join('\n');
    });
  },
});
