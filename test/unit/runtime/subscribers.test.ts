import { TEST_ROOT_WARNING } from '../../../src/tee/generator/index.ts';
import { describe, expect, it } from 'vitest';
import type { CommittedNotice, LogEntry } from '../../../src/runtime/index.ts';
import { MAX_SUBSCRIBERS, MAX_WAITING_NOTICES } from '../../../src/runtime/index.ts';
import { advance, code, open, tipOf, transfer, value } from './chain.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('listeners', () => {
  it('hear of every committed block, after the commit', async () => {
    const aivm = open();
    const heard: CommittedNotice[] = [];
    const end = value(aivm.subscribe((notice) => heard.push(notice)));
    const { blockId, root } = advance(aivm, [transfer({ from: 0, nonce: 0n, to: 1 })]);
    expect(heard).toEqual([]);
    await turn();
    const { time } = tipOf(aivm);
    expect(heard).toEqual([{ height: 1n, blockId, root, time, transactions: 1, missed: 0 }]);
    end();
    advance(aivm);
    await turn();
    expect(heard).toHaveLength(1);
  });

  it('that are too slow lose the oldest notices and learn how many', async () => {
    const aivm = open();
    const heard: CommittedNotice[] = [];
    value(aivm.subscribe((notice) => heard.push(notice)));
    for (let i = 0; i < MAX_WAITING_NOTICES + 3; i++) advance(aivm);
    await turn();
    expect(heard).toHaveLength(MAX_WAITING_NOTICES);
    expect(heard[0]).toMatchObject({ height: 4n, missed: 3 });
    expect(heard[1]?.missed).toBe(0);
  });

  it('that throw disturb neither the chain nor the others', async () => {
    const log: LogEntry[] = [];
    const aivm = open({ log: (entry) => log.push(entry) });
    const heard: bigint[] = [];
    value(
      aivm.subscribe(() => {
        throw new Error('clumsy');
      }),
    );
    value(aivm.subscribe(({ height }) => heard.push(height)));
    advance(aivm);
    await turn();
    expect(heard).toEqual([1n]);
    expect(log.map(({ level, message }) => [level, message])).toEqual([
      ['Warn', TEST_ROOT_WARNING],
      ['Error', 'a listener of committed blocks threw'],
    ]);
    advance(aivm);
    expect(tipOf(aivm).height).toBe(2n);
  });

  it('may commit the next block themselves', async () => {
    const aivm = open();
    value(aivm.subscribe(({ height }) => height < 4n && advance(aivm)));
    advance(aivm);
    await turn();
    expect(tipOf(aivm).height).toBe(4n);
  });

  it('are limited in number', () => {
    const aivm = open();
    for (let i = 0; i < MAX_SUBSCRIBERS; i++) value(aivm.subscribe(() => undefined));
    expect(code(aivm.subscribe(() => undefined))).toBe('runtime/too-many-subscribers');
  });
});
