import { existsSync, mkdirSync } from 'node:fs';
import { parseAddress } from '../../codec/text/address.ts';
import type { Genesis } from '../../genesis/genesis.ts';
import { formatAmount, parseAmount } from '../kit/amount.ts';
import { writeWhole } from '../kit/files.ts';
import { choice, option, optionList } from '../kit/input.ts';
import { databaseFolder, genesisFile, readGenesis } from '../kit/local.ts';
import { parseInteger } from '../kit/parse.ts';
import type { Session } from '../kit/session.ts';
import type { CommandSpec, Input } from '../kit/spec.ts';
import { causeOf, orStop, stop, Stop } from '../kit/stop.ts';
import { grid, sheet } from '../kit/table.ts';
import { colours } from '../kit/terminal.ts';

const PRESETS = ['local', 'testnet', 'mainnet'] as const;
const MILLISECONDS = 1_000;
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o644;
/** Development accounts that are printed; the preset funds some more. */
const SHOWN_ACCOUNTS = 10;

const allocationsOf = async (input: Input, networkId: number): Promise<Genesis['allocations']> => {
  const { hrpOf } = await import('../../codec/text/address.ts');
  return optionList(input, 'allocate').map((text) => {
    const [address = '', amount, ...rest] = text.split('=');
    if (amount === undefined || rest.length > 0) {
      return stop('cli/bad-option', { option: '--allocate', expected: 'address=amount' });
    }
    const amountNlux = parseAmount(amount);
    return { address: orStop(parseAddress(address, hrpOf(networkId))), amountNlux };
  });
};

const fromPreset = async (input: Input): Promise<Genesis> => {
  const name = choice(input, 'preset', PRESETS);
  if (name === undefined) return stop('cli/option-missing', { option: '--preset or --genesis' });
  const { presetGenesis } = await import('../../genesis/preset.ts');
  const { networkIdOf } = await import('../../genesis/networks.ts');
  const { checkGenesis } = await import('../../genesis/check.ts');
  const given = option(input, 'time');
  const now = BigInt(Math.floor(Date.now() / MILLISECONDS));
  const time = given === undefined ? now : parseInteger(given, 0n, 2n ** 53n - 1n);
  const allocations = await allocationsOf(input, networkIdOf(name));
  const genesis = presetGenesis(name, { time, ...(allocations.length > 0 ? { allocations } : {}) });
  const [failure] = checkGenesis(genesis);
  if (failure !== undefined) throw new Stop(failure);
  return genesis;
};

const chosenGenesis = (input: Input): Promise<Genesis> => {
  const file = option(input, 'genesis');
  if (file === undefined) return fromPreset(input);
  for (const other of ['preset', 'time', 'allocate']) {
    if (input.options[other] !== undefined) {
      stop('cli/options-clash', { options: `--genesis, --${other}` });
    }
  }
  return readGenesis(file);
};

const makeFolder = (data: string): void => {
  try {
    mkdirSync(data, { recursive: true, mode: FOLDER_MODE });
  } catch (error) {
    stop('cli/file-unwritable', { file: data, cause: causeOf(error) });
  }
};

/** Loaded only here: the root of local networks is made by a generator. */
const warnOfTestRoot = async (session: Session, genesis: Genesis): Promise<void> => {
  const { trustsTestRoot } = await import('../../genesis/trust.ts');
  const { TEST_ROOT_WARNING } = await import('../../tee/generator/index.ts');
  if (trustsTestRoot(genesis)) session.out.warn(TEST_ROOT_WARNING);
};

const LOUD =
  'Everybody knows the private keys of these accounts. They are for this machine only:\n' +
  '        never send value to them on another network, and let nobody else reach this node.';

const developmentText = async (): Promise<string> => {
  const { developmentAccounts, DEVELOPMENT_BALANCE_NLUX } =
    await import('../../genesis/development.ts');
  const { formatAddress, HRP } = await import('../../codec/text/address.ts');
  const rows = developmentAccounts(SHOWN_ACCOUNTS).map(({ name, address, privateKey }) => [
    name,
    formatAddress(address, HRP.local),
    privateKey,
  ]);
  const each = formatAmount(DEVELOPMENT_BALANCE_NLUX);
  const head = `prefunded with ${each} each; import: aivm keys dev`;
  return `${head}\n${grid(['name', 'address', 'private key'], rows)}`;
};

export const init: CommandSpec = {
  name: 'init',
  summary: 'make a data directory with a genesis',
  details:
    'Writes genesis.json, applies it to a new database as height 0, and prints chain id and ' +
    'state root: every node of the chain must print the same. Nothing that exists is overwritten.',
  options: [
    ['--preset <name>', 'local (one machine, prefunded accounts), testnet or mainnet'],
    ['--genesis <file>', 'a genesis file instead'],
    ['--time <seconds>', 'Unix time of height 0 (now); with it the chain id is reproducible'],
    ['--allocate <address=amount...>', 'who owns the coins, instead of the accounts of a preset'],
  ],
  examples: [
    ['aivm init --preset local', 'a chain on this machine, in ~/.aivm/data'],
    ['aivm init --genesis genesis.json --data /var/lib/aivm', 'a chain that others run, too'],
    ['aivm init --preset testnet --allocate "A-test1…=1000000 LUX"', 'a test network of your own'],
  ],
  run: async (input, session) => {
    const { data } = session.globals;
    const file = genesisFile(data);
    if (existsSync(file)) stop('cli/data-exists', { data });
    const genesis = await chosenGenesis(input);
    const { formatGenesis } = await import('../../genesis/write.ts');
    const { chainIdOf } = await import('../../genesis/genesis.ts');
    const { openAivm } = await import('../../runtime/open.ts');
    makeFolder(data);
    const chain = orStop(openAivm({ genesis, path: databaseFolder(data) }));
    const { root, blockId } = orStop(chain.tip());
    const { totalNlux } = orStop(chain.supply());
    chain.close();
    // Last, so that a directory with this file is one that can be started.
    writeWhole(file, formatGenesis(genesis), { mode: FILE_MODE });
    const { network, networkId } = genesis;
    const chainId = chainIdOf(genesis);
    const isLocal = network === 'local' && optionList(input, 'allocate').length === 0;
    const accounts = isLocal && !session.out.isJson ? [await developmentText()] : [];
    session.out.answer(
      { data, genesis: file, network, networkId, chainId, blockId, root, supplyNlux: totalNlux },
      () =>
        [
          sheet([
            ['data', data],
            ['network', `${network} (${networkId})`],
            ['chain', colours.bold(chainId)],
            ['block 0', blockId],
            ['state root', root],
            ['supply', formatAmount(totalNlux, genesis.luxDecimals)],
          ]),
          ...accounts,
        ].join('\n'),
    );
    if (isLocal) session.out.warn(LOUD);
    await warnOfTestRoot(session, genesis);
    session.out.note(`next: aivm start --data ${data}`);
  },
};
