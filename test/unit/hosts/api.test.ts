import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applied, NodeClient, writeJson, dryRunBody } from '../../../src/client/index.ts';
import { formatAddress, toHex } from '../../../src/codec/index.ts';
import { genesisHash, parseGenesis } from '../../../src/genesis/index.ts';
import { BEACON, PARAMETERS } from '../../../src/machines/index.ts';
import { decodeBlock } from '../../../src/runtime/index.ts';
import {
  account,
  accountId,
  CHAIN,
  GENESIS,
  produce,
  startTestNode,
  transfer,
} from './support/chain.ts';

type TestNode = Awaited<ReturnType<typeof startTestNode>>;
let running: TestNode;
let client: NodeClient;

beforeAll(async () => {
  running = await startTestNode();
  client = new NodeClient({ url: running.url });
});
afterAll(() => running.stop());

const valueOf = async <T>(
  result: Promise<{ ok: true; value: T } | { ok: false; failure: { code: string } }>,
): Promise<T> => {
  const settled = await result;
  if (!settled.ok) throw new Error(JSON.stringify(settled.failure));
  return settled.value;
};

const get = async (path: string) => {
  const response = await fetch(running.url + path);
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
};

describe('the life of a transaction', () => {
  test('from submission to receipt', async () => {
    const before = await valueOf(client.account(account(0).address));
    const sent = transfer(0, before.nonce, { valueNlux: 1_234n });
    expect(await client.submit(sent.bytes)).toEqual({ ok: true, value: { id: sent.id } });
    expect(await valueOf(client.receipt(sent.id))).toBeUndefined();
    expect(await valueOf(client.transaction(sent.id))).toMatchObject({
      id: sent.id,
      status: 'pending',
      place: undefined,
      transaction: {
        sender: accountId(0),
        receiver: accountId(1),
        valueNlux: 1_234n,
        message: { type: 'transfer' },
        bytes: sent.bytes,
      },
    });
    const waiting = await valueOf(client.account(account(0).address));
    expect(waiting).toMatchObject({ nonce: before.nonce, pendingNonce: before.nonce + 1n });
    produce(running.node, running.clock);
    const receipt = await valueOf(client.receipt(sent.id));
    expect(receipt).toMatchObject({ id: sent.id, index: 0 });
    expect(receipt?.receipt.outcome).toEqual({ type: 'applied' });
    expect(await valueOf(client.transaction(sent.id))).toMatchObject({
      status: 'included',
      place: { height: receipt?.height, blockId: receipt?.blockId, index: 0 },
    });
    const after = await valueOf(client.account(account(0).address));
    const fee = receipt?.receipt.feeNlux ?? 0n;
    expect(after.balanceNlux).toBe(before.balanceNlux - 1_234n - fee);
    expect(after.nonce).toBe(before.nonce + 1n);
  });

  test('in JSON as well as in bytes', async () => {
    const { nonce } = await valueOf(client.account(account(2).address));
    const sent = transfer(2, nonce);
    const response = await fetch(`${running.url}/v1/transactions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ transaction: sent.hex }),
    });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ id: sent.id });
    produce(running.node, running.clock);
  });

  test('waiting for the receipt', async () => {
    const { nonce } = await valueOf(client.account(account(3).address));
    const sent = transfer(3, nonce);
    const waiting = client.submitAndWait(sent.bytes, { timeoutMilliseconds: 20_000 });
    const timer = setInterval(() => {
      if (running.node.hasReady) produce(running.node, running.clock);
    }, 5);
    const receipt = await valueOf(waiting);
    clearInterval(timer);
    expect(receipt.id).toBe(sent.id);
    expect(applied(receipt)).toMatchObject({ ok: true });
  });

  test('that a machine refuses is included, and tells why', async () => {
    const { nonce } = await valueOf(client.account(account(4).address));
    // No round of the beacon is due so far in the future.
    const sent = transfer(4, nonce, {
      receiver: BEACON as never,
      message: { type: 'submitRound', round: 10n ** 12n, proof: new Uint8Array(32) } as never,
      valueNlux: 0n,
    });
    await valueOf(client.submit(sent.bytes));
    produce(running.node, running.clock);
    const receipt = await valueOf(client.receipt(sent.id));
    if (receipt === undefined) throw new Error('no receipt');
    expect(applied(receipt)).toMatchObject({
      failure: {
        code: 'client/refused',
        details: { code: 'beacon-round-future', actor: 'beacon:', message: 'submitRound' },
      },
    });
  });

  test('that is not included ends the waiting', async () => {
    const { nonce } = await valueOf(client.account(account(5).address));
    const sent = transfer(5, nonce);
    const waited = await client.submitAndWait(sent.bytes, { timeoutMilliseconds: 120 });
    expect(waited).toMatchObject({ failure: { code: 'client/not-included' } });
    // A better paid one of the same nonce takes its place, and says so.
    await valueOf(client.submit(transfer(5, nonce, { gasPriceNlux: 2n }).bytes));
    expect(await valueOf(client.transaction(sent.id))).toMatchObject({
      status: 'dropped',
      dropped: { code: 'hosts/replaced' },
      transaction: undefined,
    });
    produce(running.node, running.clock);
  });

  test('of several in a row keeps their order, in one block', async () => {
    const { nonce } = await valueOf(client.account(account(6).address));
    const sent = [2n, 0n, 1n].map((step) => transfer(6, nonce + step, { gasPriceNlux: 5n }));
    for (const { bytes } of sent) await valueOf(client.submit(bytes));
    produce(running.node, running.clock);
    const block = await valueOf(client.block());
    expect(block.transactionIds).toEqual([sent[1]?.id, sent[2]?.id, sent[0]?.id]);
  });
});

describe('a submission is refused', () => {
  const codeOf = async (bytes: Uint8Array): Promise<string> => {
    const submitted = await client.submit(bytes);
    return submitted.ok ? 'accepted' : submitted.failure.code;
  };

  test('twice, waiting or included', async () => {
    const { nonce } = await valueOf(client.account(account(7).address));
    const sent = transfer(7, nonce);
    expect(await codeOf(sent.bytes)).toBe('accepted');
    expect(await codeOf(sent.bytes)).toBe('hosts/duplicate-transaction');
    produce(running.node, running.clock);
    expect(await codeOf(sent.bytes)).toBe('hosts/duplicate-transaction');
  });

  test('for its nonce, expiry, gas, price, funds, chain or signature', async () => {
    const { nonce, balanceNlux } = await valueOf(client.account(account(8).address));
    const { height } = await valueOf(client.block());
    const cases = {
      'hosts/nonce-too-far': transfer(8, nonce + 64n),
      'actors/expired': transfer(8, nonce, { expiry: height }),
      'actors/gas-limit-too-low': transfer(8, nonce, { gasLimit: 1n }),
      'actors/gas-limit-too-high': transfer(8, nonce, { gasLimit: 10n ** 12n }),
      'actors/gas-price-too-low': transfer(8, nonce, { gasPriceNlux: 0n }),
      'actors/insufficient-balance': transfer(8, nonce, { valueNlux: balanceNlux }),
    };
    for (const [code, { bytes }] of Object.entries(cases)) expect(await codeOf(bytes)).toBe(code);
    const signature = transfer(8, nonce).bytes.slice();
    signature[signature.length - 1] = 7;
    expect(await codeOf(signature)).toBe('codec/signature-v');
    expect(await codeOf(new Uint8Array(0))).toBe('codec/truncated');
    expect(await codeOf(Uint8Array.of(0xa0))).toBe('codec/forbidden-type');
    expect(await codeOf(transfer(0, 0n).bytes)).toBe('actors/nonce-too-low');
  });
});

describe('a dry run', () => {
  const BODY = {
    sender: accountId(0),
    receiver: accountId(1),
    valueNlux: 5n,
    gasLimit: undefined,
    gasPriceNlux: undefined,
    message: { type: 'transfer' },
  } as const;

  test('gives the receipt and a gas limit that suffices, and changes nothing', async () => {
    const { root } = await valueOf(client.block());
    const tried = await valueOf(client.dryRun('account', BODY));
    expect(tried.receipt.outcome).toEqual({ type: 'applied' });
    const { nonce } = await valueOf(client.account(account(0).address));
    const sent = transfer(0, nonce, { valueNlux: 5n, gasLimit: tried.gasEstimate });
    await valueOf(client.submit(sent.bytes));
    expect((await valueOf(client.block())).root).toBe(root);
    produce(running.node, running.clock);
    const receipt = await valueOf(client.receipt(sent.id));
    expect(receipt?.receipt.outcome).toEqual({ type: 'applied' });
    expect(receipt?.receipt.gasUsed).toBeLessThanOrEqual(tried.gasEstimate);
  });

  test.each([
    ['a field that is none', { extra: 1 }, 'json/unknown-field', 'extra'],
    [
      'a message of another kind',
      { message: { type: 'stake' } },
      'json/unknown-variant',
      'message.type',
    ],
    ['no receiver', { receiver: 7 }, 'machines/bad-address', undefined],
    ['a sender that is no address', { sender: 'x' }, 'machines/bad-address', 'sender'],
    ['a sender that is no account', { sender: 'beacon:' }, 'runtime/bad-actor', undefined],
    [
      'more than it has',
      { valueNlux: String(10n ** 30n) },
      'actors/insufficient-balance',
      undefined,
    ],
  ])('is refused for %s', async (_, change, code, path) => {
    const json = { ...(writeJson(dryRunBody('account'), BODY) as object), ...change };
    const response = await fetch(`${running.url}/v1/transactions/dry-run`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    });
    const body = (await response.json()) as { code: string; details: { path?: string } };
    expect(body.code).toBe(code);
    expect(body.details.path).toBe(path);
    expect(response.status).toBe(code === 'actors/insufficient-balance' ? 409 : 400);
  });
});

describe('the state', () => {
  test('gives actors with proofs that the client checks', async () => {
    const answer = await valueOf(client.actor(accountId(1), { prove: true }));
    expect(answer.record?.state).toBe('open');
    expect(answer.proof?.value).toBeInstanceOf(Uint8Array);
    const { root } = await valueOf(client.block());
    const trusted = await client.actor(PARAMETERS, { prove: true, trustedRoot: root });
    expect(trusted).toMatchObject({ ok: true, value: { root } });
    const distrusted = await client.actor(PARAMETERS, {
      prove: true,
      trustedRoot: '00'.repeat(32),
    });
    expect(distrusted).toMatchObject({ failure: { code: 'client/proof-invalid' } });
  });

  test('gives the absence of an actor with a proof', async () => {
    const absent = `model:${'ee'.repeat(32)}` as const;
    const answer = await valueOf(client.actor(absent, { prove: true }));
    expect(answer.record).toBeUndefined();
    expect(answer.proof?.value).toBeUndefined();
  });

  test('gives earlier states', async () => {
    const genesis = await valueOf(client.actor(accountId(0), { height: 0n, prove: true }));
    expect(genesis.record).toMatchObject({ context: { nonce: 0n } });
    expect((await get('/v1/actors/parameters/-?height=999999')).json['code']).toBe(
      'store/unknown-height',
    );
  });

  test('lists actors a page at a time', async () => {
    const seen: string[] = [];
    let from: string | undefined;
    do {
      const page: { next: string | undefined; items: readonly { actor: string }[] } = await valueOf(
        client.list('account', { from, limit: 7 }),
      );
      seen.push(...page.items.map(({ actor }) => actor));
      from = page.next;
    } while (from !== undefined);
    expect(seen).toHaveLength(32);
    expect(seen).toEqual(seen.toSorted());
  });

  test('takes addresses in bech32', async () => {
    const { address } = account(1);
    const text = formatAddress(address, 'local');
    expect(await valueOf(client.account(text))).toEqual(await valueOf(client.account(address)));
    expect((await get(`/v1/actors/account/${text}`)).json).toMatchObject({ actor: accountId(1) });
    const foreign = await get(`/v1/accounts/${formatAddress(address, 'lux')}`);
    expect(foreign).toMatchObject({ status: 400, json: { code: 'codec/address-network' } });
  });

  test('shows parameters and supply', async () => {
    const { parameters } = await valueOf(client.parameters());
    expect(parameters).toEqual({ current: GENESIS.parameters });
    expect(await valueOf(client.supply())).toMatchObject({
      totalNlux: GENESIS.allocations.reduce((sum, { amountNlux }) => sum + amountNlux, 0n),
      burnedNlux: 0n,
    });
  });
});

describe('history', () => {
  test('gives blocks by height, by id and as the last one', async () => {
    const latest = await valueOf(client.block());
    expect(await valueOf(client.block(latest.height))).toEqual(latest);
    expect(await valueOf(client.block(latest.id))).toEqual(latest);
    expect(latest.time).toBe(running.clock.read());
  });

  test('gives pages of blocks', async () => {
    const first = await valueOf(client.blocks({ from: 0n, limit: 2 }));
    expect(first.items.map(({ height }) => height)).toEqual([0n, 1n]);
    expect(first.next).toBe(2n);
    const { height } = await valueOf(client.block());
    const last = await valueOf(client.blocks({ from: height }));
    expect(last.items).toHaveLength(1);
    expect(last.next).toBeUndefined();
    expect(last.items[0]?.transactions).toBe((await valueOf(client.block())).transactionIds.length);
  });

  test('gives a block as it travels, and its receipts', async () => {
    const block = await valueOf(client.block());
    const decoded = decodeBlock(await valueOf(client.blockBytes()));
    expect(decoded).toMatchObject({ ok: true, value: { id: block.id } });
    const receipts = await valueOf(client.blockReceipts(block.height));
    expect(receipts.receipts.map(({ id }) => id)).toEqual(block.transactionIds);
    expect(receipts.begin).toMatchObject({ timers: [], carriedOver: false });
  });
});

describe('the node', () => {
  test('says who it is', async () => {
    expect(await valueOf(client.node())).toMatchObject({
      ...CHAIN,
      genesisHash: genesisHash(GENESIS),
      hrp: 'local',
      isDevelopment: true,
      version: '0.0.0-test',
    });
    expect(running.warnings).toEqual([
      expect.stringContaining('of type dev'),
      expect.stringContaining('TEST ROOT TRUSTED'),
    ]);
  });

  test('hands out its genesis', async () => {
    const parsed = parseGenesis(JSON.stringify(await valueOf(client.genesis())));
    expect(parsed).toEqual({ ok: true, value: GENESIS });
  });

  test('says how it does', async () => {
    const health = await valueOf(client.health());
    expect(health).toMatchObject({ status: 'ok', ageSeconds: 0n, failure: undefined });
    running.clock.advance(60n);
    expect((await valueOf(client.health())).ageSeconds).toBe(60n);
  });

  test('counts in the form of Prometheus', async () => {
    const text = await valueOf(client.metrics());
    const { height } = await valueOf(client.block());
    expect(text).toContain(`\naivm_block_height ${height}\n`);
    expect(text).toMatch(/^aivm_transactions_total\{outcome="applied"\} [1-9][0-9]*$/m);
    expect(text).toMatch(/^aivm_transactions_total\{outcome="refused"\} 1$/m);
    expect(text).toMatch(/^aivm_block_duration_seconds_bucket\{le="\+Inf"\} [1-9][0-9]*$/m);
    expect(text).toMatch(/^aivm_resident_memory_bytes [1-9][0-9]+$/m);
    for (const line of text.trimEnd().split('\n')) {
      expect(line).toMatch(/^(?:# (?:HELP|TYPE) aivm_[a-z_]+ .+|aivm_[a-z_]+(?:\{[^}]*\})? \S+)$/);
    }
  });
});

test('an answer that was tampered with is not believed', async () => {
  const tampering: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const text = (await response.text()).replace('"nonce":"', '"nonce":"9');
    return new Response(text, response);
  };
  const fooled = new NodeClient({ url: running.url, fetch: tampering });
  const answer = await fooled.actor(accountId(0), { prove: true });
  expect(answer).toMatchObject({ failure: { code: 'client/proof-invalid' } });
  const swapped: typeof fetch = (input, init) =>
    fetch(String(input).replace(account(0).address, account(1).address), init);
  const other = new NodeClient({ url: running.url, fetch: swapped });
  expect(await other.actor(accountId(0), { prove: true })).toMatchObject({
    failure: { code: 'client/proof-invalid' },
  });
});

test('what is not a node is told from one', async () => {
  const nobody = new NodeClient({ url: 'http://127.0.0.1:1' });
  expect(await nobody.health()).toMatchObject({ failure: { code: 'client/unreachable' } });
  const answering = (body: string, status = 200): typeof fetch =>
    (async () => new Response(body, { status })) as typeof fetch;
  for (const [body, status] of [
    ['<html>', 200],
    ['{}', 200],
    ['oops', 500],
    ['{"code":1}', 404],
  ] as const) {
    const client502 = new NodeClient({ url: running.url, fetch: answering(body, status) });
    expect(await client502.supply()).toMatchObject({ failure: { code: 'client/bad-answer' } });
  }
  const silent = new NodeClient({
    url: running.url,
    timeoutMilliseconds: 20,
    fetch: (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      }),
  });
  expect(await silent.supply()).toMatchObject({ failure: { code: 'client/timeout' } });
  const stream = await silent.events({ attempts: 1 }).next();
  expect(stream.value).toMatchObject({ failure: { code: 'client/timeout' } });
});

test('hex is what a person sees of a transaction', async () => {
  const { nonce } = await valueOf(client.account(account(9).address));
  const sent = transfer(9, nonce);
  await valueOf(client.submit(sent.bytes));
  const { json } = await get(`/v1/transactions/${sent.id}`);
  expect(json).toMatchObject({ transaction: { bytes: toHex(sent.bytes), nonce: String(nonce) } });
  produce(running.node, running.clock);
});
