import type { ReceiptAnswer } from '../../client/wire/index.ts';
import { labelOf } from './describe.ts';
import type { Plan } from './draft.ts';
import type { Estimate } from './estimate.ts';
import type { Node } from './node.ts';
import type { Printable } from './output.ts';
import { receiptJson, receiptRows, refusalFailure } from './receipt.ts';
import type { Session } from './session.ts';
import { Stop } from './stop.ts';
import { sheet, type Row } from './table.ts';
import { colours } from './terminal.ts';

const nameRows = ({ names = {}, rows = [] }: Plan): readonly Row[] => [
  ...Object.entries(names).map(([name, value]): Row => [labelOf(name), colours.bold(value)]),
  ...rows,
];

const nameJson = ({ names = {}, facts = {} }: Plan): Readonly<Record<string, Printable>> => ({
  ...names,
  ...facts,
});

/** One answer for one transaction; for several a list, so that none hides behind another. */
const oneOrMany = (items: readonly Printable[], frame: Printable & object): Printable => {
  const [only] = items;
  return items.length === 1 ? { ...frame, ...(only as object) } : { ...frame, transactions: items };
};

export const printDryRun = (
  session: Session,
  node: Node,
  plan: Plan,
  estimates: readonly Estimate[],
  gasPriceNlux: bigint,
): void => {
  const items = estimates.map(({ receipt, gasLimit, draft }) => ({
    receiver: draft.receiver,
    message: draft.message.type,
    valueNlux: draft.valueNlux ?? 0n,
    ...(receiptJson(receipt) as object),
    gasLimit,
    gasPriceNlux,
    feeNlux: receipt.gasUsed * gasPriceNlux,
    highestFeeNlux: gasLimit * gasPriceNlux,
  }));
  session.out.answer(oneOrMany(items, { dryRun: true, ...nameJson(plan) }), () =>
    estimates
      .map(({ receipt, gasLimit, draft }) => {
        const { gasUsed } = receipt;
        const { amount, actor } = node.texts;
        const value = draft.valueNlux ?? 0n;
        return sheet([
          ['dry run', 'nothing was sent'],
          ['message', `${draft.message.type} to ${actor(draft.receiver)}`],
          ...(value > 0n ? [['value', amount(value)] as Row] : []),
          ...nameRows(plan),
          ...receiptRows({ ...receipt, feeNlux: gasUsed * gasPriceNlux }, node.texts),
          ['gas limit', `${gasLimit} (fee at most ${amount(gasLimit * gasPriceNlux)})`],
        ]);
      })
      .join('\n'),
  );
};

const receiptSheet = (node: Node, plan: Plan, answer: ReceiptAnswer): string =>
  sheet([
    ['transaction', answer.id],
    ['block', String(answer.height)],
    ...nameRows(plan),
    ...receiptRows(answer.receipt, node.texts),
  ]);

/** Prints the receipts; a refusal among them ends the command with its reason. */
export const printReceipts = (
  session: Session,
  node: Node,
  plan: Plan,
  signed: readonly { readonly id: string }[],
  receipts: readonly ReceiptAnswer[],
): void => {
  if (receipts.length === 0) {
    const items = signed.map(({ id }) => ({ id, outcome: 'waiting' }));
    session.out.answer(oneOrMany(items, nameJson(plan)), () =>
      sheet([...signed.map(({ id }): Row => ['sent', id]), ...nameRows(plan)]),
    );
    return;
  }
  const items = receipts.map(({ id, height, blockId, index, receipt }) => ({
    id,
    height,
    blockId,
    index,
    ...(receiptJson(receipt) as object),
  }));
  session.out.answer(oneOrMany(items, nameJson(plan)), () =>
    receipts.map((answer) => receiptSheet(node, plan, answer)).join('\n'),
  );
  for (const { receipt } of receipts) {
    if (receipt.outcome.type === 'refused') throw new Stop(refusalFailure(receipt.outcome.refusal));
  }
};
