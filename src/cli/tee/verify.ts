import pc from 'picocolors';
import {
  applyPolicy,
  DEFAULT_POLICY,
  INTEL_SGX_ROOT_CA,
  type Plain,
  plainFacts,
  plainRejection,
  type QuoteFacts,
  type Rejection,
  type TeePolicy,
} from '../../tee/index.ts';
import {
  ingestCollateral,
  ingestTrustAnchor,
  opensslEngine,
  parseCollateralFile,
  verifyQuote,
} from '../../tee/node.ts';
import { policyFromJson } from './policy-file.ts';
import { readInput, readQuoteFile, readRootFile, UsageError } from './files.ts';
import {
  date,
  hexText,
  jsonText,
  rejectionText,
  type Row,
  section,
  shortfallTable,
} from './render.ts';

export interface VerifyArguments {
  readonly quote: string;
  readonly collateral: string;
  readonly now: string;
  readonly root?: string;
  readonly policy?: string;
  readonly json: boolean;
}

interface Verdict {
  readonly facts: QuoteFacts | undefined;
  readonly rejection: Rejection | undefined;
}

const readPolicy = (path: string | undefined): TeePolicy =>
  path === undefined ? DEFAULT_POLICY : policyFromJson(readInput(path));

const MAX_NOW_DIGITS = 12;

const readNow = (text: string): number => {
  if (!/^\d+$/.test(text) || text.length > MAX_NOW_DIGITS) {
    throw new UsageError(`--now takes whole Unix seconds, such as 1751328000; it was ${text}.`);
  }
  return Number(text);
};

/** Collateral, quote, policy: the first that fails decides. */
const judge = (args: VerifyArguments): Verdict => {
  const now = readNow(args.now);
  const policy = readPolicy(args.policy);
  const root = args.root === undefined ? INTEL_SGX_ROOT_CA : readRootFile(args.root);
  const anchor = ingestTrustAnchor(root, opensslEngine);
  if (!anchor.ok) return { facts: undefined, rejection: anchor.failure };
  const raw = parseCollateralFile(readInput(args.collateral));
  if (!raw.ok) return { facts: undefined, rejection: raw.failure };
  const collateral = ingestCollateral(raw.value, anchor.value, now);
  if (!collateral.ok) return { facts: undefined, rejection: collateral.failure };
  const facts = verifyQuote(readQuoteFile(args.quote), collateral.value, now);
  if (!facts.ok) return { facts: undefined, rejection: facts.failure };
  const accepted = applyPolicy(facts.value, policy, now);
  return { facts: facts.value, rejection: accepted.ok ? undefined : accepted.failure };
};

const yesNo = (flag: boolean): string => (flag ? 'yes' : 'no');

const list = (texts: readonly string[]): string => (texts.length === 0 ? 'none' : texts.join(', '));

const factsTables = (facts: QuoteFacts): string => {
  const { launch, current, platform, collateral } = facts;
  const rows: Row[] = [
    ['status', facts.status],
    ['TCB date', date(facts.tcbDate)],
    ['advisories', list(facts.advisoryIds)],
    ['evaluation number', String(facts.evaluationNumber)],
    ['debug', yesNo(facts.debug)],
    ['valid through', date(facts.validThrough)],
    ['report data', hexText(facts.reportData)],
  ];
  if (current !== launch) {
    rows.push(['status at launch', launch.status], ['status now', current.status]);
  }
  const tables = [
    section('Facts', rows),
    section('Platform', [
      ['FMSPC', hexText(platform.fmspc)],
      ['PCK CA', platform.ca],
      ['PPID hash', hexText(platform.ppidHash)],
      ['PCK serial hash', hexText(platform.pckSerialHash)],
    ]),
    section(
      'Collateral used (SHA-256)',
      Object.entries(collateral).map(([name, id]): Row => [name, hexText(id)]),
    ),
  ];
  if (launch.shortfall.length > 0) tables.push(shortfallTable(launch.shortfall));
  return tables.join('\n');
};

const verdictJson = ({ facts, rejection }: Verdict, ownRoot: boolean): Plain => ({
  ok: rejection === undefined,
  pinnedRoot: !ownRoot,
  ...(facts === undefined ? {} : { facts: plainFacts(facts) }),
  ...(rejection === undefined ? {} : { rejection: plainRejection(rejection) }),
});

/** Prints verdict, facts and reason. The exit code: 0 accepted, 1 rejected. */
export const runVerify = (args: VerifyArguments): number => {
  const verdict = judge(args);
  const ownRoot = args.root !== undefined;
  if (ownRoot) {
    const warning = 'WARNING: the trust anchor is the one you gave, not the vendor’s pinned root.';
    process.stderr.write(`${pc.yellow(warning)}\n`);
  }
  if (args.json) {
    process.stdout.write(`${jsonText(verdictJson(verdict, ownRoot))}\n`);
  } else {
    const { facts, rejection } = verdict;
    const head =
      rejection === undefined
        ? `${pc.green(pc.bold('ACCEPTED'))} The quote is genuine and the policy accepts it.`
        : rejectionText(rejection);
    const tables = facts === undefined ? '' : `\n${factsTables(facts)}`;
    process.stdout.write(`${head}${tables}\n`);
  }
  return verdict.rejection === undefined ? 0 : 1;
};
