import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { presetGenesis } from '../../../src/genesis/index.ts';
import { openAivm } from '../../../src/runtime/index.ts';
import {
  advance,
  balance,
  code,
  extend,
  GENESIS,
  open,
  tipOf,
  transfer,
  value,
  withFolder,
} from './chain.ts';

const pay = (nonce: bigint) => transfer({ from: 0, nonce, to: 1 });

describe('a restart', () => {
  it('gives the same tip, records, receipts and proofs', () =>
    withFolder((path) => {
      const before = open({ path });
      advance(before, [pay(0n), pay(1n)]);
      advance(before, [pay(2n)]);
      const lost = extend(before, [pay(3n)]);
      const tip = tipOf(before);
      const receipts = value(before.receipts(1n));
      const query = { actor: 'treasury:', prove: true };
      const proved = value(before.query(query));
      before.close();

      const after = open({ path });
      expect(tipOf(after)).toEqual(tip);
      expect(value(after.receipts(1n))).toEqual(receipts);
      expect(value(after.query(query))).toEqual(proved);
      expect(value(after.check()).root).toBe(tip.root);
      // What was executed and not committed is gone, and can be executed again.
      expect(value(after.status()).pending).toEqual([]);
      expect(value(after.execute(tip.blockId, lost.bytes)).root).toBe(lost.root);
      value(after.commit(lost.blockId));
      after.close();

      const inMemory = open();
      for (const transactions of [[pay(0n), pay(1n)], [pay(2n)], [pay(3n)]]) {
        advance(inMemory, transactions);
      }
      const again = open({ path });
      expect(tipOf(again)).toEqual(tipOf(inMemory));
      again.close();
    }));

  it('may read only, and then commits nothing', () =>
    withFolder((path) => {
      const writer = open({ path });
      advance(writer, [pay(0n)]);
      const { root } = tipOf(writer);
      writer.close();
      const reader = open({ path, readOnly: true });
      expect(tipOf(reader).root).toBe(root);
      const { blockId } = extend(reader, [pay(1n)]);
      expect(code(reader.commit(blockId))).toBe('store/read-only');
      expect(tipOf(reader).root).toBe(root);
      reader.close();
    }));
});

describe('what is opened', () => {
  const bytesOf = (path: string) => readFileSync(join(path, 'data.mdb'));

  it('must be of this genesis: a database of another is refused and not touched', () =>
    withFolder((path) => {
      const aivm = open({ path });
      advance(aivm, [pay(0n)]);
      aivm.close();
      const before = bytesOf(path);
      const other = presetGenesis('local', { time: GENESIS.time + 1n });
      expect(code(openAivm({ genesis: other, path }))).toBe('store/wrong-chain');
      expect(bytesOf(path).equals(before)).toBe(true);
      const again = open({ path });
      expect(balance(again, 1)).toBeGreaterThan(balance(again, 2));
      again.close();
    }));

  it('must not be in use', () =>
    withFolder((path) => {
      const aivm = open({ path });
      expect(code(openAivm({ genesis: GENESIS, path }))).toBe('store/locked');
      aivm.close();
      open({ path }).close();
    }));

  it('must be a database', () =>
    withFolder((path) => {
      writeFileSync(join(path, 'data.mdb'), 'a letter to my aunt');
      expect(code(openAivm({ genesis: GENESIS, path }))).toBe('store/not-a-database');
      expect(readFileSync(join(path, 'data.mdb'), 'utf8')).toBe('a letter to my aunt');
    }));

  it('must be there if it is only to be read', () =>
    withFolder((path) => {
      const missing = join(path, 'missing');
      expect(code(openAivm({ genesis: GENESIS, path: missing, readOnly: true }))).toBe(
        'store/missing',
      );
      expect(existsSync(missing)).toBe(false);
    }));

  it('must come from a genesis that holds together', () =>
    withFolder((path) => {
      const penniless = presetGenesis('local', { allocations: [] });
      expect(code(openAivm({ genesis: penniless, path }))).toBe('genesis/no-allocation');
      expect(readdirSync(path)).not.toContain('new');
    }));

  it.each([-1, 1.5, Number.NaN, 1_000_000_001])(
    'must keep a whole history, not %s',
    (historyHeights) => {
      expect(code(openAivm({ genesis: GENESIS, historyHeights }))).toBe('runtime/bad-option');
    },
  );
});
