import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { teeCommand } from '../../../src/cli/tee/command.ts';
import { createTestWorld, makeWorldQuote } from '../../../src/tee/generator/index.ts';
import { toHex } from '../../../src/tee/bytes.ts';
import { NOW } from './world.ts';

let folder = '';
const path = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aivm-tee-'));
  const made = createTestWorld('command');
  const { collateral } = made;
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
  writeFileSync(path('quote.bin'), makeWorldQuote(made));
  writeFileSync(path('quote.hex'), `${toHex(makeWorldQuote(made))}\n`);
  writeFileSync(path('root.der'), made.rootDer);
  writeFileSync(
    path('collateral.json'),
    JSON.stringify({
      pck_crl_issuer_chain: text(collateral.pckCrlIssuerChain),
      root_ca_crl: toHex(collateral.rootCrl),
      pck_crl: toHex(collateral.pckCrl),
      tcb_info_issuer_chain: text(collateral.tcbInfo.issuerChain),
      tcb_info: text(collateral.tcbInfo.body),
      tcb_info_signature: toHex(collateral.tcbInfo.signature),
      qe_identity_issuer_chain: text(collateral.qeIdentity.issuerChain),
      qe_identity: text(collateral.qeIdentity.body),
      qe_identity_signature: toHex(collateral.qeIdentity.signature),
    }),
  );
  writeFileSync(path('policy.json'), JSON.stringify({ statuses: ['OutOfDate'] }));
  writeFileSync(path('broken.json'), JSON.stringify({ statues: [] }));
});

afterAll(() => rmSync(folder, { recursive: true }));

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});

interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

const run = async (...args: readonly string[]): Promise<Ran> => {
  let out = '';
  let err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
  await new Command().addCommand(teeCommand()).parseAsync(['tee', ...args], { from: 'user' });
  const code = Number(process.exitCode ?? 0);
  vi.restoreAllMocks();
  return { out, err, code };
};

const FILES = (): readonly string[] => [
  '--quote',
  path('quote.bin'),
  '--collateral',
  path('collateral.json'),
];

const verify = (...more: readonly string[]): Promise<Ran> =>
  run('verify', ...FILES(), '--now', String(NOW), ...more);

describe('aivm tee', () => {
  it('inspects a quote from bytes and from hexadecimal text', async () => {
    const table = await run('inspect', path('quote.bin'));
    expect(table.code).toBe(0);
    expect(table.out).toContain('MRTD');
    expect(table.out).toContain('SEPT_VE_DISABLE');
    const [bytes, text] = [path('quote.bin'), path('quote.hex')];
    const json = await run('inspect', bytes, '--json');
    expect(JSON.parse(json.out)).toMatchObject({ header: { version: 4, tee: 'TDX' } });
    expect((await run('inspect', text, '--json')).out).toBe(json.out);
  });

  it('says what is wrong with a file that is no quote', async () => {
    const found = await run('inspect', path('collateral.json'));
    expect(found.code).toBe(1);
    expect(found.out).toContain('tee/quote-version-unsupported');
  });

  it('refuses the generated root unless it is given, and then warns', async () => {
    const pinned = await verify();
    expect(pinned.code).toBe(1);
    expect(pinned.out).toContain('tee/crl-signature');
    const own = await verify('--root', path('root.der'));
    expect(own.code).toBe(0);
    expect(own.out).toContain('ACCEPTED');
    expect(own.err).toContain('WARNING');
  });

  it('prints verdict, facts and reason as JSON', async () => {
    const good = JSON.parse((await verify('--root', path('root.der'), '--json')).out) as unknown;
    expect(good).toMatchObject({ ok: true, pinnedRoot: false, facts: { status: 'UpToDate' } });
    const policy = await verify(
      '--root',
      path('root.der'),
      '--policy',
      path('policy.json'),
      '--json',
    );
    expect(policy.code).toBe(1);
    expect(JSON.parse(policy.out)).toMatchObject({
      ok: false,
      facts: { status: 'UpToDate' },
      rejection: { code: 'tee/policy-status' },
    });
  });

  it('ends with code 2 and a sentence for arguments that cannot be used', async () => {
    const missing = await run('inspect', path('nowhere'));
    expect(missing).toMatchObject({ code: 2, out: '' });
    expect(missing.err).toContain('give the path of a file that exists');
    expect((await verify('--policy', path('broken.json'))).err).toContain('statues');
    const now = await run('verify', ...FILES(), '--now', '1.5');
    expect(now.code).toBe(2);
    expect((await run('conformance', folder)).code).toBe(2);
  });
});
