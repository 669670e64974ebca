import { fromHex } from '../../codec/bytes.ts';
import { MAX_TRANSACTION_BYTES } from '../../actors/transaction.ts';
import { decodeTransactionBytes } from '../kit/decoded.ts';
import { readBytes } from '../kit/files.ts';
import { argument, option } from '../kit/input.ts';
import { parseCount, parseHash } from '../kit/parse.ts';
import { withSpinner } from '../kit/progress.ts';
import { receiptJson, receiptRows, refusalFailure } from '../kit/receipt.ts';
import type { CommandSpec, GroupSpec } from '../kit/spec.ts';
import { orStop, Stop, stop } from '../kit/stop.ts';
import { sheet } from '../kit/table.ts';

const TRANSACTION: readonly [string, string] = [
  '<transaction>',
  'its bytes in hex, or the name of a file that holds them (- is standard input)',
];
const HEX = /^(?:[0-9a-f]{2})+$/i;
const LEAST_DIGITS = 200;
const MILLISECONDS = 1_000;

/** Bytes from the argument itself, or from a file with bytes or their hex. */
const bytesOf = (text: string): Uint8Array => {
  if (text.length >= LEAST_DIGITS && HEX.test(text)) return fromHex(text.toLowerCase());
  const bytes = readBytes(text, 2 * MAX_TRANSACTION_BYTES + 2);
  const asText = new TextDecoder('latin1').decode(bytes).trim();
  return HEX.test(asText) ? fromHex(asText.toLowerCase()) : bytes;
};

const show: CommandSpec = {
  name: 'show',
  summary: 'how a transaction stands: waiting, included or dropped',
  arguments: [['<id>', 'id of the transaction']],
  examples: [
    ['aivm tx show 3fa9…', 'sender, message, receipt'],
    ['aivm tx show 3fa9… --json', 'for programs, with its bytes'],
  ],
  run: async (input, session) => {
    const node = await session.node();
    const id = parseHash(argument(input, 0));
    const found = await node.ask('looking it up', node.client.transaction(id));
    if (found === undefined) return stop('cli/not-found', { what: `transaction ${id}` });
    const receipt =
      found.status === 'included'
        ? await node.ask('asking for the receipt', node.client.receipt(id))
        : undefined;
    const { status, place, dropped } = found;
    const decoded =
      found.transaction === undefined
        ? undefined
        : decodeTransactionBytes(found.transaction.bytes, node);
    const json = { id, status, place: place ?? null, dropped: dropped ?? null };
    const came = receipt === undefined ? null : receiptJson(receipt.receipt);
    session.out.answer({ ...json, transaction: decoded?.json ?? null, receipt: came }, () =>
      sheet([
        ['transaction', id],
        ['status', dropped === undefined ? status : `${status}: ${dropped.message}`],
        ...(place === undefined ? [] : [['block', String(place.height)] as const]),
        ...(decoded?.rows ?? []),
        ...(receipt === undefined ? [] : receiptRows(receipt.receipt, node.texts)),
      ]),
    );
  },
};

const decode: CommandSpec = {
  name: 'decode',
  summary: 'read the bytes of a transaction: what it says, and who signed it',
  details: 'Needs no node, except to show amounts and addresses in the forms of its chain.',
  arguments: [TRANSACTION],
  options: [['--offline', 'do not ask a node']],
  examples: [
    ['aivm tx decode transfer.tx', 'a file with the bytes or their hex'],
    ['aivm tx decode 8259… --offline --json', 'without a node, for programs'],
  ],
  run: async (input, session) => {
    const bytes = bytesOf(argument(input, 0));
    const node = input.options['offline'] === true ? undefined : await session.node();
    const { json, rows } = decodeTransactionBytes(bytes, node);
    session.out.answer(json, () => sheet(rows));
  },
};

const submit: CommandSpec = {
  name: 'submit',
  summary: 'hand in a signed transaction and wait for its receipt',
  arguments: [TRANSACTION],
  options: [['--wait <seconds>', 'how long to wait for the block (60); 0 does not wait']],
  examples: [['aivm tx submit transfer.tx', 'prints the receipt']],
  run: async (input, session) => {
    const bytes = bytesOf(argument(input, 0));
    const seconds = parseCount(option(input, 'wait') ?? '60', 0, 86_400);
    const node = await session.node();
    if (seconds === 0) {
      const { id } = await node.ask('handing it in', node.client.submit(bytes));
      session.out.answer({ id, outcome: 'waiting' }, () => sheet([['sent', id]]));
      return;
    }
    const options = { timeoutMilliseconds: seconds * MILLISECONDS };
    const answer = orStop(
      await withSpinner('waiting for the block', () => node.client.submitAndWait(bytes, options)),
    );
    const { id, height, receipt } = answer;
    session.out.answer({ id, height, ...(receiptJson(receipt) as object) }, () =>
      sheet([['transaction', id], ['block', String(height)], ...receiptRows(receipt, node.texts)]),
    );
    if (receipt.outcome.type === 'refused') {
      throw new Stop(refusalFailure(receipt.outcome.refusal));
    }
  },
};

export const tx: GroupSpec = {
  name: 'tx',
  summary: 'look at transactions, decode and submit them',
  commands: [show, decode, submit],
};
