import { prepareEquivocation, type Challenged, type OtherAnswer } from '../../client/challenge.ts';
import { fromJson, type Json, type JsonObject } from '../../codec/json/index.ts';
import { hex, record, u64 } from '../../codec/schema.ts';
import { sha256Hex } from '../../codec/hash.ts';
import { NO_REQUEST } from '../../machines/attestation/messages.ts';
import { plan } from '../kit/draft.ts';
import { readJson } from '../kit/files.ts';
import { argument } from '../kit/input.ts';
import { attestMessageOf } from '../kit/signature.ts';
import { keyText } from '../kit/seat.ts';
import { orStop, stop } from '../kit/stop.ts';
import { transaction, type Planning } from '../kit/transaction.ts';
import { ATTESTATION, challengedOf } from './opening.ts';

/** What a provider signed besides the attestation; the file names its fields so. */
const otherAnswer = record({
  outputHash: hex(32),
  evidenceRoot: hex(32),
  requestId: hex(32),
  timestamp: u64,
  teeReportHash: hex(32),
  signature: hex(65),
});

const SLOT = /^(?:attestation:)?(?:0x)?[0-9a-fA-F]{64}$/;

/** Fields that an answer without a request and without a report leaves out. */
const NOT_ASKED = { requestId: NO_REQUEST, teeReportHash: sha256Hex(new Uint8Array(0)) };

const answerInFile = (file: string): OtherAnswer => {
  const json = readJson(file);
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  const given = isObject ? (json as JsonObject) : stop('cli/file-not-json', { file });
  return orStop(fromJson(otherAnswer, { ...NOT_ASKED, ...given } as Json));
};

/** The answer of a second attestation: its signature is in the block that carried it. */
const answerOnChain = ({ node }: Planning, { slot, context }: Challenged): Promise<OtherAnswer> =>
  attestMessageOf(node, slot, context.height).then((found) => {
    const message = found ?? stop('cli/not-found', { what: `the block of attestation ${slot}` });
    const { outputHash, evidenceRoot, requestId, timestamp, signature } = message;
    const { teeReportHash } = context;
    return { outputHash, evidenceRoot, requestId, timestamp, signature, teeReportHash };
  });

export const equivocation = transaction({
  name: 'equivocation',
  summary: 'prove that a provider signed two answers to one claim',
  details:
    'With the comparator exact that is proof by itself: the whole stake is slashed, and you get ' +
    'a share. No bond, and nothing becomes public. The other answer is an attestation on the ' +
    'chain, or a .json file with outputHash, evidenceRoot, timestamp and signature, and ' +
    'requestId and teeReportHash where it has them.',
  arguments: [
    ATTESTATION,
    ['<other>', 'slot of another attestation of the same provider, or a .json file'],
  ],
  examples: [
    ['aivm challenge equivocation c4e1… 5d20… --from carol', 'both are on the chain'],
    ['aivm challenge equivocation c4e1… other.json --from carol', 'the other was sent to you'],
  ],
  plan: async (planning) => {
    const { input, node } = planning;
    const accused = await challengedOf(planning, argument(input, 0));
    const given = argument(input, 1);
    const other = SLOT.test(given)
      ? await answerOnChain(planning, await challengedOf(planning, given))
      : answerInFile(given);
    const { receiver, message } = prepareEquivocation(node.chain, accused, other);
    return plan({ receiver, message }, { challenge: keyText(receiver) });
  },
});
