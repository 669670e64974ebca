import { COLLECTIONS } from '../../client/collections.ts';
import { toJson, type Json } from '../../codec/json/index.ts';
import { hrpOf } from '../../codec/text/address.ts';
import { toHex } from '../../codec/bytes.ts';
import type { ActorId } from '../../machines/kit/address.ts';
import { kindOf, parseActorId } from '../../machines/kit/address.ts';
import type { Collection } from '../../machines/kit/collection.ts';
import { describeRecord } from '../kit/actors.ts';
import { rowsOf } from '../kit/describe.ts';
import { argument, flag, option } from '../kit/input.ts';
import { withLocal } from '../kit/local.ts';
import { resolveAddress } from '../kit/names.ts';
import type { Node } from '../kit/node.ts';
import type { Printable } from '../kit/output.ts';
import { parseHash, parseInteger } from '../kit/parse.ts';
import type { Session } from '../kit/session.ts';
import type { CommandSpec, Described, GroupSpec, Input } from '../kit/spec.ts';
import { orStop, stop } from '../kit/stop.ts';
import { sheet, type Row } from '../kit/table.ts';
import { colours } from '../kit/terminal.ts';
import { textsOf, type Texts } from '../kit/texts.ts';

const ACTOR: Described = [
  '<actor>',
  'kind:key with the key in hex; account: and provider: also with an address or key name',
];
const PROVE: Described = ['--prove', 'ask for an ICS-23 proof and check it here'];
const HEIGHT: Described = ['--height <height>', 'a height that is kept (the last one)'];

/** An actor in the form of its kind; a singleton's key is empty and its colon may be left out. */
const actorOf = async (session: Session, node: Pick<Node, 'hrp'>, text: string): Promise<ActorId> => {
  const [kind = '', key = ''] = text.split(':');
  const isNamed = (kind === 'account' || kind === 'provider') && key !== '';
  const plain = isNamed ? `${kind}:${await resolveAddress(session, node, key)}` : `${kind}:${key}`;
  const parsed = parseActorId(plain);
  return parsed.ok ? parsed.value : stop('cli/bad-actor', { found: text.slice(0, 120) });
};

const heightOf = (input: Input): bigint | undefined => {
  const given = option(input, 'height');
  return given === undefined ? undefined : parseInteger(given);
};

const actor: CommandSpec = {
  name: 'actor',
  summary: 'the record of an actor, or that there is none',
  details: 'Presence and absence can both be proved.',
  arguments: [ACTOR],
  options: [
    HEIGHT,
    PROVE,
    ['--root <hex>', 'state root that you trust, from another source; implies --prove'],
  ],
  examples: [
    ['aivm query actor account:alice --prove', 'an account, its proof checked here'],
    ['aivm query actor treasury --height 100', 'what the treasury held at height 100'],
    ['aivm query actor model:6d3c… --root 5f2a… --json', 'under a root that you got elsewhere'],
  ],
  run: async (input, session) => {
    const node = await session.node();
    const id = await actorOf(session, node, argument(input, 0));
    const root = option(input, 'root');
    const height = heightOf(input);
    const isProved = flag(input, 'prove') || root !== undefined;
    const answer = await node.ask(
      'asking',
      node.client.actor(id, {
        prove: isProved,
        ...(height === undefined ? {} : { height }),
        ...(root === undefined ? {} : { trustedRoot: parseHash(root) }),
      }),
    );
    const { record, proof } = answer;
    const described = record === undefined ? undefined : await describeRecord(node, id, record);
    const whose = root === undefined ? 'the root that this node gives' : 'the root that you gave';
    const rows: Row[] = [
      ['actor', node.texts.actor(id)],
      ...(described?.rows ?? [['record', colours.yellow('none: it is as one that never was')] as Row]),
      ['at height', String(answer.height)],
      ['state root', answer.root],
    ];
    if (isProved) rows.push(['proof', `${colours.green('valid')}, checked here under ${whose}`]);
    session.out.answer(
      {
        actor: id,
        height: answer.height,
        blockId: answer.blockId,
        root: answer.root,
        record: described?.json ?? null,
        ...(isProved ? { proofValid: true, proof: toHex(proof?.proof ?? new Uint8Array()) } : {}),
      },
      () => sheet(rows),
    );
  },
};

const collectionOf = (owner: ActorId, name: string): Collection<unknown> => {
  const known = COLLECTIONS.filter(({ kind }) => kind === kindOf(owner));
  const found = known.find((each) => each.name === name);
  const expected = known.map((each) => each.name).join(', ');
  return found ?? stop('cli/bad-option', { option: 'collection', expected: expected || 'none' });
};

/** A key in hex, or for one of eight bytes the number that it stands for. */
const entryKeyOf = ({ keyBytes }: Collection<unknown>, text: string): string => {
  const isNumber = keyBytes === 8 && /^[0-9]+$/.test(text) && text.length < 16;
  return isNumber ? parseInteger(text).toString(16).padStart(16, '0') : parseHash(text, '', keyBytes);
};

interface Entry {
  readonly value: unknown;
  readonly height: bigint;
  readonly facts: Readonly<Record<string, Printable>>;
  readonly rows: readonly Row[];
}

const fromNode = async (
  node: Node,
  owner: ActorId,
  collection: Collection<unknown>,
  key: string,
): Promise<Entry> => {
  const page = await node.ask(
    'asking',
    node.client.entries(owner, collection, { from: key, limit: 1 }),
  );
  const [found] = page.items;
  return {
    value: found?.key === key ? found.value : undefined,
    height: page.height,
    facts: {},
    rows: [],
  };
};

/** From the data directory, where an entry can be proved, too. */
const fromLocal = (
  session: Session,
  input: Input,
  parts: { readonly owner: ActorId; readonly collection: Collection<unknown>; readonly key: string },
): Promise<Entry> =>
  withLocal(session.globals.data, async ({ chain }) => {
    const { owner, collection, key } = parts;
    const entry = { owner, collection: collection.name, key };
    const prove = flag(input, 'prove');
    const answer = orStop(chain.query({ entry, prove, height: heightOf(input) }));
    if (prove) {
      const { verifyQuery } = await import('../../runtime/proof/verify.ts');
      const { stateKey } = await import('../../runtime/ledger/state-key.ts');
      const { proof = new Uint8Array(), root, value } = answer;
      orStop(verifyQuery({ proof, root, key: orStop(stateKey({ entry })).key, value }));
    }
    const valid: readonly Row[] = prove ? [['proof', `${colours.green('valid')}, checked here`]] : [];
    return {
      value: answer.decoded,
      height: answer.height,
      facts: { root: answer.root, ...(prove ? { proofValid: true } : {}) },
      rows: [['state root', answer.root], ...valid],
    };
  });

const entry: CommandSpec = {
  name: 'entry',
  summary: 'one entry of a collection of an actor',
  details:
    'Collections: payers of an attestation, rounds of the beacon, setNodes of a profile, and the ' +
    'queues behind them. --local reads the data directory, where an entry can be proved.',
  arguments: [
    ACTOR,
    ['<collection>', 'such as payers'],
    ['<key>', 'in hex; a number where the key is one'],
  ],
  options: [
    ['--local', 'read the data directory instead of asking the node'],
    ['--height <height>', 'with --local: a height that is kept'],
    ['--prove', 'with --local: make an ICS-23 proof and check it here'],
  ],
  examples: [
    ['aivm query entry beacon rounds 120', 'the randomness of round 120'],
    ['aivm query entry attestation:c4e1… payers 3cb7… --local --prove', 'who paid what, proved'],
  ],
  run: async (input, session) => {
    const isLocal = flag(input, 'local');
    if (!isLocal && (flag(input, 'prove') || option(input, 'height') !== undefined)) {
      stop('cli/option-missing', { option: '--local' });
    }
    const node = isLocal ? undefined : await session.node();
    const hrp = node?.hrp ?? (await withLocal(session.globals.data, localHrp));
    const owner = await actorOf(session, { hrp }, argument(input, 0));
    const collection = collectionOf(owner, argument(input, 1));
    const key = entryKeyOf(collection, argument(input, 2));
    const parts = { owner, collection, key };
    const found =
      node === undefined
        ? await fromLocal(session, input, parts)
        : await fromNode(node, owner, collection, key);
    const texts: Texts = node?.texts ?? textsOf({ hrp, luxDecimals: 9 });
    const { shape } = collection.value;
    const json: Json | null =
      found.value === undefined ? null : toJson(collection.value, found.value);
    const rows: readonly Row[] =
      json === null ? [['value', colours.yellow('none')]] : rowsOf(shape, json, texts);
    session.out.answer(
      {
        owner,
        collection: collection.name,
        key,
        height: found.height,
        value: json as Printable,
        ...found.facts,
      },
      () => sheet([['entry', `${owner} ${collection.name} ${key}`], ...rows, ...found.rows]),
    );
  },
};

const localHrp = ({ genesis }: { readonly genesis: { readonly networkId: number } }) =>
  hrpOf(genesis.networkId);

export const query: GroupSpec = {
  name: 'query',
  summary: 'read the state, with proofs checked here',
  commands: [actor, entry],
};
