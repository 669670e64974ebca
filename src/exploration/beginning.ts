import { prepareAudit, prepareChallenge } from '../client/challenge.ts';
import { modelActor, profileActor } from '../client/names.ts';
import { proveProviderKey } from '../client/provider.ts';
import { type Failure, ok, type Result } from '../codec/index.ts';
import { unwrap } from '../runtime/unwrap.ts';
import type { Order } from '../testing/orders.ts';
import { keyOfName } from '../testing/people.ts';
import { secp256k1 } from './chain.ts';
import { explorationFail } from './errors.ts';
import type { Change, Ground } from './ground.ts';
import { ANYONE, CONSUMER, CREATOR, MODEL_OWNER, ownerOf, poolNames } from './names.ts';
import { MODEL, type Setting } from './setting.ts';

const NLUX_PER_LUX = 1_000_000_000n;

/** What is sent at the beginning, from the state before it; `undefined` lets a block pass. */
type SetupStep = (ground: Ground) => Order | undefined;

const passBlock: SetupStep = () => undefined;

const registration = (setting: Setting): readonly SetupStep[] => {
  const { parameters } = setting.world;
  const register = {
    type: 'register',
    ...MODEL,
    name: 'a model',
    version: 1n,
    architecture: 'transformer',
    paramCount: 1n,
    license: 'Apache-2.0',
  } as const;
  const { specification } = setting;
  return [
    () => ({
      from: MODEL_OWNER,
      to: modelActor(MODEL),
      message: register,
      value: parameters.modelDepositNlux,
    }),
    () => ({
      from: CREATOR,
      to: profileActor(specification),
      message: { type: 'register', specification } as const,
      value: parameters.profileDepositNlux,
    }),
  ];
};

const provision = (setting: Setting, name: string, stakeLux: number): readonly SetupStep[] => {
  const from = ownerOf(name);
  const to = setting.provider(name);
  const owner = setting.address(from);
  const { privateKey: providerKey } = keyOfName(name);
  const { modelId, profileHash } = setting;
  const of = { ...setting.chain, owner, providerKey, engine: secp256k1 };
  const proof = unwrap(proveProviderKey(of));
  const register = { type: 'register', proof, endpoint: '' } as const;
  const serve = { type: 'serve', profileHash, modelId } as const;
  return [
    () => ({ from, to, message: register, value: BigInt(stakeLux) * NLUX_PER_LUX }),
    () => ({ from, to, message: serve }),
  ];
};

/** Waits for the next epoch, from which on those who serve may be drawn (PROTOCOL §6.1). */
const waitForEpoch = (epochBlocks: bigint): readonly SetupStep[] =>
  Array.from({ length: Number(epochBlocks) }, () => passBlock);

const attesting = (setting: Setting): readonly SetupStep[] =>
  setting.world.defendants.flatMap(({ name, attests, paidNlux }) => {
    const to = setting.attestation(name);
    const attest: SetupStep = ({ view }) => {
      const { message } = setting.claim(name, attests, view.time);
      return { from: name, to, message };
    };
    const pay: SetupStep = () => ({
      from: CONSUMER,
      to,
      message: { type: 'pay' } as const,
      value: paidNlux,
    });
    return paidNlux === 0n ? [attest] : [attest, pay];
  });

const opening = (setting: Setting): SetupStep => {
  const { begins, defendants, challengers } = setting.world;
  const [first, second] = defendants.map(({ name }) => name);
  const [from = ANYONE] = challengers;
  return (ground) => {
    const [a, b] = [first, second].map((each) => setting.challenged(ground, each ?? ''));
    if (a === undefined) return undefined;
    if (begins === 'audit') {
      const { receiver: to, message } = prepareAudit(setting.chain, a);
      return { from, to, message, value: setting.bond('audit') };
    }
    if (b === undefined) return undefined;
    const { receiver: to, message } = prepareChallenge(setting.chain, a, b);
    return { from, to, message, value: setting.bond('pair') };
  };
};

const stepsOf = (setting: Setting): readonly SetupStep[] => {
  const { world } = setting;
  const isOpened = world.begins === 'pair' || world.begins === 'audit';
  return [
    ...registration(setting),
    ...world.defendants.flatMap(({ name, stakeLux }) => provision(setting, name, stakeLux)),
    ...poolNames(world).flatMap((name) => provision(setting, name, world.pool.stakeLux)),
    ...waitForEpoch(world.parameters.epochBlocks),
    ...(world.begins === 'serving' ? [] : attesting(setting)),
    ...(isOpened ? [opening(setting)] : []),
  ];
};

/** A step of the beginning, which the chain has to take. */
const taken = (order: Order, sent: Result<Change, Failure>): Result<Ground, Failure> => {
  if (!sent.ok) return sent;
  const { after, receipt } = sent.value;
  if (receipt?.outcome.type !== 'refused') return ok(after);
  const { code: reason, details } = receipt.outcome.refusal;
  const shown = Object.fromEntries(details.map((each) => [each.name, each.value]));
  const step = `${order.from}: ${order.message.type}`;
  return explorationFail('exploration/setup-refused', { ...shown, step, reason });
};

/** Plays the beginning of a world: the state from which its exploration starts. */
export const beginWorld = (setting: Setting): Result<Ground, Failure> => {
  const { land } = setting;
  let ground = land.begin();
  for (const make of stepsOf(setting)) {
    const order = make(ground);
    const next =
      order === undefined ? ok(land.pass(ground).after) : taken(order, land.send(ground, order));
    if (!next.ok) return next;
    ground = next.value;
  }
  return ok(ground);
};
