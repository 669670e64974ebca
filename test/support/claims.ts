import { attestationSlot, inputHash, sha256Hex, taskKey, utf8 } from '../../src/codec/index.ts';
import { prepareChallenge, type Challenged } from '../../src/client/challenge.ts';
import { actorId, type ActorId } from '../../src/machines/kit/index.ts';
import { MODEL_ID, ZERO_HASH, type Market } from './market.ts';
import { CHAIN, type World } from './world.ts';

/** Claims on many questions, for tests in which one provider stands in many challenges. */

const { networkId, chainId } = CHAIN;

export const question = (number: number): Uint8Array => utf8(`question ${number}`);

const slotFor = (market: Market, name: string, number: number): string => {
  const { profileHash } = market;
  const input = inputHash({ profileHash, payloadHash: sha256Hex(question(number)) });
  const task = taskKey({ networkId, chainId, modelId: MODEL_ID, inputHash: input });
  return attestationSlot({ provider: market.address(name), taskKey: task, requestId: ZERO_HASH });
};

/** Where the answer of a provider to the question lives. */
export const answerTo = (market: Market, name: string, number: number): ActorId<'attestation'> =>
  actorId('attestation', slotFor(market, name, number));

/** The order by which a provider answers the question. */
export const answering = (
  market: Market,
  name: string,
  number: number,
  output: Uint8Array,
): ReturnType<World['order']> =>
  market.order(
    name,
    answerTo(market, name, number),
    market.claim(name, output, { payloadHash: sha256Hex(question(number)) }),
  );

const challenged = (market: Market, name: string, number: number): Challenged => {
  const slot = slotFor(market, name, number);
  const context = market.actor(actorId('attestation', slot))?.context;
  if (context === undefined) throw new Error(`${name} has not answered question ${number}`);
  return { slot, context };
};

/** The challenge between two answers to the question. */
export const challengeOn = (market: Market, number: number, first: string, second: string) =>
  prepareChallenge(
    { networkId, chainId },
    challenged(market, first, number),
    challenged(market, second, number),
  );
