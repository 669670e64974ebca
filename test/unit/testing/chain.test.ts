import { describe, expect, it } from 'vitest';
import { presetGenesis } from '../../../src/genesis/index.ts';
import { BEACON, BURN, TREASURY, type ActorId } from '../../../src/machines/kit/index.ts';
import { LOCAL } from '../../../src/genesis/presets/local.ts';
import { openAivm, unwrap } from '../../../src/runtime/index.ts';
import { AivmError } from '../../../src/runtime/aivm-error.ts';
import {
  ACCOUNT_FUNDS_NLUX,
  bootChain,
  type EngineName,
  type TestChain,
} from '../../../src/testing/index.ts';

const ENGINES: readonly EngineName[] = ['runtime', 'kernel'];
const PEOPLE = ['alice', 'bob', 'anyone'];
const PAY = { type: 'transfer' } as const;

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof AivmError) return error.code;
    throw error;
  }
  return '';
};

/** Records of all actors but of those that refer to ids of blocks. */
const recordsOf = (chain: TestChain) =>
  chain.view.everybody().map(({ id, record }) => [id, record] as const);

describe.each(ENGINES)('a chain on the %s engine', (engine) => {
  const boot = () => bootChain({ accounts: PEOPLE, engine });

  it('begins at height 0 with the funds of genesis, twice at no cost and the same', () => {
    const chain = boot();
    expect([chain.height, chain.balance(chain.account('alice'))]).toEqual([0n, ACCOUNT_FUNDS_NLUX]);
    expect(chain.list('account')).toHaveLength(3);
    expect(boot().root()).toBe(chain.root());
    expect(boot().snapshot()).toBe(chain.snapshot());
  });

  it('sends, and says with an error what was not as the test meant it', () => {
    const chain = boot();
    const [to, burn] = [chain.account('bob'), BURN];
    expect(chain.send('alice', to, PAY, 5n).outcome.type).toBe('applied');
    expect(chain.balance(to)).toBe(ACCOUNT_FUNDS_NLUX + 5n);
    const refusal = chain.refusal('alice', BEACON, {
      type: 'submitRound',
      round: 99n,
      proof: new Uint8Array(32),
    });
    expect(refusal.actor).toBe(BEACON);
    expect(codeOf(() => chain.refusal('alice', burn, { type: 'deposit' }, 1n))).toBe(
      'testing/not-refused',
    );
    const tooEarly = { type: 'submitRound', round: 99n, proof: new Uint8Array(32) } as const;
    expect(codeOf(() => chain.send('alice', BEACON, tooEarly))).toBe('testing/refused');
    expect(codeOf(() => chain.send('nobody', to, PAY, 5n))).toBe('testing/left-out');
    expect(chain.height).toBe(5n);
  });

  it('tells what became of each order of a block', () => {
    const chain = boot();
    const offered = chain.offer(
      chain.order('alice', chain.account('bob'), PAY, 1n),
      chain.order('nobody', chain.account('bob'), PAY, 1n),
      chain.order('alice', chain.account('bob'), PAY, 2n),
      { ...chain.order('bob', chain.account('bob'), PAY, 2n), gasLimit: 1n },
    );
    expect(offered.map((each) => each.included || each.failure.code)).toEqual([
      true,
      'actors/insufficient-balance',
      true,
      'actors/gas-limit-too-low',
    ]);
    expect([chain.height, chain.actor(chain.account('alice'))?.context.nonce]).toEqual([1n, 2n]);
  });

  it('advances by blocks, heights and seconds, and only forward', () => {
    const chain = boot();
    const start = chain.time;
    chain.tick(3);
    chain.advanceTo(10n);
    expect([chain.height, chain.time]).toEqual([10n, start + 10n * chain.blockSeconds]);
    chain.advanceTime(7n);
    expect(chain.time).toBe(start + 17n);
    chain.pause(1_000n);
    expect([chain.height, chain.time]).toEqual([18n, start + 1_017n]);
    expect(codeOf(() => chain.advanceTo(3n))).toBe('testing/bad-advance');
    expect(codeOf(() => chain.advanceTime(-1n))).toBe('testing/bad-advance');
    expect(codeOf(() => chain.pause(-1n))).toBe('testing/bad-advance');
  });

  it('comes back to a snapshot, and goes on from one moment in two ways', () => {
    const chain = boot();
    chain.send('alice', chain.account('bob'), PAY, 5n);
    const moment = chain.snapshot();
    const [root, records] = [chain.root(), recordsOf(chain)];
    const fork = chain.fork();
    fork.send('alice', fork.account('bob'), PAY, 7n);
    chain.send('alice', chain.account('bob'), PAY, 9n);
    expect([fork.height, fork.blockId === chain.blockId]).toEqual([chain.height, false]);
    expect(fork.balance(fork.account('bob')) - chain.balance(chain.account('bob'))).toBe(-2n);
    const after = chain.root();
    chain.restore(moment);
    expect([chain.root(), recordsOf(chain)]).toEqual([root, records]);
    chain.send('alice', chain.account('bob'), PAY, 9n);
    expect(chain.root()).toBe(after);
  });

  it('brings beacon rounds when they are due', () => {
    const chain = boot();
    chain.submitRound(20n);
    expect(chain.actor(BEACON)?.context.latestRound).toBe(20n);
    const { height } = chain;
    chain.submitRound(20n);
    expect(chain.height).toBe(height);
  });

  it('tells observers of every block until they have enough', () => {
    const chain = boot();
    const seen: string[] = [];
    const end = chain.observe(({ before, after, events }) => {
      seen.push(`${before.height} ${after.height} ${events.map(({ name }) => name).join()}`);
    });
    chain.send('alice', chain.account('bob'), PAY, 5n);
    chain.tick();
    end();
    chain.tick();
    expect(seen).toEqual(['0 1 transferred', '1 2 ']);
  });
});

/** The same life on any engine. */
const live = (chain: TestChain): void => {
  chain.send('alice', chain.account('bob'), PAY, 5n);
  chain.offer(
    chain.order('bob', chain.account('alice'), PAY, 1n),
    chain.order('bob', TREASURY, { type: 'deposit' }, 2n),
    chain.roundOrder(2n),
  );
  chain.tick(5);
};

describe('the engines', () => {
  it('make the same records of the same orders', () => {
    const [a, b] = ENGINES.map((engine) => bootChain({ accounts: PEOPLE, engine }));
    for (const chain of [a, b]) live(chain as TestChain);
    expect(recordsOf(a as TestChain)).toEqual(recordsOf(b as TestChain));
  });

  it('have the roots of the runtime: its blocks give them to another runtime', () => {
    const genesis = presetGenesis('local');
    const chain = bootChain({ genesis });
    for (const name of ['aivm/local/dev0', 'aivm/local/dev1']) {
      chain.send(name, chain.account('bob'), PAY, 5n);
    }
    chain.tick(3);
    const other = unwrap(openAivm({ genesis }));
    for (let height = 1n; height <= chain.height; height += 1n) {
      const bytes = unwrap(chain.aivm.blockBytes(height)) ?? new Uint8Array();
      const executed = unwrap(other.execute(unwrap(other.tip()).blockId, bytes));
      unwrap(other.commit(executed.blockId));
    }
    expect(unwrap(other.tip())).toEqual(unwrap(chain.aivm.tip()));
    expect(unwrap(other.tip()).root).toBe(chain.root());
    expect(unwrap(chain.aivm.check()).supplyNlux).toBe(chain.view.supplyNlux);
    other.close();
  });

  it('answer as a host would only where there is a runtime', () => {
    const chain = bootChain({ accounts: PEOPLE, engine: 'kernel' });
    expect(codeOf(() => chain.aivm.tip())).toBe('testing/no-runtime');
  });

  it('answer for the moment that there is: a host sees a restored chain go back', () => {
    const chain = bootChain({ accounts: PEOPLE });
    const { aivm } = chain;
    const moment = chain.snapshot();
    chain.tick(4);
    expect(unwrap(aivm.tip()).height).toBe(4n);
    const [proved] = [unwrap(aivm.query({ actor: chain.account('bob'), height: 2n, prove: true }))];
    expect(proved.proof?.length).toBeGreaterThan(0);
    chain.restore(moment);
    expect(unwrap(aivm.tip()).height).toBe(0n);
  });
});

describe('bootChain', () => {
  it('takes parameters, funds by name, a time and an authority', () => {
    const parameters = { ...LOCAL, epochBlocks: 9n };
    const chain = bootChain({
      parameters,
      accounts: { alice: 7n, bob: 8n },
      time: 1_800_000_000n,
      authority: 'alice',
      blockSeconds: 4n,
    });
    expect(chain.parameters.epochBlocks).toBe(9n);
    expect([chain.balance(chain.account('alice')), chain.view.supplyNlux]).toEqual([7n, 15n]);
    chain.tick();
    expect(chain.time).toBe(1_800_000_004n);
    const record = chain.actor('parameters:' as ActorId<'parameters'>);
    expect(record?.context.authority).toBe(chain.address('alice'));
  });

  it('refuses what no chain may begin with', () => {
    const parameters = { ...LOCAL, unbondingBlocks: 1n };
    const refuse = (engine: EngineName) => codeOf(() => bootChain({ parameters, engine }));
    expect(ENGINES.map(refuse)).toEqual(ENGINES.map(() => 'genesis/parameter-relation'));
  });
});
