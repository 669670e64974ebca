import type { Failure, Result } from '../../codec/failure.ts';
import { hrpOf, type Hrp } from '../../codec/text/address.ts';
import { NodeClient } from '../../client/http/client.ts';
import type { NodeAnswer } from '../../client/wire/index.ts';
import { MAX_LUX_DECIMALS } from '../../genesis/amount.ts';
import { parseAmount } from './amount.ts';
import { withSpinner } from './progress.ts';
import { orStop, stop } from './stop.ts';
import { textsOf, type Texts } from './texts.ts';

/** A node that answers, and what it said of its chain. */
export interface Node {
  readonly client: NodeClient;
  readonly info: NodeAnswer;
  readonly chain: { readonly networkId: number; readonly chainId: string };
  readonly hrp: Hrp;
  readonly texts: Texts;
  /** nLUX of an amount that a person wrote. */
  readonly amount: (text: string) => bigint;
  /** The value of an answer; a failure ends the command, and waiting shows. */
  readonly ask: <T>(what: string, answer: Promise<Result<T, Failure>>) => Promise<T>;
}

const ask = async <T>(what: string, answer: Promise<Result<T, Failure>>): Promise<T> =>
  orStop(await withSpinner(what, () => answer));

const SCHEME = /^https?:\/\//;

/** Asks a node for its chain. */
export const connect = async (url: string): Promise<Node> => {
  if (!SCHEME.test(url) || !URL.canParse(url)) {
    stop('cli/bad-option', {
      option: '--url',
      expected: 'an address such as http://127.0.0.1:9640',
    });
  }
  const client = new NodeClient({ url });
  const info = orStop(await client.node());
  const { networkId, chainId } = info;
  const hrp = hrpOf(networkId);
  // What a node says is a claim: no genesis has more decimals.
  const luxDecimals = Math.min(info.luxDecimals, MAX_LUX_DECIMALS);
  return {
    client,
    info,
    chain: { networkId, chainId },
    hrp,
    texts: textsOf({ hrp, luxDecimals }),
    amount: (text) => parseAmount(text, luxDecimals),
    ask,
  };
};
