// What the names of a scenario mean, for the tables of docs/simulation.md. Which names there are,
// and their defaults, comes from the program: a name that is missing here stops the generator.

/** Of a scenario file. */
export const SCENARIO: Readonly<Record<string, string>> = {
  $schema: 'path of `scenarios/schema.json`, by which editors check and complete',
  name: 'name of the scenario',
  about: 'what it is about, for a reader of the report',
  seed: 'whole number or text, of all randomness',
  runs: 'runs of every estimate that does not say how many itself; else as many as take seconds',
  estimates: 'what is estimated, in the order of the output',
  sweeps: 'grids: `estimate`, and `over` with lists of values; every combination is an estimate',
  market: 'agents that play on a chain of their own, see below',
  figures: 'names of pictures, where not all are wanted',
};

/** Of its `market`. */
export const MARKET: Readonly<Record<string, string>> = {
  preset: 'whose parameters: `mainnet`, `testnet` or `local`',
  windows: 'the windows of `local`, with all else of the preset, or `preset`',
  parameters: 'parameters that differ, as in a genesis; their relations must hold',
  agents: 'groups of agents, see below',
  elements: 'elements of an output: tokens, numbers of a tensor',
  rerunFee: 'of the profile, in LUX',
  attestationsPerBlock: 'requests of each block; fractions add up',
  blocks: 'blocks in which something is asked for; what it leads to is played to its end',
  fee: 'what a consumer pays for an attestation, in LUX',
  declaredValue: 'what its request declares, in LUX; 0: the fee is the value',
  gain: 'what a wrong answer brings its author beyond the fee, in LUX',
  gainSurvives: 'it keeps that even where it is caught',
  computeCost: 'of an honest run, in LUX',
  cheatCost: 'of a wrong answer, in LUX',
  pairs: 'share of claims that a second provider is asked for',
  protocolAudits: 'somebody opens the audits that the beacon draws',
  auditPool: 'LUX in the audit pool at the beginning',
  signatures: 'agents sign, and signatures are checked',
  runs: 'replications, each a chain of its own',
  proposer: 'what proposers of blocks do, see below',
  comparator: 'of the profile; one whose evidence is the output itself',
};

/** Of one group of `agents`. */
export const AGENT: Readonly<Record<string, string>> = {
  kind: 'see the next table',
  name: 'of the group; the kind unless given',
  count: 'agents of the group, all alike',
  stake: 'of each, in LUX',
  oneOwner: 'one key owns them all, and they get one seat of a challenge together',
  restakes: 'who lost stake tops it up',
  checkCost: 'what a check costs a voluntary challenger, in LUX',
  cheats: 'share of its attestations that are wrong',
  silent: 'share of its seats that it says nothing for',
  unable: 'share of its seats that it declines, as one who cannot run the profile',
  withholds: 'share of what it has committed to or attested that it does not show',
  opens: 'share of attestations that it challenges without cause',
  appeals: 'share of decided rounds that it appeals against, whatever was found',
  noise: 'share of the elements of its outputs that differ from the truth',
  noiseSize: 'by how much at most: ULP of floats; of tokens any other',
  explores: 'share that a volunteer checks though it does not seem to pay',
};

/** Of `proposer`. */
export const PROPOSER: Readonly<Record<string, string>> = {
  censors: 'share of the orders of its victims that it leaves out of a block',
  victims: 'group of agents whose orders these are; everybody unless given',
  withholdsBeacon: 'share of blocks that it makes without the round that is due',
  reorders: 'it shuffles what others send',
};

/** Kinds of agents. */
export const KINDS: Readonly<Record<string, string>> = {
  honest: 'runs the model and tells the truth',
  lazy: 'attests the truth; as a seat runs nothing and repeats the defendant',
  copying: 'takes over what others said on chain, without evidence',
  colluding: 'its group tells one lie, and its seats side with the group',
  flaky: 'honest, and often silent',
  noisy: 'honest, on hardware that differs',
  cheating: 'lies alone, at a rate; an honest seat',
  griefing: 'no provider: challenges without cause',
  voluntary: 'no provider: checks where rewards pay for it',
};

/** Names of observations; a group stands for the name of any. */
export const OBSERVATIONS: readonly (readonly [pattern: string, about: string])[] = [
  ['asked', 'requests that the chain took'],
  [
    'profit/‹group›',
    'what an attestation came to for its author: fee, slash, gas, computing, gain',
  ],
  ['attestation/blocks', 'from its inclusion to its settlement'],
  ['honest/lossPerAttestation', 'slashed of honest attestations'],
  ['honest/slashed', 'honest defendants that were slashed'],
  ['honest/void', 'honest defendants whose challenge ended void'],
  ['cheats/convicted', 'wrong defendants that were slashed'],
  ['cheats/void', 'wrong defendants whose challenge ended void'],
  ['cheats/caught', 'wrong attestations, challenged or not, that were slashed'],
  ['slashed/‹group›', 'defendants of a group that were slashed'],
  ['slashed/all', 'slashed by a challenge'],
  ['audits/drawn', 'tickets that the beacon drew'],
  ['checks/‹group›', 'what volunteers spent on a check'],
  ['finality/blocks', 'from the opening of a challenge to its end'],
  ['panels/verdicts', 'panels that a challenge had'],
  ['drawn/‹group›', 'one for each seat that was drawn first; the n is the count'],
  ['seats/empty', 'seats without an answer after all replacements'],
  ['seats/answered/‹group›', 'seats of a group that answered'],
  ['seats/profit/‹group›', 'what a seat came to: fee, penalty, gas, computing'],
  ['flow/‹from›/‹to›', 'money of a challenge, from slash, bond, deposit or penalty'],
  ['griefing/cost', 'what an attack on diligent providers cost the attackers'],
  ['griefing/loss', 'what it cost the diligent'],
  ['distance/honest', 'largest distance of an honest output from one of an honest seat'],
  ['distance/cheating', 'the same of a wrong output'],
  ['wealth/‹group›', 'change of what a group owns over a run; sums to zero over all'],
  ['orders', 'transactions of a block'],
  ['settled', 'runs in which everything was settled in the end'],
];
