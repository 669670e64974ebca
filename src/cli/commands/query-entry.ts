import { COLLECTIONS } from '../../client/collections.ts';
import { toJson, type Json } from '../../codec/json/index.ts';
import { hrpOf } from '../../codec/text/address.ts';
import { kindOf, type ActorId } from '../../machines/kit/address.ts';
import type { Collection } from '../../machines/kit/collection.ts';
import { LUX_DECIMALS } from '../kit/amount.ts';
import { rowsOf } from '../kit/describe.ts';
import { argument, flag, option } from '../kit/input.ts';
import { withLocal } from '../kit/local.ts';
import type { Node } from '../kit/node.ts';
import type { Printable } from '../kit/output.ts';
import { parseHash, parseInteger } from '../kit/parse.ts';
import type { Session } from '../kit/session.ts';
import type { CommandSpec, Input } from '../kit/spec.ts';
import { orStop, stop } from '../kit/stop.ts';
import { ACTOR, actorOf, heightOf } from '../kit/subject.ts';
import { sheet, type Row } from '../kit/table.ts';
import { colours } from '../kit/terminal.ts';
import { textsOf, type Texts } from '../kit/texts.ts';

const collectionOf = (owner: ActorId, name: string): Collection<unknown> => {
  const known = COLLECTIONS.filter(({ kind }) => kind === kindOf(owner));
  const found = known.find((each) => each.name === name);
  const expected = known.map((each) => each.name).join(', ');
  return found ?? stop('cli/bad-option', { option: 'collection', expected: expected || 'none' });
};

/** A key in hex, or for one of eight bytes the number that it stands for. */
const entryKeyOf = ({ keyBytes }: Collection<unknown>, text: string): string => {
  const isNumber = keyBytes === 8 && /^[0-9]+$/.test(text) && text.length < 16;
  return isNumber
    ? parseInteger(text).toString(16).padStart(16, '0')
    : parseHash(text, '', keyBytes);
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
  parts: {
    readonly owner: ActorId;
    readonly collection: Collection<unknown>;
    readonly key: string;
  },
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
    const valid: readonly Row[] = prove
      ? [['proof', `${colours.green('valid')}, checked here`]]
      : [];
    return {
      value: answer.decoded,
      height: answer.height,
      facts: { root: answer.root, ...(prove ? { proofValid: true } : {}) },
      rows: [['state root', answer.root], ...valid],
    };
  });

/** `aivm query entry`. */
export const entry: CommandSpec = {
  name: 'entry',
  summary: 'one entry of a collection of an actor',
  details:
    'Collections: payers of an attestation, rounds of the beacon, setNodes of a profile, and the ' +
    'queues behind them. --local reads the data directory of a stopped node, where an entry can ' +
    'be proved.',
  arguments: [
    ACTOR,
    ['<collection>', 'such as payers'],
    ['<key>', 'in hex; a number where the key is one'],
  ],
  options: [
    ['--local', 'read the data directory of a stopped node instead of asking one'],
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
    const texts: Texts = node?.texts ?? textsOf({ hrp, luxDecimals: LUX_DECIMALS });
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
