import { toHex } from '../../codec/bytes.ts';
import { documentsOf } from '../../genesis/trust.ts';
import { TRUST_STORE } from '../../machines/kit/address.ts';
import { parseCollateralFile } from '../../tee/collateral/file.ts';
import { actorRecord } from '../kit/actors.ts';
import { plan } from '../kit/draft.ts';
import { readBytes } from '../kit/files.ts';
import { argument } from '../kit/input.ts';
import type { CommandSpec, GroupSpec } from '../kit/spec.ts';
import { orStop, stop } from '../kit/stop.ts';
import { sheet } from '../kit/table.ts';
import { transaction } from '../kit/transaction.ts';

/** In the order in which a new chain needs them: each is checked against those before it. */
const DOCUMENTS = ['rootCrl', 'pckCrl', 'tcbInfo', 'qeIdentity'];

const upload = transaction({
  name: 'upload',
  summary: 'bring a document of the vendor that TEE reports are verified against',
  details:
    'Takes a collateral file as aivm tee verify does, and one of its documents: ' +
    `${DOCUMENTS.join(', ')}. The revocation list of the root comes first. The chain checks ` +
    'signature, dates and that it is newer than what it has; anyone may bring it.',
  arguments: [
    ['<document>', `one of ${DOCUMENTS.join(', ')}`],
    ['<file>', 'collateral as JSON'],
  ],
  examples: [
    ['aivm collateral upload rootCrl collateral.json --from alice', 'first of all'],
    ['aivm collateral upload tcbInfo collateral.json --from alice', 'when a newer one is out'],
  ],
  plan: ({ input }) => {
    const documents = documentsOf(orStop(parseCollateralFile(readBytes(argument(input, 1)))));
    const wanted = argument(input, 0);
    const document =
      documents.find(({ type }) => type === wanted) ??
      stop('cli/bad-option', { option: '<document>', expected: DOCUMENTS.join(', ') });
    return plan({ receiver: TRUST_STORE, message: { type: 'upsertCollateral', document } });
  },
});

const show: CommandSpec = {
  name: 'show',
  summary: 'the root certificate that everything is checked against',
  examples: [['aivm collateral show', 'hash, key and dates of the pinned root']],
  run: async (_, session) => {
    const node = await session.node();
    const record = await actorRecord(node, TRUST_STORE);
    const { anchor } = record.context;
    const facts = {
      sha256: toHex(anchor.sha256),
      publicKey: toHex(anchor.publicKey),
      serial: toHex(anchor.serial),
      notBefore: anchor.notBefore,
      notAfter: anchor.notAfter,
    };
    session.out.answer(facts, () =>
      sheet([
        ['SHA-256', facts.sha256],
        ['public key', facts.publicKey],
        ['serial', facts.serial],
        ['from', node.texts.time(BigInt(anchor.notBefore))],
        ['until', node.texts.time(BigInt(anchor.notAfter))],
      ]),
    );
  },
};

export const collateral: GroupSpec = {
  name: 'collateral',
  summary: 'what TEE reports are verified against',
  commands: [upload, show],
};
