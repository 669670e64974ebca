import type { Rule } from '../rule.ts';

/** Keys of a machine's configuration that need an actor system, a clock or nested states. */
const BANNED_KEYS: Readonly<Record<string, string>> = {
  '*': 'a wildcard would accept what the table does not name',
  actors: 'child ids come from a process-wide counter',
  after: 'the only clock is the height of the block',
  delays: 'the only clock is the height of the block',
  invoke: 'child ids come from a process-wide counter',
  onDone: 'there are no children and no nested states',
};

/** Values of a state's `type`. */
const BANNED_TYPES: Readonly<Record<string, string>> = {
  final: "pure transitions still take root events there; leave the state's `on` out",
  history: 'the record holds one state name',
  parallel: 'the record holds one state name',
};

/** Calls that start children or schedule events. */
const BANNED_CALLS: Readonly<Record<string, string>> = {
  cancel: 'timers belong to the kernel',
  createActor: 'the compiled reducer runs the table',
  enqueueActions: 'actions are named, so that the table reads as the specification',
  raise: 'a machine sends messages as effects',
  sendTo: 'a machine sends messages as effects',
  spawn: 'child ids come from a process-wide counter',
  spawnChild: 'child ids come from a process-wide counter',
  stopChild: 'child ids come from a process-wide counter',
};

const reason = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** In a machine's table only flat states, named events, guards and actions may stand. */
export const flatMachine: Rule = {
  create: (context) => ({
    Property: (node) => {
      const { key, value } = node;
      if (node.computed) return;
      const name = key.type === 'Identifier' ? key.name : 'value' in key ? String(key.value) : '';
      const why = reason(BANNED_KEYS, name);
      if (why !== undefined) {
        context.report({ node, message: `No \`${name}\` in a machine of consensus: ${why}.` });
      }
      if (name !== 'type' || value.type !== 'Literal' || typeof value.value !== 'string') return;
      const whyType = reason(BANNED_TYPES, value.value);
      if (whyType === undefined) return;
      const message = `No \`type: '${value.value}'\` in a machine of consensus: ${whyType}.`;
      context.report({ node, message });
    },
    CallExpression: (node) => {
      if (node.callee.type !== 'Identifier') return;
      const { name } = node.callee;
      const why = reason(BANNED_CALLS, name);
      if (why === undefined) return;
      context.report({ node, message: `No ${name}() in a machine of consensus: ${why}.` });
    },
  }),
};
