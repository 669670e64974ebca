import { describe, expect, test } from 'vitest';
import { verifyActor, type ProvenAnswer } from '../../../src/client/verify.ts';
import { actorId, type ActorId } from '../../../src/machines/kit/index.ts';
import { accountId, advance, balance, code, open, transfer, value } from '../runtime/chain.ts';

/** What a client believes of a node that it does not trust. */

const aivm = open();
advance(aivm, [transfer({ from: 0, nonce: 0n, to: 1 })]);
const NOBODY = actorId('account', '99'.repeat(20));

/** An honest node's answer about an actor, as a client gets it. */
const answerAbout = (actor: ActorId): ProvenAnswer => {
  const { key, value: bytes, decoded, proof, root } = value(aivm.query({ actor, prove: true }));
  const found = decoded as { readonly state: string; readonly balance: bigint } | undefined;
  return {
    actor,
    record:
      found === undefined
        ? undefined
        : ({ ...found, balanceNlux: found.balance } as unknown as ProvenAnswer['record']),
    proof: {
      key: Uint8Array.from(Buffer.from(key, 'hex')),
      value: bytes,
      proof: proof ?? new Uint8Array(),
    },
    root,
  };
};

const honest = answerAbout(accountId(0));
const absent = answerAbout(NOBODY);
const richer = (nlux: bigint) => {
  if (honest.record === undefined) throw new Error('the account is in state');
  return { ...honest.record, balanceNlux: honest.record.balanceNlux + nlux };
};

describe('an answer with a proof', () => {
  test('is believed if the record, or its absence, is the proven one', () => {
    expect(honest.record?.balanceNlux).toBe(balance(aivm, 0));
    expect(verifyActor(honest)).toEqual({ ok: true, value: undefined });
    expect(absent.record).toBeUndefined();
    expect(verifyActor(absent)).toEqual({ ok: true, value: undefined });
  });

  test.each<[string, ProvenAnswer]>([
    ['has no proof', { ...honest, proof: undefined }],
    ['says of an actor what is proven of another', { ...honest, actor: accountId(1) }],
    [
      'says of an actor that it is absent, proving that of another',
      { ...absent, actor: honest.actor },
    ],
    ['leads to another root', { ...honest, root: 'ab'.repeat(32) }],
    [
      'has another balance, of as many bytes, than the proven record',
      { ...honest, record: richer(1n) },
    ],
    [
      'has a state that its machine does not know',
      {
        ...honest,
        record: { ...richer(0n), state: 'shut' },
      },
    ],
    ['has a record where absence is proven', { ...absent, record: richer(0n) }],
    ['has no record where one is proven', { ...honest, record: undefined }],
    [
      'has a record that is another than the bytes beside it',
      {
        ...honest,
        record: richer(0n),
        proof: honest.proof && { ...honest.proof, value: new Uint8Array([1]) },
      },
    ],
  ])('is not believed if it %s', (_, answer) => {
    expect(code(verifyActor(answer))).toBe('client/proof-invalid');
  });
});
