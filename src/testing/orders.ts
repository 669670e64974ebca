import type { Receipt } from '../actors/index.ts';
import type { ActorId, AnyMessage } from '../machines/kit/index.ts';
import type { Offered, Unsigned } from './engine/engine.ts';
import { testingError } from './errors.ts';
import { accountOf, keyOfName } from './people.ts';
import type { ChainView } from './view.ts';

/** What somebody wants to send: by name, to an actor. */
export interface Order {
  readonly from: string;
  readonly to: ActorId;
  readonly message: AnyMessage;
  /** nLUX that come with it; none unless told. */
  readonly value?: bigint | undefined;
  /** DEFAULT_GAS_LIMIT unless told. */
  readonly gasLimit?: bigint | undefined;
}

/** Gas that an order may use unless it says otherwise. */
export const DEFAULT_GAS_LIMIT = 2_000_000n;
/** Blocks for which an order stays valid. */
const EXPIRY_BLOCKS = 100n;

/**
 * Adds what orders leave open. Nonces count up within the block, so if one order of a sender is
 * left out, those behind it are, too: their nonces are ahead.
 */
export const unsignedOf = (view: ChainView, orders: readonly Order[]): readonly Unsigned[] => {
  const sent = new Map<string, bigint>();
  const gasPriceNlux = view.parameters.gas.minimumPriceNlux;
  return orders.map(({ from, to, message, value = 0n, gasLimit = DEFAULT_GAS_LIMIT }) => {
    const before = sent.get(from) ?? 0n;
    sent.set(from, before + 1n);
    const sender = accountOf(from);
    return {
      privateKey: keyOfName(from).privateKey,
      sender,
      receiver: to,
      message,
      valueNlux: value,
      nonce: (view.actor(sender)?.context.nonce ?? 0n) + before,
      expiry: view.height + EXPIRY_BLOCKS,
      gasLimit,
      gasPriceNlux,
    };
  });
};

/** The receipt of an order that was meant to be included; throws `testing/left-out`. */
export const receiptOf = (order: Order, offered: Offered | undefined): Receipt => {
  if (offered?.included === true) return offered.receipt;
  const { code = '', details = {} } = offered?.failure ?? {};
  const about = { message: order.message.type, from: order.from, to: order.to };
  throw testingError('testing/left-out', { ...details, ...about, cause: code });
};
