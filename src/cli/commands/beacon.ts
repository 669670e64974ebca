import { fromHex } from '../../codec/bytes.ts';
import { MAX_BEACON_PROOF_BYTES } from '../../machines/beacon/messages.ts';
import { devRandomness, roundAtOrAfter, timeOfRound } from '../../machines/beacon/rounds.ts';
import { BEACON } from '../../machines/kit/address.ts';
import { actorRecord, describeRecord } from '../kit/actors.ts';
import { plan } from '../kit/draft.ts';
import { argument, option } from '../kit/input.ts';
import type { Node } from '../kit/node.ts';
import { parseInteger } from '../kit/parse.ts';
import type { CommandSpec, GroupSpec } from '../kit/spec.ts';
import { stop } from '../kit/stop.ts';
import { sheet } from '../kit/table.ts';
import { transaction } from '../kit/transaction.ts';

const MILLISECONDS = 1_000;
const HEX = /^(?:[0-9a-f]{2})+$/;

/** What proves a round: given for drand; of a `dev` beacon anybody can compute it. */
const proofOf = ({ info, chain }: Node, round: bigint, given: string | undefined): Uint8Array => {
  if (given !== undefined) {
    const digits = given.toLowerCase().replace(/^0x/, '');
    const fits = HEX.test(digits) && digits.length <= 2 * MAX_BEACON_PROOF_BYTES;
    return fits ? fromHex(digits) : stop('cli/bad-hash', { found: given, bytes: '1 to 48' });
  }
  if (info.beacon.type !== 'dev') stop('cli/option-missing', { option: '--proof' });
  return fromHex(devRandomness(chain.chainId, round));
};

const submit = transaction({
  name: 'submit',
  summary: 'bring a beacon round to the chain',
  details:
    'A challenge waits for its round; anyone may bring it. The proof of a drand round is its ' +
    'signature; a dev beacon needs none, for anyone can compute it.',
  arguments: [['<round>', 'number of the round']],
  options: [['--proof <hex>', 'signature of the round (drand)']],
  examples: [
    ['aivm beacon submit 4021337 --proof 8d61… --from alice', 'a round of drand'],
    ['aivm beacon submit 120 --from dev0', 'a round of the dev beacon'],
  ],
  plan: ({ input, node }) => {
    const round = parseInteger(argument(input, 0), 1n);
    const proof = proofOf(node, round, option(input, 'proof'));
    return plan({ receiver: BEACON, message: { type: 'submitRound', round, proof } });
  },
});

const show: CommandSpec = {
  name: 'show',
  summary: 'where randomness comes from, and which round is due',
  examples: [['aivm beacon show', 'source, latest round on the chain, round due now']],
  run: async (_, session) => {
    const node = await session.node();
    const record = await actorRecord(node, BEACON);
    const { json, rows } = await describeRecord(node, BEACON, record);
    const { source } = record.context;
    const due = roundAtOrAfter(source, BigInt(Math.floor(Date.now() / MILLISECONDS)));
    const dueAt = timeOfRound(source, due);
    if (source.type === 'dev') {
      session.out.warn('This is a dev beacon: anyone can compute its rounds in advance.');
    }
    session.out.answer({ ...(json as object), nextRound: due, nextRoundAt: dueAt }, () =>
      sheet([...rows, ['next round', `${due}, due at ${node.texts.time(dueAt)}`]]),
    );
  },
};

export const beacon: GroupSpec = {
  name: 'beacon',
  summary: 'public randomness on the chain',
  commands: [submit, show],
};
