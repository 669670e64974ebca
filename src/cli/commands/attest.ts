import { prepareAttestation } from '../../client/attestation.ts';
import { payloadHash } from '../../codec/preimage.ts';
import { actorRecord } from '../kit/actors.ts';
import { commitAnswers, EVIDENCE, readAnswers } from '../kit/answer.ts';
import { readPayload } from '../kit/content.ts';
import { plan } from '../kit/draft.ts';
import { readBytes } from '../kit/files.ts';
import { option, optionList, requiredOption } from '../kit/input.ts';
import { findKey } from '../kit/names.ts';
import { parseHash, parseInteger } from '../kit/parse.ts';
import type { Input } from '../kit/spec.ts';
import { orStop, stop } from '../kit/stop.ts';
import { transaction } from '../kit/transaction.ts';
import { unlockKey } from '../kit/unlock.ts';

const MAX_REPORT_BYTES = 16_384;
const MILLISECONDS = 1_000;

const payloadFile = (input: Input): string =>
  option(input, 'payload') ??
  option(input, 'input') ??
  stop('cli/option-missing', { option: '--payload' });

const now = (): bigint => BigInt(Math.floor(Date.now() / MILLISECONDS));

/** `aivm attest`: hashes, both trees, the signature, and the transaction that carries them. */
export const attest = transaction({
  name: 'attest',
  summary: 'sign that a model gave an output on an input',
  details:
    'The key of --provider signs the attestation, the account of --from sends it and pays its ' +
    'gas. Keep payload and output until the attestation is final: if it is challenged, the ' +
    'provider must open chunks of its output, or loses stake.',
  options: [
    ['--provider <name>', 'key of the provider (that of --from)'],
    ['--profile <hash>', 'the profile it was run under'],
    ['--payload <file>', 'the payload, or its description in a .json file (also --input)'],
    ['--input <file>', 'the same as --payload'],
    ['--output <file>', 'the output, or its description in a .json file'],
    EVIDENCE,
    ['--request <id>', 'the request that it fulfils'],
    ['--timestamp <seconds>', 'when it was run, Unix time (now)'],
    ['--report <file>', 'TEE report, where the profile asks for one'],
  ],
  examples: [
    [
      'aivm attest --provider worker --profile a1f0… --payload prompt.cbor ' +
        '--output answer.cbor --from alice',
      'prints the slot of the attestation, its address on the chain',
    ],
    [
      'aivm attest --profile a1f0… --payload p.json --output o.json --request 77ab… --from worker',
      'fulfils a request',
    ],
  ],
  plan: async ({ input, session, node, key, parameters }) => {
    const signing = await findKey(session, node, option(input, 'provider') ?? key.name);
    const profileHash = parseHash(requiredOption(input, 'profile'), 'profile');
    const payload = readPayload(payloadFile(input), session.out);
    const request = option(input, 'request');
    const report = option(input, 'report');
    const timestamp = option(input, 'timestamp');
    const { context } = await actorRecord(node, `profile:${profileHash}`);
    const { comparator } = context.specification;
    const of = { comparator, role: 'defendant' } as const;
    const answers = readAnswers(
      { outputs: [requiredOption(input, 'output')], evidence: optionList(input, 'evidence') },
      { ...of, out: session.out },
    );
    const { chunkBytes } = parameters;
    const committed = commitAnswers(answers, { ...of, author: signing.address, chunkBytes });
    const { privateKey: providerKey } = await unlockKey(session, signing.name);
    const prepared = orStop(
      prepareAttestation({
        ...node.chain,
        provider: signing.address,
        modelId: context.specification.modelId,
        profileHash,
        payloadHash: payloadHash(payload),
        outputHash: committed.outputHash,
        evidenceRoot: committed.evidenceRoot,
        requestId: request === undefined ? undefined : parseHash(request, 'request'),
        timestamp: timestamp === undefined ? now() : parseInteger(timestamp),
        teeReport: report === undefined ? undefined : readBytes(report, MAX_REPORT_BYTES),
        providerKey,
      }),
    );
    const { receiver, message, slot, attestationId } = prepared;
    const { payloadHash: hashed, outputHash, evidenceRoot } = message;
    const names = {
      attestation: slot,
      attestationId,
      payloadHash: hashed,
      outputHash,
      evidenceRoot,
    };
    return plan({ receiver, message }, names);
  },
});
