import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NodeClient } from '../../../src/client/index.ts';
import type { Failure, Result } from '../../../src/codec/index.ts';
import { presetGenesis } from '../../../src/genesis/index.ts';
import { EmbeddedNode, openNode, startNode } from '../../../src/hosts/index.ts';
import { runtimeErrors } from '../../../src/runtime/index.ts';
import {
  account,
  ENGINE,
  GENESIS,
  GENESIS_TIME,
  produce,
  startTestNode,
  transfer,
} from './support/chain.ts';

const valueOf = <T>(result: Result<T, Failure>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};
const codeOf = (result: Result<unknown, Failure>): string =>
  result.ok ? 'ok' : result.failure.code;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aivm-hosts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const MANUAL = { genesis: GENESIS, engine: ENGINE, production: { type: 'manual' } } as const;

describe('the options', () => {
  test.each([
    ['production.milliseconds', { production: { type: 'interval', milliseconds: 0 } }],
    ['production.milliseconds', { production: { type: 'interval', milliseconds: 0.5 } }],
    ['production.milliseconds', { production: { type: 'interval', milliseconds: 10 ** 9 } }],
    ['mempool.transactions', { mempool: { transactions: 0 } }],
    ['mempool.bytes', { mempool: { bytes: Number.NaN } }],
    ['mempool.perSender', { mempool: { perSender: -1 } }],
    ['mempool.ageBlocks', { mempool: { ageBlocks: 0n } }],
    ['operatorKey', { operatorKey: 'abc' }],
    ['proposer', { proposer: 'AB'.repeat(20) }],
    ['port', { http: { port: 65_536 } }],
    ['port', { http: { port: 1.5 } }],
    ['host', { http: { host: '' } }],
    ['limits.requests', { http: { limits: { requests: 0 } } }],
    ['limits.bodyBytes', { http: { limits: { bodyBytes: Number.POSITIVE_INFINITY } } }],
  ] as const)('%s out of range is told', async (option, options) => {
    const started = await startNode({ ...MANUAL, http: { port: 0 }, ...options });
    expect(started).toMatchObject({ failure: { code: 'hosts/bad-option', details: { option } } });
  });

  test('a history out of range is told by the runtime', async () => {
    expect(codeOf(await openNode({ ...MANUAL, historyHeights: -1 }))).toBe('runtime/bad-option');
  });

  test('a dev beacon without an operator is refused, and takes one that is named', async () => {
    const allocations = [{ address: account(0).address, amountNlux: 10n ** 15n }];
    const genesis = presetGenesis('local', { time: GENESIS_TIME, allocations });
    expect(codeOf(await openNode({ ...MANUAL, genesis }))).toBe('hosts/operator-key');
    const operatorKey = account(0).privateKey;
    const opened = valueOf(await openNode({ ...MANUAL, genesis, operatorKey }));
    await opened.stop();
  });

  test('a genesis that does not hold together is refused', async () => {
    const genesis = { ...GENESIS, allocations: [], network: 'local' } as const;
    const opened = await openNode({ ...MANUAL, genesis, operatorKey: account(0).privateKey });
    expect(codeOf(opened)).toBe('genesis/no-allocation');
  });

  test('a data directory that is a file is refused', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'x');
    expect(codeOf(await openNode({ ...MANUAL, dataDir: file }))).toBe('hosts/data-dir');
    expect(codeOf(await openNode({ ...MANUAL, dataDir: join(file, 'x') }))).toBe('hosts/data-dir');
  });

  test('listening beyond this machine is warned of', async () => {
    const running = await startTestNode({ http: { host: '0.0.0.0' } });
    expect(running.warnings[0]).toMatch(/0\.0\.0\.0.*without a password/);
    await running.stop();
  });

  test('a host that is not this machine is refused', async () => {
    const started = await startNode({ ...MANUAL, http: { host: '192.0.2.1', port: 0 } });
    expect(codeOf(started)).toBe('hosts/cannot-listen');
  });
});

describe('two at a time', () => {
  test('at one port are refused, and the refused one leaves nothing open', async () => {
    const dataDir = join(folder, 'port');
    const first = await startTestNode();
    const second = await startNode({ ...MANUAL, dataDir, http: { port: first.port } });
    expect(second).toMatchObject({
      failure: {
        code: 'hosts/port-in-use',
        details: { host: '127.0.0.1', port: String(first.port) },
      },
    });
    await first.stop();
    const third = valueOf(await startNode({ ...MANUAL, dataDir, http: { port: first.port } }));
    await third.stop();
  });

  test('on one database are refused', async () => {
    const dataDir = join(folder, 'locked');
    const first = valueOf(await openNode({ ...MANUAL, dataDir }));
    expect(codeOf(await openNode({ ...MANUAL, dataDir }))).toBe('store/locked');
    await first.stop();
    const second = valueOf(await openNode({ ...MANUAL, dataDir }));
    await second.stop();
  });

  test('of different chains are refused', async () => {
    const dataDir = join(folder, 'foreign');
    await valueOf(await openNode({ ...MANUAL, dataDir })).stop();
    const genesis = presetGenesis('local', { time: GENESIS_TIME + 1n });
    expect(codeOf(await openNode({ ...MANUAL, genesis, dataDir }))).toBe('store/wrong-chain');
  });
});

describe('a restart', () => {
  test('goes on with the same root, and forgets what only waited', async () => {
    const dataDir = join(folder, 'restart');
    const first = await startTestNode({ dataDir });
    valueOf(first.node.submit(transfer(0, 0n).bytes));
    produce(first.node, first.clock, 3);
    valueOf(first.node.submit(transfer(0, 1n).bytes));
    const before = valueOf(first.node.chain.tip());
    await first.stop();
    await first.stop();
    expect(codeOf(first.node.produce())).toBe('hosts/stopped');
    expect(codeOf(first.node.submit(transfer(0, 1n).bytes))).toBe('hosts/stopped');
    const second = await startTestNode({ dataDir });
    expect(valueOf(second.node.chain.tip())).toEqual(before);
    expect(second.node.waiting.count).toBe(0);
    expect(valueOf(second.node.transaction(transfer(0, 0n).id)).type).toBe('included');
    produce(second.node, second.clock);
    await second.stop();
  });

  test('after a kill finds every block that was told, with the same root', async () => {
    const dataDir = join(folder, 'killed');
    const told: { readonly height: string; readonly root: string }[] = [];
    for (const blocks of [3, 8, 20]) {
      const script = join(import.meta.dirname, 'support/node-process.ts');
      const child = spawn(
        process.execPath,
        ['--conditions=aivm-source', '--disable-warning=ExperimentalWarning', script, dataDir],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let text = '';
      await new Promise<void>((resolve) => {
        child.stdout.on('data', (part: Buffer) => {
          text += part.toString();
          if (text.split('\n').length > blocks) child.kill('SIGKILL');
        });
        child.on('exit', () => resolve());
      });
      const lines = text.split('\n').slice(0, -1);
      told.push(...lines.map((line) => JSON.parse(line) as (typeof told)[number]));
    }
    const { node, stop } = valueOf(await openNode({ ...MANUAL, dataDir }));
    expect(told.length).toBeGreaterThan(30);
    for (const { height, root } of told) {
      expect(valueOf(node.chain.block(BigInt(height)))?.root).toBe(root);
    }
    expect(valueOf(node.chain.check()).height).toBeGreaterThanOrEqual(
      BigInt(told.at(-1)?.height ?? 0),
    );
    await stop();
  }, 60_000);
});

describe('blocks', () => {
  test('come at an interval', async () => {
    const running = await startTestNode({ production: { type: 'interval', milliseconds: 10 } });
    const client = new NodeClient({ url: running.url });
    const receipt = await client.submitAndWait(transfer(0, 0n).bytes);
    expect(receipt).toMatchObject({ ok: true });
    await expect.poll(() => valueOf(running.node.chain.tip()).height).toBeGreaterThan(5n);
    await running.stop();
  });

  test('come when a transaction waits, and not otherwise', async () => {
    const running = await startTestNode({ production: { type: 'on-transaction' } });
    const client = new NodeClient({ url: running.url });
    for (const nonce of [0n, 1n]) {
      expect(await client.submitAndWait(transfer(0, nonce).bytes)).toMatchObject({ ok: true });
    }
    // Behind a gap: no block takes it, so none is made.
    valueOf(running.node.submit(transfer(1, 1n).bytes));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(valueOf(running.node.chain.tip()).height).toBe(2n);
    valueOf(running.node.submit(transfer(1, 0n).bytes));
    await expect.poll(() => valueOf(running.node.chain.tip()).height).toBe(3n);
    expect(running.node.waiting.count).toBe(0);
    await running.stop();
  });

  test('have a time that never goes backwards', async () => {
    const running = await startTestNode();
    produce(running.node, running.clock, 2);
    running.clock.advance(-100n);
    const made = valueOf(running.node.produce());
    expect(made.time).toBe(GENESIS_TIME + 2n);
    await running.stop();
  });

  test('leave out what cannot be included any more, and say why', async () => {
    const running = await startTestNode();
    const poor = transfer(0, 0n, { to: 3, valueNlux: 99_999_000_000_000n });
    const late = transfer(0, 1n, { valueNlux: 10_000_000_000n });
    valueOf(running.node.submit(poor.bytes));
    valueOf(running.node.submit(late.bytes));
    const made = valueOf(running.node.produce());
    expect(made.included).toEqual([poor.id]);
    expect(made.dropped).toMatchObject([
      { id: late.id, failure: { code: 'actors/insufficient-balance' } },
    ]);
    expect(valueOf(running.node.transaction(late.id))).toMatchObject({
      type: 'dropped',
      failure: { code: 'actors/insufficient-balance' },
    });
    expect(running.node.waiting.count).toBe(0);
    await running.stop();
  });
});

describe('a node whose chain fails', () => {
  const broken = async (commit: () => Result<never, Failure>) => {
    const running = await startTestNode();
    const { config, chain, metrics } = running.node;
    const dropped: string[] = [];
    const failing = {
      ...chain,
      commit,
      drop: (id: string) => {
        dropped.push(id);
        return chain.drop(id);
      },
    };
    const node = new EmbeddedNode({ config, chain: failing, operator: undefined, metrics });
    return { running, node, dropped };
  };
  const failed = (code: string, message = ''): Result<never, Failure> => ({
    ok: false,
    failure: { code, message, details: { cause: 'a test' } },
  });

  test('keeps what waits when the disk is full, and leaves no block behind', async () => {
    const { running, node, dropped } = await broken(() => failed('store/write-failed'));
    valueOf(node.submit(transfer(0, 0n).bytes));
    expect(codeOf(node.produce())).toBe('store/write-failed');
    expect(node.failure?.code).toBe('store/write-failed');
    expect(node.waiting.count).toBe(1);
    expect(dropped).toHaveLength(1);
    expect(valueOf(running.node.chain.status()).pending).toEqual([]);
    // There is room again.
    valueOf(running.node.submit(transfer(0, 0n).bytes));
    expect(valueOf(running.node.produce()).included).toHaveLength(1);
    await running.stop();
  });

  test('takes nothing more once the runtime has halted', async () => {
    const message = runtimeErrors['runtime/halted'];
    const { running, node } = await broken(() => failed('runtime/halted', message));
    expect(codeOf(node.produce())).toBe('runtime/halted');
    expect(node.submit(transfer(0, 0n).bytes)).toMatchObject({
      failure: { code: 'hosts/halted', details: { cause: 'a test' } },
    });
    await running.stop();
  });
});

test('a stop in the middle of requests answers them or says that it stops', async () => {
  const running = await startTestNode({ production: { type: 'interval', milliseconds: 5 } });
  const statuses: number[] = [];
  const asking = Array.from({ length: 50 }, async (_, i) => {
    await new Promise((resolve) => setTimeout(resolve, i));
    try {
      const response = await fetch(`${running.url}/v1/health`);
      statuses.push(response.status);
      await response.text();
    } catch {
      statuses.push(0);
    }
  });
  // However busy the machine is: some are answered before the stop, and others come after it.
  while (!statuses.includes(200)) await new Promise((resolve) => setTimeout(resolve, 5));
  await running.stop();
  await Promise.all(asking);
  expect(statuses).toContain(200);
  expect(statuses.filter((status) => ![0, 200, 503].includes(status))).toEqual([]);
});
