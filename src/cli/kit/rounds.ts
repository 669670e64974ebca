import { COLLECTION } from '../../client/collections.ts';
import { BEACON } from '../../machines/kit/address.ts';
import { u64Key } from '../../machines/kit/collection.ts';
import type { Node } from './node.ts';
import { stop } from './stop.ts';

/** Randomness of a beacon round, if the chain has it. */
export const knownRandomness = async (node: Node, round: bigint): Promise<string | undefined> => {
  const key = u64Key(round);
  const page = await node.ask(
    'asking for the round',
    node.client.entries(BEACON, COLLECTION.beaconRounds, { from: key, limit: 1 }),
  );
  const [found] = page.items;
  return found?.key === key ? found.value.randomness : undefined;
};

/** The same of a round without which the command cannot go on. */
export const randomnessOf = async (node: Node, round: bigint): Promise<string> =>
  (await knownRandomness(node, round)) ?? stop('cli/round-unknown', { round: String(round) });
