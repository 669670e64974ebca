import { toHex } from '../../codec/bytes.ts';
import { describeRecord } from '../kit/actors.ts';
import { argument, flag, option } from '../kit/input.ts';
import { parseHash } from '../kit/parse.ts';
import type { CommandSpec, GroupSpec } from '../kit/spec.ts';
import { ACTOR, actorOf, heightOf } from '../kit/subject.ts';
import { sheet, type Row } from '../kit/table.ts';
import { colours } from '../kit/terminal.ts';
import { entry } from './query-entry.ts';

const actor: CommandSpec = {
  name: 'actor',
  summary: 'the record of an actor, or that there is none',
  details: 'Presence and absence can both be proved.',
  arguments: [ACTOR],
  options: [
    ['--height <height>', 'a height that is kept (the last one)'],
    ['--prove', 'ask for an ICS-23 proof and check it here'],
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
      ...(described?.rows ?? [
        ['record', colours.yellow('none: it is as one that never was')] as Row,
      ]),
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

export const query: GroupSpec = {
  name: 'query',
  summary: 'read the state, with proofs checked here',
  commands: [actor, entry],
};
