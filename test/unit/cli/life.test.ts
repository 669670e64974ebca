// The scripted life of an inference and of a dispute, each step a command line in its own process.
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodePayload, sha256Hex } from '../../../src/codec/index.ts';
import { account, CliMarket, LUX, must } from './market.ts';
import { answerOf, failureOf, runAivm, temporaryFolder, type Ended } from './support.ts';

/**
 * The owners of the providers, and the keys of these; nobody else is among them. There are 27, so
 * many that a last panel of seven could sit.
 */
const OWNERS = [1, 2, 3, 4, 5, 6, ...Array.from({ length: 21 }, (_, at) => 20 + at)] as const;
const KEYS = [7, 8, 9, 10, 11, 12, ...Array.from({ length: 21 }, (_, at) => 50 + at)] as const;
const CONSUMER = 'dev15';
const CHALLENGER = 'dev16';

const PAYLOAD = {
  type: 'text',
  tokens: [1, 2, 3],
  seed: '7',
  sampling: { temperature: 0, topP: 1_000_000, topK: 0, repetitionPenalty: 1_000_000 },
  outputLimit: 8,
};
const PAYLOAD_BYTES = encodePayload({
  ...PAYLOAD,
  type: 'text',
  seed: BigInt(PAYLOAD.seed),
});
const RIGHT = { type: 'text', tokens: [4, 5, 6] };
const WRONG = { type: 'text', tokens: [4, 5, 7] };

const home = temporaryFolder(true);
const file = (name: string): string => join(home, name);
let market: CliMarket;

const environment = () => ({ AIVM_URL: market.url });
const aivm = (...args: readonly string[]): Promise<Ended> =>
  runAivm(args, home, { environment: environment() });
const json = (...args: readonly string[]): Promise<Record<string, unknown>> =>
  answerOf(args, home, environment());

/** The same for a line whose words have no spaces. */
const line = (words: string): Promise<Record<string, unknown>> => json(...words.split(' '));

/** What commands have printed, for those after them. */
const known = { model: '', profile: '', request: '', right: '', wrong: '', challenge: '' };

beforeAll(async () => {
  market = await CliMarket.open();
  writeFileSync(file('payload.json'), JSON.stringify(PAYLOAD));
  writeFileSync(file('right.json'), JSON.stringify(RIGHT));
  writeFileSync(file('wrong.json'), JSON.stringify(WRONG));
  writeFileSync(file('weights-1'), 'the first half of the weights, ');
  writeFileSync(file('weights-2'), 'and the second');
});

afterAll(async () => {
  await market.running.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('the life of an inference', () => {
  it('begins with keys, a model and a profile', async () => {
    const keys = await json('keys', 'dev', '--count', '72');
    expect(keys).toHaveLength(72);
    const weights = ['--weights', file('weights-1'), file('weights-2'), '--name', 'tiny'];
    const dry = await json('model', 'register', ...weights, '--from', 'dev0', '--dry-run');
    expect(dry).toMatchObject({ dryRun: true, outcome: 'applied', valueNlux: String(LUX) });
    expect(BigInt(String(dry['gasLimit']))).toBeGreaterThan(BigInt(String(dry['gasUsed'])));
    expect(must(await market.client.list('model')).items).toEqual([]);
    const model = await json('model', 'register', ...weights, '--from', 'dev0');
    const text = 'the first half of the weights, and the second';
    expect(model).toMatchObject({
      outcome: 'applied',
      weightHash: sha256Hex(new TextEncoder().encode(text)),
    });
    known.model = String(model['model']);
    const profile = await line(
      `profile register --model ${known.model} --engine reference --rerun-fee 0.1lux --from dev0`,
    );
    known.profile = String(profile['profile']);
    const shown = await json('profile', 'show', known.profile);
    expect(shown).toMatchObject({
      actor: `profile:${known.profile}`,
      state: 'active',
      context: { specification: { rerunFeeNlux: '100000000' } },
    });
  });

  it('goes on with providers that serve it', async () => {
    const [owner, key] = [`dev${OWNERS[0]}`, `dev${KEYS[0]}`];
    const registered = await json('provider', 'register', '--key', key, '--from', owner);
    expect(registered).toMatchObject({ outcome: 'applied' });
    const served = await json('provider', 'serve', key, known.profile, '--from', owner);
    expect(served).toMatchObject({ outcome: 'applied' });
    for (const [at, index] of OWNERS.entries()) {
      if (at > 0) await market.provide(index, KEYS[at] ?? 0, known.profile, known.model);
    }
    market.advance(12n);
    const { stdout, code } = await aivm('provider', 'list', '--where', 'state=active');
    expect(code).toBe(0);
    expect(stdout).toContain('100 LUX');
    expect(stdout).toMatch(/^27 providers$/m);
  });

  it('is asked for, attested, paid for, and checked by its consumer', async () => {
    const input = `--profile ${known.profile} --payload ${file('payload.json')}`;
    const request = await line(
      `request open --provider dev${KEYS[0]} ${input} --fee 0.2lux --from ${CONSUMER}`,
    );
    known.request = String(request['request']);
    const right = await line(
      `attest --provider dev${KEYS[0]} --from dev${OWNERS[0]} ${input} ` +
        `--output ${file('right.json')} --request ${known.request}`,
    );
    known.right = String(right['attestation']);
    const wrong = await line(
      `attest --provider dev${KEYS[1]} --from dev${OWNERS[1]} ${input} ` +
        `--output ${file('wrong.json')}`,
    );
    known.wrong = String(wrong['attestation']);
    const paid = await json('attestation', 'pay', known.wrong, '0.1lux', '--from', CONSUMER);
    expect(paid).toMatchObject({ outcome: 'applied' });
    const files = ['--input', file('payload.json'), '--output', file('right.json')];
    const verified = await json('verify', ...files, known.right);
    expect(verified).toMatchObject({ ok: true, status: 'pending' });
    const checks = verified['checks'] as readonly { readonly name: string; readonly ok: boolean }[];
    expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['final']);
  });

  it('is not that of other files, and not final yet: exit code 1, and why', async () => {
    const other = await aivm('verify', '--output', file('wrong.json'), known.right);
    expect(other.code).toBe(1);
    expect(other.stdout).toMatch(/output root\s+FAILED/);
    expect(other.stdout).toMatch(/signature\s+ok/);
    expect(other.stderr).toContain('cli/check-failed');
    const untrusted = ['--root', '00'.repeat(32), '--require-final', '--json'];
    const root = await aivm('verify', known.right, ...untrusted);
    expect(root.code).toBe(1);
    expect(failureOf(root).code).toBe('client/proof-invalid');
  });
});

/** Until the challenge is in the state; a window is over long before this many blocks. */
const advanceTo = async (state: string): Promise<void> => {
  for (let i = 0; i < 60; i += 1) {
    const { record } = must(await market.client.actor(`challenge:${known.challenge}`));
    if (record?.state === state) return;
    market.advance(1n);
  }
  throw new Error(`the challenge never came to ${state}`);
};

/** The seats of the panel in hand, with the account that owns each of them. */
const seatsInHand = async () => {
  const { record } = must(await market.client.actor(`challenge:${known.challenge}`));
  const { seats = [], round } = record?.context ?? {};
  return seats
    .filter((seat) => seat.round === round)
    .map(({ seat, provider }) => {
      const at = KEYS.findIndex((index) => account(index).address === provider);
      return { seat, owner: `dev${OWNERS[at]}`, key: `dev${KEYS[at]}` };
    });
};

/** Seats reveal what they committed to, and all parties open their chunks, a block each. */
const revealAndOpen = async (seats: readonly { readonly owner: string }[]): Promise<void> => {
  await advanceTo('reveal');
  const send = async (lines: readonly (readonly string[])[]): Promise<void> => {
    // Windows are short, and a block for each transaction would use them up.
    market.batch = lines.length;
    const sent = await Promise.all(lines.map((words) => json('challenge', ...words)));
    market.batch = 1;
    expect(sent.map(({ outcome }) => outcome)).toEqual(lines.map(() => 'applied'));
  };
  await send(seats.map(({ owner }) => ['reveal', known.challenge, '--from', owner]));
  market.advance(1n);
  const open = ['open-chunks', known.challenge];
  await send([
    ...seats.map(({ owner }) => [...open, '--from', owner]),
    [...open, '--output', file('right.json'), '--from', `dev${OWNERS[0]}`],
    [...open, '--output', file('wrong.json'), '--from', `dev${OWNERS[1]}`],
  ]);
};

describe('the life of a dispute', () => {
  it('does not begin before somebody says that the prompt may become public', async () => {
    const open = ['challenge', 'open', known.right, known.wrong, '--chunk', '0'];
    const refused = await aivm(...open, '--from', CHALLENGER, '--json');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('makes the prompt public');
    expect(failureOf(refused).code).toBe('cli/not-confirmed');
    const opened = await json(...open, '--from', CHALLENGER, '--yes');
    expect(opened).toMatchObject({ outcome: 'applied', bondNlux: String(10n * LUX) });
    known.challenge = String(opened['challenge']);
    const again = await aivm(...open, '--from', CHALLENGER, '--yes', '--json');
    expect([again.code, failureOf(again).code]).toEqual([1, 'cli/already-open']);
    const published = await line(
      `challenge publish ${known.challenge} --payload ${file('payload.json')} --from ${CHALLENGER}`,
    );
    expect(published).toMatchObject({ outcome: 'applied' });
  });

  it('seats a provider that re-runs, commits, and keeps its salt to itself', async () => {
    await advanceTo('commit');
    const seats = await seatsInHand();
    const commit = ['challenge', 'commit', known.challenge, '--output', file('right.json')];
    const stranger = await aivm(...commit, '--from', CONSUMER, '--json');
    expect(stranger.code).toBe(2);
    expect(failureOf(stranger).code).toBe('cli/not-a-seat');
    const committed = await json(...commit, '--from', seats[0]?.owner ?? '');
    const saved = String(committed['saved']);
    expect(statSync(saved).mode & 0o777).toBe(0o600);
    await revealAndOpen(seats);
    await advanceTo('decided');
  });

  it('goes on to three seats when somebody appeals with the deposit', async () => {
    const appeal = ['challenge', 'appeal', known.challenge, '--from', CONSUMER];
    const unsure = await aivm(...appeal, '--json');
    expect([unsure.code, failureOf(unsure).code]).toEqual([1, 'cli/not-confirmed']);
    const deposit = { depositNlux: String((6n * LUX) / 10n), nextPanelSeats: 3 };
    expect(await json(...appeal, '--dry-run')).toMatchObject({ ...deposit, dryRun: true });
    expect(await json(...appeal, '--yes')).toMatchObject({ ...deposit, outcome: 'applied' });
    await advanceTo('commit');
    const seats = await seatsInHand();
    expect(seats.map(({ seat }) => seat)).toEqual([0, 1, 2]);
    market.batch = 3;
    const commit = ['challenge', 'commit', known.challenge, '--output', file('right.json')];
    await Promise.all(seats.map(({ owner }) => json(...commit, '--from', owner)));
    market.batch = 1;
    await revealAndOpen(seats);
  });

  it('ends with the slash of the minority and a refund for who paid for it', async () => {
    await advanceTo('final');
    const [right, wrong] = [
      await json('attestation', 'show', known.right),
      await json('attestation', 'show', known.wrong),
    ];
    expect(right).toMatchObject({ status: 'final', verdict: 'valid', proofValid: true });
    expect(wrong).toMatchObject({ status: 'faulty', verdict: 'faulty', isFinal: true });
    const refunded = await json('attestation', 'refund', known.wrong, '--from', CONSUMER);
    expect(refunded).toMatchObject({ outcome: 'applied' });
    const settled = await json('attestation', 'settle', known.right, '--from', CONSUMER);
    expect(settled).toMatchObject({ outcome: 'applied' });
    const cheat = await json('provider', 'show', `dev${KEYS[1]}`);
    expect(cheat).toMatchObject({ state: 'inactive', context: { freeNlux: String(90n * LUX) } });
  });

  it('is drawn from its record: who did what, who was paid, and by which rule', async () => {
    const { stdout, code } = await aivm('challenge', 'show', known.challenge);
    expect(code).toBe(0);
    expect(stdout).toMatch(/appealed by A-local1\S+ with 0\.6 LUX: lost, nothing changed/);
    expect(stdout).toMatch(/faulty: n = 3: 3 of 3 seats reject [AB] \(needs 3\), 3 of them agree/);
    expect(stdout).toMatch(/^ +10 LUX {2}slash of [AB]/m);
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
    const shown = await json('challenge', 'show', known.challenge);
    expect(shown).toMatchObject({
      actor: `challenge:${known.challenge}`,
      state: 'final',
      context: { ending: 'decided' },
      timeline: { form: 'pair', panels: [{ round: 1 }, { round: 2, stage: 'judged' }] },
    });
    const { stdout: fields } = await aivm('challenge', 'show', known.challenge, '--record');
    expect(fields).toMatch(/^ending +decided$/m);
  });
});

describe('what was refused', () => {
  it('is not sent, and says actor, state, message and what to do', async () => {
    const before = market.height;
    const refused = await aivm('attestation', 'settle', known.wrong, '--from', CONSUMER, '--json');
    expect(refused.code).toBe(1);
    expect(failureOf(refused)).toMatchObject({
      code: 'not-accepted',
      details: { state: 'faulty', message: 'settle', actor: `attestation:${known.wrong}` },
    });
    expect(market.height).toBe(before);
  });

  it('is sent with --force, and its receipt is printed before the failure', async () => {
    const settle = ['attestation', 'settle', known.wrong, '--from', CONSUMER];
    const refused = await aivm(...settle, '--force', '--json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'not-accepted' },
    });
    expect(failureOf(refused).code).toBe('not-accepted');
  });
});

describe('reading the chain', () => {
  it('proves presence and absence, and answers at heights that were', async () => {
    const [alice, nobody, then] = await Promise.all([
      json('query', 'actor', `account:${CONSUMER}`, '--prove'),
      json('query', 'actor', `account:${'00'.repeat(20)}`, '--prove'),
      json('query', 'actor', `account:${CONSUMER}`, '--height', '0'),
    ]);
    expect(alice).toMatchObject({ actor: `account:${account(15).address}`, proofValid: true });
    expect(nobody).toMatchObject({ record: null, proofValid: true });
    expect(then).toMatchObject({ height: '0', record: { balanceNlux: String(100_000n * LUX) } });
  });

  it('lists blocks, transactions and events as JSON that programs can go on with', async () => {
    const { items } = await json('block', 'list', '--after', '1', '--limit', '2');
    const [first] = items as readonly { readonly height: string; readonly id: string }[];
    expect(first?.height).toBe('1');
    const block = await json('block', 'show', first?.id ?? '');
    const [sent] = block['transactions'] as readonly { readonly id: string }[];
    const shown = await json('tx', 'show', sent?.id ?? '');
    expect(shown).toMatchObject({
      status: 'included',
      transaction: { sender: `account:${account(0).address}`, message: { type: 'register' } },
      receipt: { outcome: 'applied' },
    });
    const watched = await aivm('watch', '--after', '0', '--blocks', '2', '--json');
    const lines = watched.stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as object);
    expect(lines).toMatchObject([{ height: '1' }, { height: '2' }]);
  });

  it('lists a page at a time, each of which begins where the one before ended', async () => {
    const whole = await json('account', 'list');
    const first = await json('account', 'list', '--limit', '8');
    const second = await json('account', 'list', '--after', String(first['next']));
    const items = [first, second].flatMap((page) => page['items'] as readonly unknown[]);
    expect(items).toEqual(whole['items']);
    expect(second['next']).toBeNull();
    const faulty = ['--where', 'state=faulty', `payloadHash=${sha256Hex(PAYLOAD_BYTES)}`];
    const found = await json('attestation', 'list', ...faulty);
    expect(found['items']).toMatchObject([{ actor: `attestation:${known.wrong}` }]);
    const unknown = await aivm('account', 'list', '--where', 'colour=red', '--json');
    expect([unknown.code, failureOf(unknown).code]).toEqual([2, 'cli/bad-option']);
  });

  it('decodes a transaction without a node, and hands it in again to no effect', async () => {
    const bytes = must(await market.client.blockBytes(1n));
    expect(bytes.length).toBeGreaterThan(0);
    const { transactionIds } = must(await market.client.block(1n));
    const found = must(await market.client.transaction(transactionIds[0] ?? ''));
    writeFileSync(file('one.tx'), found?.transaction?.bytes ?? new Uint8Array());
    const decoded = await json('tx', 'decode', file('one.tx'), '--offline');
    expect(decoded).toMatchObject({ id: transactionIds[0], message: { type: 'register' } });
    const again = await aivm('tx', 'submit', file('one.tx'), '--json');
    expect(again.code).toBe(1);
    expect(failureOf(again).code).toMatch(
      /^(?:actors\/nonce-too-low|hosts\/duplicate-transaction)$/,
    );
  });

  it('leaves nothing but keys and the saved re-run behind', () => {
    expect(readdirSync(join(home, '.aivm')).toSorted()).toEqual(['keys', 'reruns']);
    expect(existsSync(join(home, '.aivm', 'data'))).toBe(false);
  });
});
