import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  applied,
  bondFor,
  COLLECTION,
  commitOutput,
  modelActor,
  NodeClient,
  openDrawnChunks,
  prepareAttestation,
  prepareChallenge,
  prepareRerun,
  profileActor,
  proveProviderKey,
} from '../../../src/client/index.ts';
import {
  encodePayload,
  keypairFromSeed,
  payloadHash,
  type Failure,
  type Result,
} from '../../../src/codec/index.ts';
import { actorId, keyOf, type ActorId, type ActorKind } from '../../../src/machines/index.ts';
import type { Messages } from '../../../src/machines/messages.ts';
import { account, CHAIN, GENESIS, produce, signed, startTestNode } from './support/chain.ts';

// A whole dispute over the HTTP API alone: two providers of six answer differently, a third one,
// drawn by the beacon that the node submits, runs again, and the liar is slashed.

const LUX = 10n ** 9n;
const { parameters } = GENESIS;
const PROVIDERS = [1, 2, 3, 4, 5, 6].map((owner) => ({
  owner,
  ...keypairFromSeed(`provider ${owner}`),
}));
const CHALLENGER = 10;
const PAYLOAD = encodePayload({
  type: 'text',
  tokens: [1, 2, 3],
  seed: 7n,
  sampling: { temperature: 0, topP: 1_000_000, topK: 0, repetitionPenalty: 1_000_000 },
  outputLimit: 8,
});
const TRUTH = new TextEncoder().encode('the truth '.repeat(5_000));
const LIE = new TextEncoder().encode('a lie '.repeat(5_000));

type TestNode = Awaited<ReturnType<typeof startTestNode>>;
let running: TestNode;
let client: NodeClient;

beforeAll(async () => {
  running = await startTestNode();
  client = new NodeClient({ url: running.url });
});
afterAll(() => running.stop());

const valueOf = async <T>(result: Promise<Result<T, Failure>> | Result<T, Failure>): Promise<T> => {
  const settled = await result;
  if (!settled.ok) throw new Error(JSON.stringify(settled.failure));
  return settled.value;
};

/** Submits messages, one block for all of them, and wants each applied. */
const send = async (
  ...orders: readonly {
    readonly from: number;
    readonly receiver: ActorId;
    readonly message: Messages[ActorKind];
    readonly valueNlux?: bigint;
  }[]
): Promise<void> => {
  const sent: string[] = [];
  for (const { from, receiver, message, valueNlux = 0n } of orders) {
    const { pendingNonce } = await valueOf(client.account(account(from).address));
    const order = { from, receiver, message, valueNlux, nonce: pendingNonce };
    sent.push((await valueOf(client.submit(signed(order as never).bytes))).id);
  }
  produce(running.node, running.clock);
  for (const id of sent) {
    const receipt = await valueOf(client.receipt(id));
    if (receipt === undefined) throw new Error(`${id} was not included`);
    await valueOf(applied(receipt));
  }
};

const WEIGHTS = { weightHash: '5e'.repeat(32), teeRequired: false };
const MODEL = modelActor(WEIGHTS);
const SPECIFICATION = {
  modelId: keyOf(MODEL),
  comparator: { type: 'exact' },
  precision: { engine: 'test', dtype: 'u8', settings: '', decoding: 'none' },
  tee: { type: 'none' },
  rerunFeeNlux: LUX / 2n,
} as const;
const PROFILE = profileActor(SPECIFICATION);
const providerId = (address: string) => actorId('provider', address);

const registerAll = async (): Promise<void> => {
  const metadata = { name: 'm', version: 1n, architecture: 'a', paramCount: 1n, license: 'MIT' };
  await send({
    from: 0,
    receiver: MODEL,
    message: { type: 'register', ...WEIGHTS, ...metadata },
    valueNlux: parameters.modelDepositNlux,
  });
  await send({
    from: 0,
    receiver: PROFILE,
    message: { type: 'register', specification: SPECIFICATION },
    valueNlux: parameters.profileDepositNlux,
  });
  for (const { owner, address, privateKey } of PROVIDERS) {
    const proven = { ...CHAIN, owner: account(owner).address, providerKey: privateKey };
    const proof = await valueOf(proveProviderKey(proven));
    const receiver = providerId(address);
    await send(
      {
        from: owner,
        receiver,
        message: { type: 'register', proof, endpoint: 'http://localhost' },
        valueNlux: 2n * parameters.minimumStakeNlux,
      },
      {
        from: owner,
        receiver,
        message: { type: 'serve', profileHash: keyOf(PROFILE), modelId: keyOf(MODEL) },
      },
    );
  }
  produce(running.node, running.clock, Number(parameters.epochBlocks));
};

const outputOf = (author: string) =>
  commitOutput({
    author,
    output: author === PROVIDERS[1]?.address ? LIE : TRUTH,
    chunkBytes: parameters.chunkBytes,
  });

const attest = async (index: number) => {
  const provider = PROVIDERS[index];
  if (provider === undefined) throw new Error('no such provider');
  const { outputHash, evidenceRoot } = outputOf(provider.address);
  const claim = {
    provider: provider.address,
    modelId: keyOf(MODEL),
    profileHash: keyOf(PROFILE),
    payloadHash: payloadHash(PAYLOAD),
  };
  const prepared = await valueOf(
    prepareAttestation({
      ...CHAIN,
      ...claim,
      outputHash,
      evidenceRoot,
      timestamp: running.clock.read(),
      providerKey: provider.privateKey,
    }),
  );
  await send({ from: provider.owner, receiver: prepared.receiver, message: prepared.message });
  const found = await valueOf(client.attestation({ claim: { ...CHAIN, ...claim } }));
  expect(found).toMatchObject({
    slot: prepared.slot,
    attestation: { status: 'pending', isFinal: false, verdict: 'none' },
  });
  const record = found.attestation?.record;
  if (record === undefined) throw new Error('no attestation');
  return { slot: found.slot, context: record.context };
};

const challengeRecord = async (id: ActorId<'challenge'>) => {
  const { record } = await valueOf(client.actor(id));
  if (record === undefined) throw new Error('no challenge');
  return record;
};

/** Makes blocks until the challenge is in a state. */
const until = async (id: ActorId<'challenge'>, state: string) => {
  for (let blocks = 0; blocks < 40; blocks++) {
    const record = await challengeRecord(id);
    if (record.state === state) return record;
    produce(running.node, running.clock);
  }
  throw new Error(`the challenge does not come to ${state}`);
};

const randomness = async (round: bigint): Promise<string> => {
  const from = round.toString(16).padStart(16, '0');
  const page = await valueOf(
    client.entries('beacon:', COLLECTION.beaconRounds, { from, limit: 1 }),
  );
  const [entry] = page.items;
  if (entry?.key !== from) throw new Error(`round ${round} is not there`);
  return entry.value.randomness;
};

/** The beacon round that the chunks are drawn with, as soon as the node has submitted it. */
const chunkRandomness = async (id: ActorId<'challenge'>): Promise<string> => {
  const { chunkRound } = (await challengeRecord(id)).context;
  for (let blocks = 0; blocks < 10; blocks++) {
    const found = await valueOf(client.entries('beacon:', COLLECTION.beaconRounds));
    const key = chunkRound.toString(16).padStart(16, '0');
    if (found.items.some((item) => item.key === key)) return randomness(chunkRound);
    produce(running.node, running.clock);
  }
  throw new Error(`the node does not submit round ${chunkRound}`);
};

test('a dispute over the API slashes the provider who lied', async () => {
  await registerAll();
  const honest = await attest(0);
  const lying = await attest(1);
  const { receiver: challenge, message } = prepareChallenge(CHAIN, honest, lying);
  await send({
    from: CHALLENGER,
    receiver: challenge,
    message,
    valueNlux: bondFor(parameters.dispute, SPECIFICATION.rerunFeeNlux),
  });
  await send({
    from: CHALLENGER,
    receiver: challenge,
    message: { type: 'publish', payload: PAYLOAD },
  });

  const drawn = await until(challenge, 'commit');
  const [seat] = drawn.context.seats;
  const member = PROVIDERS.find(({ address }) => address === seat?.provider);
  if (seat === undefined || member === undefined) throw new Error('nobody was drawn');
  expect([honest, lying].map(({ context }) => context.provider)).not.toContain(seat.provider);
  const rerun = prepareRerun({
    challenge,
    round: drawn.context.round,
    seat: seat.seat,
    member: seat.provider,
    output: outputOf(seat.provider),
    salt: '5a'.repeat(32),
  });
  await send({ from: member.owner, receiver: challenge, message: rerun.commit });
  await until(challenge, 'reveal');
  await send({ from: member.owner, receiver: challenge, message: rerun.reveal });

  const beacon = await chunkRandomness(challenge);
  const { context } = await challengeRecord(challenge);
  const parties = [honest.context.provider, lying.context.provider, seat.provider];
  await send(
    ...parties.flatMap((party) => {
      const from = PROVIDERS.find(({ address }) => address === party)?.owner ?? 0;
      const opened = openDrawnChunks({ challenge, context, output: outputOf(party), beacon });
      return opened.map((open) => ({ from, receiver: challenge, message: open }));
    }),
  );
  await until(challenge, 'final');

  const verdicts = await Promise.all(
    [honest, lying].map(({ slot }) => valueOf(client.attestation({ slot }))),
  );
  expect(verdicts.map(({ attestation }) => attestation?.verdict)).toEqual(['valid', 'faulty']);
  expect(verdicts.map(({ attestation }) => attestation?.isFinal)).toEqual([true, true]);
  const stake = async (address: string): Promise<bigint> => {
    const { record } = await valueOf(client.actor(providerId(address), { prove: true }));
    return record?.balanceNlux ?? 0n;
  };
  const full = 2n * parameters.minimumStakeNlux;
  expect(await stake(honest.context.provider)).toBe(full);
  expect(await stake(lying.context.provider)).toBeLessThan(full);
}, 60_000);

test('an attestation that nobody challenges is final when its window has passed', async () => {
  const { slot, context } = await attest(2);
  const before = await valueOf(client.attestation({ slot }));
  expect(before.attestation).toMatchObject({ finalAt: context.windowEnd, isFinal: false });
  produce(running.node, running.clock, Number(parameters.windowBlocks));
  const after = await valueOf(client.attestation({ slot }));
  expect(after.height).toBeGreaterThanOrEqual(context.windowEnd);
  expect(after.attestation).toMatchObject({
    status: 'final',
    isFinal: true,
    record: { state: 'pending' },
  });
});
