import type { AttestationAnswer, AttestationView } from '../../client/wire/index.ts';
import { MAX_CHUNK_BYTES } from '../../codec/evidence.ts';
import { inputHash } from '../../codec/ids/claims.ts';
import { payloadHash } from '../../codec/preimage.ts';
import type { AttestationContext } from '../../machines/attestation/record.ts';
import type { Comparator } from '../../machines/comparators/index.ts';
import { actorRecord } from '../kit/actors.ts';
import { commitAnswers, EVIDENCE, readAnswers } from '../kit/answer.ts';
import { readPayload } from '../kit/content.ts';
import { argument, flag, option, optionList } from '../kit/input.ts';
import type { Node } from '../kit/node.ts';
import { parseCount, parseHash } from '../kit/parse.ts';
import type { CommandSpec, Input } from '../kit/spec.ts';
import { stop } from '../kit/stop.ts';
import { grid } from '../kit/table.ts';
import { colours } from '../kit/terminal.ts';
import type { Session } from '../kit/session.ts';

/** One thing that was checked. */
interface Check {
  readonly name: string;
  readonly isGood: boolean;
  /** Whether the verdict depends on it. */
  readonly isDecisive: boolean;
  readonly says: string;
}

const check = (name: string, isGood: boolean, says: string, isDecisive = true): Check => ({
  name,
  isGood,
  isDecisive,
  says,
});

const same = (expected: string, found: string): string =>
  expected === found ? found : `${found} in the file, ${expected} on the chain`;

/** How outputs of the attestation's profile are cut into chunks. */
interface Cutting {
  readonly comparator: Comparator;
  readonly chunkBytes: number;
}

/** What the files say, against what was attested. */
const fileChecks = (
  input: Input,
  session: Session,
  { payloadHash: payload, outputHash, evidenceRoot, provider: author }: AttestationContext,
  cutting: Cutting,
): readonly Check[] => {
  const checks: Check[] = [];
  const payloadFile = option(input, 'input') ?? option(input, 'payload');
  if (payloadFile !== undefined) {
    const found = payloadHash(readPayload(payloadFile, session.out));
    checks.push(check('payload', found === payload, same(payload, found)));
  }
  const outputFile = option(input, 'output');
  if (outputFile !== undefined) {
    const role = 'defendant';
    const files = { outputs: [outputFile], evidence: optionList(input, 'evidence') };
    const answers = readAnswers(files, { ...cutting, role, out: session.out });
    const found = commitAnswers(answers, { ...cutting, role, author });
    checks.push(
      check('output root', found.outputHash === outputHash, same(outputHash, found.outputHash)),
      check(
        'evidence root',
        found.evidenceRoot === evidenceRoot,
        found.evidenceRoot === evidenceRoot ? 'made by this provider over this output' : 'differs',
      ),
    );
  }
  return checks;
};

const standingChecks = (view: AttestationView, height: bigint, wantsFinal: boolean) => {
  const isStanding = view.status === 'final' || view.status === 'pending';
  const finality = view.isFinal
    ? `nothing can change it any more (height ${height})`
    : `can be challenged below height ${view.finalAt}, now ${height}`;
  return [
    check('verdict', isStanding, `${view.status}, verdict ${view.verdict}`),
    check('final', view.status === 'final' && view.isFinal, finality, wantsFinal),
    check(
      'enforceable',
      view.enforceable,
      view.enforceable ? 'a full panel could judge it' : 'too few providers for a full panel',
      false,
    ),
  ];
};

/** The signature is not kept on chain: it is in the transaction that carried the attestation. */
const signatureCheck = async (
  node: Node,
  slot: string,
  context: AttestationContext,
): Promise<Check> => {
  const { findSignature } = await import('../kit/signature.ts');
  const found = await findSignature(node, slot, context);
  return check('signature', found.isGood, found.says);
};

const mark = ({ isGood, isDecisive }: Check): string => {
  if (isGood) return colours.green('ok');
  return isDecisive ? colours.red('FAILED') : colours.yellow('no');
};

const proofCheck = (answer: AttestationAnswer, root: string | undefined): Check =>
  check(
    'proof',
    true,
    `under ${root === undefined ? "the node's own root" : 'the root you gave'}, ${answer.root}`,
  );

const cuttingOf = async (input: Input, node: Node, profileHash: string): Promise<Cutting> => {
  const { context } = await actorRecord(node, `profile:${profileHash}`);
  const { comparator } = context.specification;
  const given = option(input, 'chunkBytes');
  if (given !== undefined) return { comparator, chunkBytes: parseCount(given, 1, MAX_CHUNK_BYTES) };
  const answer = await node.ask('asking for the parameters', node.client.parameters());
  return { comparator, chunkBytes: answer.parameters.current.chunkBytes };
};

export const verify: CommandSpec = {
  name: 'verify',
  summary: 'check an attestation against the files in hand',
  details:
    'Fetches the attestation with a proof, checks the proof here, then that the files are those ' +
    'that were attested, the signature of the provider, and whether it is final and enforceable. ' +
    'Exit code 1 if a check fails. Without --root the proof only binds the node to its own answer.',
  arguments: [['<attestation>', 'slot of the attestation']],
  options: [
    ['--input <file>', 'the payload, or its description in a .json file (also --payload)'],
    ['--payload <file>', 'the same as --input'],
    ['--output <file>', 'the output, or its description in a .json file'],
    EVIDENCE,
    ['--root <hex>', 'state root that you trust, from another source than this node'],
    ['--require-final', 'fail unless nothing can change it any more'],
    ['--chunk-bytes <bytes>', 'chunk size when it was made (that of the parameters in force)'],
  ],
  examples: [
    ['aivm verify --input prompt.cbor --output answer.cbor c4e1…', 'is this what was attested?'],
    ['aivm verify --output answer.json c4e1… --root 5f2a… --require-final', 'as strict as can be'],
  ],
  run: async (input, session) => {
    const node = await session.node();
    const slot = parseHash(argument(input, 0), 'attestation');
    const root = option(input, 'root');
    const trusted = root === undefined ? {} : { trustedRoot: parseHash(root) };
    const answer = await node.ask('looking it up', node.client.attestation({ slot, ...trusted }));
    const view = answer.attestation ?? stop('cli/not-found', { what: `attestation ${slot}` });
    const { context } = view.record;
    const checks = [
      proofCheck(answer, root),
      ...fileChecks(input, session, context, await cuttingOf(input, node, context.profileHash)),
      await signatureCheck(node, slot, context),
      ...standingChecks(view, answer.height, flag(input, 'requireFinal')),
    ];
    const isGood = checks.every((each) => each.isGood || !each.isDecisive);
    const { provider, modelId, profileHash } = context;
    const claim = { provider, modelId, profileHash, inputHash: inputHash(context) };
    const facts = checks.map(({ name, isGood: good, says }) => ({ name, ok: good, says }));
    session.out.answer({ ok: isGood, slot, ...claim, status: view.status, checks: facts }, () =>
      [
        grid(
          ['check', '', ''],
          checks.map((each) => [each.name, mark(each), each.says]),
        ),
        isGood
          ? colours.green(colours.bold('The attestation holds.'))
          : colours.red(colours.bold('The attestation does not hold.')),
      ].join('\n'),
    );
    const failed = checks.filter((each) => !each.isGood && each.isDecisive);
    if (failed.length > 0)
      stop('cli/check-failed', { failed: failed.map((c) => c.name).join(', ') });
  },
};
