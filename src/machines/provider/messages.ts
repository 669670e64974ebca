import { amount, blob, bool, hex, text, u64, u8, variants, type Infer } from '../../codec/index.ts';
import { GAS, quoteGas } from '../kit/gas.ts';
import { actorId, TRUST_STORE } from '../kit/address.ts';
import { MAX_REPORT_BYTES } from '../tee/limits.ts';
import type { MessageRules, ReadContext } from '../kit/message.ts';
import { ENDPOINT_BYTES, type ProviderContext } from './record.ts';

export const providerMessage = variants({
  /** `proof` signs `providerKeyProof` with the key whose address names this actor. */
  register: [1, { proof: hex(65), endpoint: text(ENDPOINT_BYTES) }],
  stake: [2, {}],
  unstake: [3, { amountNlux: amount }],
  withdraw: [4, {}],
  unjail: [5, {}],
  setEndpoint: [6, { endpoint: text(ENDPOINT_BYTES) }],
  serve: [7, { profileHash: hex(32), modelId: hex(32) }],
  leave: [8, { profileHash: hex(32) }],
  /** Ends a service whose notice is over; anyone may send it. */
  depart: [9, { profileHash: hex(32) }],
  /** The quote's REPORTDATA is `enclaveKeyBinding` of this key and a recent block. */
  enrolEnclaveKey: [
    10,
    {
      profileHash: hex(32),
      publicKey: hex(33),
      refHeight: u64,
      quote: blob(MAX_REPORT_BYTES),
    },
  ],
  /** Named by its address; ends it, and a second time, when it is no evidence, frees its place. */
  dropEnclaveKey: [11, { key: hex(20) }],
  /**
   * `key` is the address of the new key, and `proof` signs `providerKeyProof` with it. It signs
   * attestations of heights from `from` on, as the present key does of those before it.
   */
  rotateKey: [12, { key: hex(20), proof: hex(65), from: u64 }],
  expose: [20, { valueNlux: amount, windowEnd: u64 }],
  lock: [21, { defendant: u8, amountNlux: amount }],
  unlock: [22, { amountNlux: amount }],
  /** Takes `amountNlux`, first from `lockNlux`, which is released; for a result of `height`. */
  slash: [
    23,
    {
      defendant: u8,
      amountNlux: amount,
      /** Of it, what is taken even if silence is spared: the slash of a result proven wrong. */
      leastNlux: amount,
      lockNlux: amount,
      height: u64,
      /** Not shown, for the least base: spared if another was within the window. */
      unsubstantiated: bool,
    },
  ],
  /**
   * A seat that did not do its work; `noShow` counts towards jail. `since` is the height at which
   * its challenge opened: lots of that epoch and later pay too.
   */
  penalize: [24, { amountNlux: amount, noShow: bool, since: u64 }],
  /** A seat that could not run the profile; it is not paid. */
  declined: [25, { profileHash: hex(32) }],
  /** Two answers to one claim: takes the whole stake that is liable for `height`. */
  tombstone: [26, { height: u64 }],
});
export type ProviderMessage = Infer<typeof providerMessage>;

/** Every profile served is told, and each changes its set. */
const tellsProfiles = (_: unknown, { context }: ReadContext<ProviderContext>): number =>
  GAS.reweigh * context.served.length;

export const providerRules: MessageRules<ProviderMessage, ProviderContext> = {
  register: { from: ['account'], payable: true, gas: () => GAS.signature },
  stake: { from: ['account'], payable: true },
  unstake: { from: ['account'] },
  withdraw: { from: ['account'] },
  unjail: { from: ['account'] },
  setEndpoint: { from: ['account'] },
  serve: {
    from: ['account'],
    reads: ({ profileHash, modelId }) => [
      actorId('profile', profileHash),
      actorId('model', modelId),
    ],
  },
  leave: {
    from: ['account'],
    reads: ({ profileHash }) => [actorId('profile', profileHash)],
  },
  depart: { from: ['account'] },
  enrolEnclaveKey: {
    from: ['account'],
    reads: ({ profileHash }) => [actorId('profile', profileHash), TRUST_STORE],
    gas: ({ quote }) => quoteGas(quote),
  },
  dropEnclaveKey: { from: ['account'] },
  rotateKey: { from: ['account'], gas: () => GAS.signature },
  expose: { from: ['attestation'] },
  /** Paid for with the opening: the verdict will tell every profile of a changed stake. */
  lock: { from: ['challenge'], gas: tellsProfiles },
  unlock: { from: ['challenge'] },
  slash: { from: ['challenge'] },
  penalize: { from: ['challenge'] },
  declined: { from: ['challenge'] },
  tombstone: { from: ['challenge'], gas: tellsProfiles },
};
