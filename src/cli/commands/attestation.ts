import type { AttestationAnswer, AttestationView } from '../../client/wire/index.ts';
import { actorArgument, describeRecord } from '../kit/actors.ts';
import { plan } from '../kit/draft.ts';
import { argument, option } from '../kit/input.ts';
import { listCommand } from '../kit/listing.ts';
import { parseHash } from '../kit/parse.ts';
import { simpleTransactions } from '../kit/simple.ts';
import type { CommandSpec, Described, GroupSpec } from '../kit/spec.ts';
import { stop } from '../kit/stop.ts';
import { sheet } from '../kit/table.ts';
import { colours } from '../kit/terminal.ts';
import { transaction } from '../kit/transaction.ts';

const ATTESTATION: Described = ['<attestation>', 'slot of the attestation'];
const ID = 'c4e1…';

const pay = transaction({
  name: 'pay',
  summary: 'pay for an attestation',
  details:
    'While it is pending the fee rests with it: faulty or void, you get it back in full. A final ' +
    'attestation pays its provider at once.',
  arguments: [ATTESTATION, ['<amount>', 'such as 0.2lux']],
  examples: [[`aivm attestation pay ${ID} 0.2lux --from bob`, 'then rely on it']],
  plan: async ({ input, session, node }) =>
    plan({
      receiver: await actorArgument(session, node, 'attestation', argument(input, 0)),
      valueNlux: node.amount(argument(input, 1)),
      message: { type: 'pay' },
    }),
});

const statusText = ({ status, verdict, finalAt, isFinal }: AttestationView): string => {
  const word = { final: colours.green, faulty: colours.red, void: colours.red }[status as 'final'];
  const shown = word === undefined ? colours.yellow(status) : word(status);
  const said = verdict === 'none' ? '' : `, verdict ${verdict}`;
  return isFinal ? `${shown}${said}` : `${shown}${said}, can be challenged below height ${finalAt}`;
};

const answerJson = (answer: AttestationAnswer, view: AttestationView) => ({
  slot: answer.slot,
  height: answer.height,
  blockId: answer.blockId,
  root: answer.root,
  status: view.status,
  verdict: view.verdict,
  finalAt: view.finalAt,
  isFinal: view.isFinal,
  enforceable: view.enforceable,
  proofValid: true,
});

const show: CommandSpec = {
  name: 'show',
  summary: 'look an attestation up, with a proof that is checked here',
  arguments: [ATTESTATION],
  options: [['--root <hex>', 'state root that you trust, from another source than this node']],
  examples: [
    [`aivm attestation show ${ID}`, 'how it stands, and whether it is final'],
    [`aivm attestation show ${ID} --root 5f2a… --json`, 'under a root that you got elsewhere'],
  ],
  run: async (input, session) => {
    const node = await session.node();
    const slot = parseHash(argument(input, 0), 'attestation');
    const root = option(input, 'root');
    const trusted = root === undefined ? {} : { trustedRoot: parseHash(root) };
    const answer = await node.ask('looking it up', node.client.attestation({ slot, ...trusted }));
    const view = answer.attestation ?? stop('cli/not-found', { what: `attestation ${slot}` });
    const { json, rows } = await describeRecord(node, `attestation:${slot}`, view.record);
    const whose = root === undefined ? 'the root that this node gives' : 'the root that you gave';
    session.out.answer({ ...answerJson(answer, view), record: json }, () =>
      sheet([
        ['attestation', slot],
        ['status', statusText(view)],
        ...rows,
        ['at height', String(answer.height)],
        ['proof', `${colours.green('valid')} under ${whose}, ${answer.root}`],
      ]),
    );
  },
};

export const attestation: GroupSpec = {
  name: 'attestation',
  summary: 'look attestations up, pay for them, settle them',
  commands: [
    pay,
    ...simpleTransactions('attestation', ATTESTATION, ID, [
      ['settle', 'pay the fees of a final attestation to its provider'],
      ['refund', 'get back what you paid for a faulty or void attestation'],
    ]),
    show,
    listCommand({
      kind: 'attestation',
      columns: ['state', 'verdict', 'output', 'window end', 'escrow'],
      cells: ({ state, context }, texts) => [
        state,
        context.verdict,
        `${context.outputHash.slice(0, 16)}…`,
        String(context.windowEnd),
        texts.amount(context.escrowNlux),
      ],
      examples: [
        [
          'aivm attestation list --where payloadHash=9f86… state=pending',
          'claims about one payload: two different outputs can be challenged',
        ],
      ],
    }),
  ],
};
