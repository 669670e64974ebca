// Challenges of every form, and what seats say other than an answer, as command lines.
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  announcementFile,
  keepAnnounced,
  loadAnnounced,
} from '../../../src/cli/kit/announcement-file.ts';
import { prepareAttestation } from '../../../src/client/attestation.ts';
import { COLLECTION } from '../../../src/client/collections.ts';
import { bondFor, prepareAnnouncement, prepareChallenge } from '../../../src/client/challenge.ts';
import {
  challengeActor,
  modelActor,
  profileActor,
  requestActor,
} from '../../../src/client/names.ts';
import { commitOutput } from '../../../src/client/output.ts';
import { encodeOutput, encodePayload, payloadHash } from '../../../src/codec/index.ts';
import { LOCAL } from '../../../src/genesis/presets/local.ts';
import { ANNOUNCEMENT_BLOCKS } from '../../../src/machines/announcement/record.ts';
import { isDrawn, ticketRound } from '../../../src/machines/attestation/audit.ts';
import { devRandomness } from '../../../src/machines/beacon/rounds.ts';
import { encodeTokens } from '../../../src/machines/comparators/index.ts';
import { keyOf } from '../../../src/machines/index.ts';
import { account, CliMarket, LUX, must } from './market.ts';
import { answerOf, failureOf, runAivm, temporaryFolder, type Ended } from './support.ts';

const OWNERS = Array.from({ length: 16 }, (_, at) => 20 + at);
const KEYS = Array.from({ length: 16 }, (_, at) => 50 + at);
const [CREATOR, CONSUMER, CHALLENGER, COPYCAT, NEW_KEY] = [0, 15, 16, 17, 18];

const PAYLOAD = {
  type: 'text',
  tokens: [1, 2, 3],
  seed: 7n,
  sampling: { temperature: 0, topP: 1_000_000, topK: 0, repetitionPenalty: 1_000_000 },
  outputLimit: 8,
} as const;
const payload = encodePayload(PAYLOAD);
const RIGHT = [4, 5, 6, 7];
const WRONG = [14, 15, 16, 17];
const TOKENS = { type: 'tokens', chunkElements: 2, loTokens: 0, hiTokens: 1, minFail: 2 } as const;

const WEIGHTS = { weightHash: '5e'.repeat(32), teeRequired: false };
const MODEL = modelActor(WEIGHTS);
const specification = (comparator: typeof TOKENS | { readonly type: 'exact' }) => ({
  modelId: keyOf(MODEL),
  comparator,
  precision: { engine: 'test', dtype: 'u32', settings: '', decoding: 'greedy' as const },
  tee: { type: 'none' as const },
  rerunFeeNlux: LUX / 10n,
});
const PROFILES = {
  exact: specification({ type: 'exact' }),
  tokens: specification(TOKENS),
} as const;

const home = temporaryFolder(true);
const file = (name: string): string => join(home, name);
let market: CliMarket;
const aivm = (...args: readonly string[]): Promise<Ended> =>
  runAivm(args, home, { environment: { AIVM_URL: market.url } });
const json = (...args: readonly string[]): Promise<Record<string, unknown>> =>
  answerOf(args, home, { AIVM_URL: market.url });
/** What a failing command line ends with: its exit code, and the code of the failure. */
const failed = async (...args: readonly string[]): Promise<readonly [number | null, string]> => {
  const ended = await aivm(...args, '--json');
  return [ended.code, failureOf(ended).code];
};

const chain = async () => {
  const { networkId, chainId } = must(await market.client.node());
  return { networkId, chainId };
};

interface Attested {
  readonly slot: string;
  readonly message: Extract<
    ReturnType<typeof prepareAttestation>,
    { ok: true }
  >['value']['message'];
}

/** An attestation as provider `at` signs it, for this profile. */
const prepared = async (
  at: number,
  tokens: readonly number[],
  profile: keyof typeof PROFILES = 'exact',
  requestId?: string,
) => {
  const key = account(KEYS[at] ?? 0);
  const { comparator } = PROFILES[profile];
  const isExact = comparator.type === 'exact';
  const output = isExact ? encodeOutput({ type: 'text', tokens }) : encodeTokens(tokens);
  const { chunkBytes } = LOCAL;
  const committed = commitOutput({ author: key.address, output, comparator, chunkBytes });
  const { time } = must(market.running.node.chain.tip());
  return must(
    prepareAttestation({
      ...(await chain()),
      provider: key.address,
      modelId: keyOf(MODEL),
      profileHash: keyOf(profileActor(PROFILES[profile])),
      payloadHash: payloadHash(payload),
      outputHash: committed.outputHash,
      evidenceRoot: committed.evidenceRoot,
      requestId,
      timestamp: time,
      providerKey: key.privateKey,
    }),
  );
};

const attest = async (...of: Parameters<typeof prepared>): Promise<Attested> => {
  const { receiver, message, slot } = await prepared(...of);
  await market.send({ from: OWNERS[of[0]] ?? 0, receiver, message });
  return { slot, message };
};

const challenged = async (slot: string) => {
  const { record } = must(await market.client.actor(`attestation:${slot}`));
  if (record === undefined) throw new Error(`no attestation ${slot}`);
  return { slot, context: record.context };
};

const recordOf = async (id: string) => {
  const { record } = must(await market.client.actor(`challenge:${id}`));
  if (record === undefined) throw new Error(`no challenge ${id}`);
  return record;
};

/** Looks again until it holds. */
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((done) => setTimeout(done, 20));
};

const advanceTo = async (id: string, state: string): Promise<void> => {
  for (let i = 0; i < 60; i += 1) {
    if ((await recordOf(id)).state === state) return;
    market.advance(1n);
  }
  throw new Error(`the challenge never came to ${state}`);
};

beforeAll(async () => {
  market = await CliMarket.open();
  const named = { name: 'm', version: 1n, architecture: 'a', paramCount: 1n, license: 'MIT' };
  const { modelDepositNlux, profileDepositNlux } = LOCAL;
  await market.send({
    from: CREATOR,
    receiver: MODEL,
    message: { type: 'register', ...WEIGHTS, ...named },
    valueNlux: modelDepositNlux,
  });
  for (const each of Object.values(PROFILES)) {
    await market.send({
      from: CREATOR,
      receiver: profileActor(each),
      message: { type: 'register', specification: each },
      valueNlux: profileDepositNlux,
    });
  }
  const [exact, tokens] = [profileActor(PROFILES.exact), profileActor(PROFILES.tokens)];
  for (const [at, owner] of OWNERS.entries()) {
    await market.provide(owner, KEYS[at] ?? 0, keyOf(exact), keyOf(MODEL));
    const serve = { type: 'serve', profileHash: keyOf(tokens), modelId: keyOf(MODEL) } as const;
    const { address } = account(KEYS[at] ?? 0);
    await market.send({ from: owner, receiver: `provider:${address}`, message: serve });
  }
  market.advance(LOCAL.epochBlocks);
  writeFileSync(file('payload.bin'), payload);
  writeFileSync(file('right.json'), JSON.stringify({ type: 'text', tokens: RIGHT }));
  writeFileSync(file('wrong.json'), JSON.stringify({ type: 'text', tokens: WRONG }));
  await json('keys', 'dev', '--count', '72');
}, 60_000);

afterAll(async () => {
  await market.running.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('an audit', () => {
  it('of the beacon says plainly what keeps it from being opened', async () => {
    const { slot } = await attest(2, RIGHT);
    const audit = ['challenge', 'protocol-audit', slot, '--from', `dev${COPYCAT}`, '--yes'];
    expect(await failed(...audit)).toEqual([1, 'cli/no-ticket']);
    await json('attestation', 'pay', slot, '0.2lux', '--from', `dev${CONSUMER}`);
    expect(await failed(...audit)).toEqual([2, 'cli/round-unknown']);
    const { items } = must(await market.client.entries(`attestation:${slot}`, COLLECTION.payers));
    const { chainId } = await chain();
    const { source } = must(await market.client.actor('beacon:')).record?.context ?? {};
    if (source === undefined) throw new Error('there is no beacon');
    const { beaconMarginSeconds } = LOCAL.dispute;
    const round = ticketRound(source, items[0]?.value.paidAt ?? 0n, beaconMarginSeconds);
    market.advance(2n);
    await json('beacon', 'submit', String(round), '--from', `dev${COPYCAT}`);
    const { attestationId } = (await challenged(slot)).context;
    const drawn = isDrawn(devRandomness(chainId, round), attestationId, LOCAL.auditRateBps);
    // Nothing has been paid into the pool yet; without a ticket that was drawn it is not asked.
    expect(await failed(...audit)).toEqual([1, drawn ? 'audit-pool-short' : 'cli/not-drawn']);
  });

  it('is announced a block before, with a salt that only its owner can read', async () => {
    const { slot } = await attest(0, WRONG);
    const audit = ['challenge', 'audit', slot, '--chunk', '0', '--announce'];
    const opened = await json(...audit, '--from', `dev${CHALLENGER}`, '--yes');
    expect(opened).toMatchObject({ outcome: 'applied', bondNlux: String(20n * LUX) });
    const saved = String(opened['saved']);
    expect(statSync(saved).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(saved, 'utf8'))).toMatchObject({
      challenge: opened['challenge'],
      challenger: account(CHALLENGER).address,
    });
    const { record } = must(
      await market.client.actor(`announcement:${String(opened['announcement'])}`),
    );
    const { context } = await recordOf(String(opened['challenge']));
    expect(context).toMatchObject({ form: 'audit', named: [0] });
    expect(record?.context.height).toBeLessThan(context.openedAt);
    const listed = must(await market.client.list('announcement')).items;
    expect(listed.map(({ actor }) => keyOf(actor))).toEqual([opened['announcement']]);
  });

  it('is announced anew where the announcement has become too old', async () => {
    // Whoever knows what will be attested can announce its audit long before.
    const accused = await prepared(9, WRONG);
    const { attestationId: first } = accused;
    const receiver = challengeActor({ ...(await chain()), first });
    const old = {
      challenge: keyOf(receiver),
      challenger: account(CHALLENGER).address,
      salt: '77'.repeat(32),
    };
    const saved = announcementFile(join(home, '.aivm', 'keys'), old);
    keepAnnounced(saved, old);
    const before = prepareAnnouncement({ ...old, challenge: receiver });
    await market.send({
      from: CHALLENGER,
      receiver: before.receiver,
      message: before.announce,
    });
    market.advance(ANNOUNCEMENT_BLOCKS - 3n);
    const { message } = accused;
    await market.send({ from: OWNERS[9] ?? 0, receiver: accused.receiver, message });
    market.batch = 2;
    const audit = ['challenge', 'audit', accused.slot, '--announce', '--yes'];
    const from = ['--from', `dev${CHALLENGER}`];
    const opening = json(...audit, ...from);
    await until(async () => {
      const { record } = must(await market.client.actor(before.receiver));
      return record === undefined;
    });
    market.batch = 1;
    const opened = await opening;
    expect(opened).toMatchObject({ outcome: 'applied', saved });
    expect(opened['announcement']).not.toBe(keyOf(before.receiver));
    expect(loadAnnounced(saved).salt).not.toBe(old.salt);
  });

  it('may name four chunks and no more', async () => {
    const { slot } = await attest(1, WRONG);
    const five = ['--chunk', '0', '1', '2', '3', '4', '--from', `dev${CHALLENGER}`, '--yes'];
    expect(await failed('challenge', 'audit', slot, ...five)).toEqual([2, 'cli/bad-option']);
  });
});

describe('who announced an opening', () => {
  it('takes it over from who copied it, and takes the announcement back', async () => {
    const first = await challenged((await attest(3, RIGHT)).slot);
    const second = await challenged((await attest(4, WRONG)).slot);
    const { receiver, message } = prepareChallenge(await chain(), first, second);
    const announced = {
      challenge: keyOf(receiver),
      challenger: account(CHALLENGER).address,
      salt: '5a'.repeat(32),
    };
    keepAnnounced(announcementFile(join(home, '.aivm', 'keys'), announced), announced);
    const announcement = prepareAnnouncement({ ...announced, challenge: receiver });
    const announce = { receiver: announcement.receiver, message: announcement.announce };
    await market.send({ from: CHALLENGER, ...announce });
    const valueNlux = bondFor(LOCAL.dispute, LUX / 10n);
    await market.send({ from: COPYCAT, receiver, message, valueNlux });
    const open = ['challenge', 'open', first.slot, second.slot, '--announce', '--yes'];
    expect(await failed(...open, '--from', `dev${CHALLENGER}`)).toEqual([1, 'cli/already-open']);
    const takeOver = ['challenge', 'take-over', keyOf(receiver), '--chunk', '0'];
    expect(await failed(...takeOver, '--from', `dev${CONSUMER}`)).toEqual([
      2,
      'cli/file-unreadable',
    ]);
    const taken = await json(...takeOver, '--from', `dev${CHALLENGER}`);
    expect(taken).toMatchObject({ outcome: 'applied', bondNlux: String(valueNlux) });
    expect((await recordOf(keyOf(receiver))).context).toMatchObject({
      challenger: account(CHALLENGER).address,
      named: [0],
    });
    const { stdout } = await aivm('challenge', 'show', keyOf(receiver));
    expect(stdout).toMatch(/announced at #[0-9]+, and so taken over/);
    expect(stdout).toMatch(/○ publish until #[0-9]+/);
    const withdraw = ['challenge', 'withdraw-announcement', keyOf(receiver)];
    expect(await json(...withdraw, '--from', `dev${CHALLENGER}`)).toMatchObject({
      outcome: 'applied',
    });
    expect(must(await market.client.actor(announcement.receiver)).record).toBeUndefined();
  });
});

describe('two answers of one provider', () => {
  it('are proof with the other one in a file', async () => {
    const { slot } = await attest(5, RIGHT);
    const { message } = await prepared(5, WRONG);
    const { outputHash, evidenceRoot, timestamp, signature } = message;
    const other = { outputHash, evidenceRoot, timestamp: String(timestamp), signature };
    writeFileSync(file('other.json'), JSON.stringify(other));
    writeFileSync(file('short.json'), JSON.stringify({ ...other, signature: 'ab' }));
    const prove = ['challenge', 'equivocation', slot];
    const from = ['--from', `dev${CHALLENGER}`];
    expect((await failed(...prove, file('short.json'), ...from))[0]).toBe(2);
    const proven = await json(...prove, file('other.json'), ...from);
    expect(proven).toMatchObject({ outcome: 'applied' });
    const { address } = account(KEYS[5] ?? 0);
    const { record } = must(await market.client.actor(`provider:${address}`));
    expect(record?.state).toBe('tombstoned');
    const { stdout } = await aivm('challenge', 'show', String(proven['challenge']));
    expect(stdout).toContain('proof by itself');
    expect(stdout).toMatch(/^ +1 LUX {2}to .*reward$/m);
  });

  it('are proof with both on the chain', async () => {
    const key = account(KEYS[6] ?? 0);
    const requester = account(CONSUMER).address;
    const request = requestActor({ ...(await chain()), requester, nonce: 1n });
    const message = {
      type: 'open',
      nonce: 1n,
      provider: key.address,
      modelId: keyOf(MODEL),
      profileHash: keyOf(profileActor(PROFILES.exact)),
      payloadHash: payloadHash(payload),
      declaredValueNlux: 0n,
      enforceable: false,
      expiresAt: market.height + 20n,
    } as const;
    await market.send({ from: CONSUMER, receiver: request, message, valueNlux: LUX / 5n });
    const { slot } = await attest(6, RIGHT);
    const { slot: other } = await attest(6, WRONG, 'exact', keyOf(request));
    const prove = ['challenge', 'equivocation', slot, other, '--from', `dev${CHALLENGER}`];
    expect(await json(...prove, '--dry-run')).toMatchObject({ outcome: 'applied', dryRun: true });
  });
});

describe('a panel that compares tokens', () => {
  const known = { challenge: '' };
  const challenge = (command: string, ...args: readonly string[]) =>
    json('challenge', command, known.challenge, ...args);

  /** The seat of the present panel that waits for an answer. */
  const drawn = async () => {
    const { seats } = (await recordOf(known.challenge)).context;
    const at = KEYS.findIndex(
      (index) =>
        account(index).address === seats.findLast(({ state }) => state === 'drawn')?.provider,
    );
    return { key: `dev${KEYS[at]}`, owner: `dev${OWNERS[at]}` };
  };

  it('needs both outputs, whose authors follow from their roots', async () => {
    const first = await attest(7, RIGHT, 'tokens');
    const second = await attest(8, WRONG, 'tokens');
    const open = ['challenge', 'open', first.slot, second.slot, '--yes'];
    const opened = await json(...open, '--from', `dev${CHALLENGER}`);
    known.challenge = String(opened['challenge']);
    const from = ['--from', `dev${CHALLENGER}`];
    writeFileSync(file('third.json'), JSON.stringify({ type: 'text', tokens: [9] }));
    const third = ['challenge', 'publish-output', known.challenge, '--output', file('third.json')];
    expect(await failed(...third, ...from)).toEqual([2, 'cli/output-of-other']);
    market.batch = 3;
    const sent = await Promise.all([
      challenge('publish', '--payload', file('payload.bin'), ...from),
      challenge('publish-output', '--output', file('right.json'), '--from', `dev${CONSUMER}`),
      challenge('publish-output', '--output', file('wrong.json'), '--from', `dev${COPYCAT}`),
    ]);
    market.batch = 1;
    expect(sent.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
    const { defendants, payloadPublished } = (await recordOf(known.challenge)).context;
    expect([payloadPublished, ...defendants.map((each) => each.substantiated)]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('hears a seat that cannot run from a key that it rotated to', async () => {
    await advanceTo(known.challenge, 'commit');
    const { key, owner } = await drawn();
    const start = String(market.height + 2n);
    const rotate = ['provider', 'rotate-key', key, '--key', `dev${NEW_KEY}`, '--start', start];
    const rotated = await json(...rotate, '--from', owner);
    expect(rotated).toMatchObject({ outcome: 'applied', from: start });
    expect(await challenge('cannot-run', '--from', `dev${NEW_KEY}`)).toMatchObject({
      outcome: 'applied',
      seat: '0',
    });
    const { seats } = (await recordOf(known.challenge)).context;
    expect(seats.map(({ state }) => state)).toEqual(['unable']);
  });

  it('hears the one drawn in its place, by tokens from a description', async () => {
    const { attempt, deadline } = (await recordOf(known.challenge)).context;
    expect(attempt).toBe(0);
    market.advance(deadline - market.height);
    const { owner } = await drawn();
    await challenge('commit', '--output', file('right.json'), '--from', owner);
    await advanceTo(known.challenge, 'reveal');
    await challenge('reveal', '--from', owner);
    market.advance(1n);
    // A seat shows, besides what it compares, that its own output does not go on after the other.
    market.batch = 7;
    const sent = await Promise.all([
      challenge('open-chunks', '--from', owner),
      challenge('open-chunks', '--output', file('right.json'), '--from', `dev${CONSUMER}`),
      challenge('open-chunks', '--output', file('wrong.json'), '--from', `dev${COPYCAT}`),
    ]);
    market.batch = 1;
    expect(sent.map(({ chunks }) => (chunks as readonly number[]).toSorted())).toEqual([
      [0, 1, 2],
      [0, 1],
      [0, 1],
    ]);
    await advanceTo(known.challenge, 'final');
    const { stdout } = await aivm('challenge', 'show', known.challenge);
    expect(stdout).toMatch(/seat 0 +A-local1\S+ +cannot run this profile/);
    expect(stdout).toMatch(/seat 0 \(draw 2\) +A-local1\S+ +(?:supports|rejects) A, /);
    expect(stdout).toMatch(/faulty: n = 1: 1 of 1 seat rejects [AB] \(needs 1\), 1 of them agrees/);
  });
});
