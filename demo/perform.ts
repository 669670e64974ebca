import { formatAddress } from '../src/codec/index.ts';
import { keyOf, kindOf, type ActorId } from '../src/machines/kit/address.ts';
import { drawTimeline } from '../src/cli/timeline/index.ts';
import { timelineOf } from '../src/client/timeline/index.ts';
import { ALLOCATION_NLUX, CHEAT, HONEST, OWNER_OF, PEOPLE, PROVIDERS } from './cast.ts';
import { SENTENCES, WITH_A_PART } from './cast.ts';
import { DemoChain, order } from './chain.ts';
import { TEST_ROOT_WARNING } from '../src/tee/generator/index.ts';
import { Dispute } from './dispute.ts';
import { Enclave } from './enclave.ts';
import type { Facts } from './facts.ts';
import { ask, type Question } from './inference.ts';
import { hashWeights, loadModel, roundTo8Bits, type EmbeddingModel } from './model/index.ts';
import { lux, short, type Narrator } from './narrator.ts';
import { FEE_NLUX, Story, type Given } from './story.ts';

const BYTES_PER_WEIGHT = 4;
const TIMELINE_COLUMNS = 92;

const SINGLETONS: Partial<Record<ReturnType<typeof kindOf>, string>> = {
  auditPool: 'audit pool',
};

/** What an actor's balance is, in the words of the story. */
const HOLDINGS: Partial<Record<ReturnType<typeof kindOf>, string>> = {
  account: 'account',
  provider: 'stake',
  model: 'deposit',
  profile: 'deposit',
  attestation: 'escrow',
  auditPool: 'for audits',
  treasury: 'fees and shares',
  burn: 'gone for ever',
};

const NAMES: readonly string[] = [...PEOPLE, ...PROVIDERS];

const nameOfAddress = (chain: DemoChain, address: string): string =>
  NAMES.find((name) => chain.key(name).address === address) ?? short(address);

const nameOf = (chain: DemoChain, id: ActorId): string => {
  const named = NAMES.find((name) => chain.key(name).address === keyOf(id));
  return named ?? (keyOf(id) === '' ? (SINGLETONS[kindOf(id)] ?? kindOf(id)) : kindOf(id));
};

/** Those of whom the story tells nothing are told of together. */
const OTHERS: ReadonlyMap<string, string> = new Map(
  PROVIDERS.filter((name) => !WITH_A_PART.includes(name)).flatMap((name) => [
    [name, 'the other providers'],
    [OWNER_OF(name), 'their owners'],
  ]),
);

/** In the order of the cast, what belongs to nobody at the end. */
const rank = ({ who }: Facts['balances'][number]): number => {
  const at = [...NAMES, ...OTHERS.values()].indexOf(who);
  return at < 0 ? NAMES.length + OTHERS.size : at;
};

const balancesOf = (chain: DemoChain): Facts['balances'] => {
  const lines = new Map<string, Facts['balances'][number]>();
  for (const { id, balance } of chain.balances()) {
    const name = nameOf(chain, id);
    const who = OTHERS.get(name) ?? name;
    const what = HOLDINGS[kindOf(id)] ?? kindOf(id);
    const key = `${who} ${what}${kindOf(id) === who ? keyOf(id) : ''}`;
    const { before, after } = lines.get(key) ?? { before: 0n, after: 0n };
    const had = kindOf(id) === 'account' ? ALLOCATION_NLUX : 0n;
    lines.set(key, { who, what, before: before + had, after: after + balance });
  }
  return [...lines.values()].toSorted((a, b) => rank(a) - rank(b));
};

interface Stage {
  readonly chain: DemoChain;
  readonly story: Story;
  readonly narrator: Narrator;
  readonly honest: EmbeddingModel;
  readonly damaged: EmbeddingModel;
}

const report = ({ narrator }: Pick<Stage, 'narrator'>, isGood: boolean, text: string): void => {
  if (isGood) narrator.good(text);
  else narrator.bad(text);
};

/** A consumer pays, an honest provider attests, and the consumer checks. */
const trade = async (stage: Stage, question: Question) => {
  const { story, narrator, honest } = stage;
  narrator.chapter('A consumer pays for an inference');
  const requestId = story.openRequest(HONEST, question);
  narrator.say(`“${question.sentence}”`);
  narrator.say(`asked of ${HONEST}, ${lux(FEE_NLUX)} in escrow`);
  const given = await story.attest(HONEST, honest, question, requestId);
  narrator.say(`${HONEST} runs the model and attests output ${short(given.output.outputHash)}`);
  const looked = story.lookUp(HONEST, question, requestId, given.output);
  const text = `the consumer checks the proof against root ${short(looked.root)} and the output`;
  report(stage, looked.isProved && looked.isSame, text);
  return { given, looked };
};

/** The cheat attests the same sentence; the others go on with theirs. */
const cheat = async (stage: Stage, question: Question, others: readonly Question[]) => {
  const { story, narrator, honest, damaged } = stage;
  narrator.chapter(`${CHEAT} saves memory: weights rounded to 8 bits`);
  const given = await story.attest(CHEAT, damaged, question);
  narrator.say(`the same sentence gives ${short(given.output.outputHash)}`);
  story.pay('second consumer', given);
  narrator.say(`a second consumer pays ${lux(FEE_NLUX)} for it`);
  for (const [at, other] of others.entries()) {
    const provider = PROVIDERS[2 + at] ?? HONEST;
    await story.attest(provider, honest, other);
    narrator.say(`${provider} attests “${other.sentence}”`);
  }
  return given;
};

/** Panels re-run the sentence: one seat, and three after an appeal that the cheat loses. */
const panels = async ({ narrator, honest }: Stage, disputed: Dispute) => {
  const first = disputed.drawPanel();
  narrator.say(
    `a bond, the prompt made public, both stakes locked; the beacon draws ${first.join()}`,
  );
  await disputed.judge(first, honest);
  narrator.say(`${first.join()} runs it again, commits, reveals: ${CHEAT} is wrong`);
  const deposit = disputed.appeal(OWNER_OF(CHEAT));
  narrator.say(`${OWNER_OF(CHEAT)} appeals with ${lux(deposit)}: three more, drawn anew`);
  const second = disputed.drawPanel();
  await disputed.judge(second, honest);
  narrator.say(`${second.join(', ')} run it again, and nobody appeals any more`);
  disputed.accept();
  return [...first, ...second];
};

/** The dispute, from the bond to the refund. */
const dispute = async (stage: Stage, question: Question, right: Given, wrong: Given) => {
  const { chain, story, narrator } = stage;
  narrator.chapter('A challenger finds two different outputs of one claim');
  const before = chain.existing(chain.provider(CHEAT)).balance;
  const disputed = new Dispute(chain, { question, defendants: [right, wrong] });
  const reruns = await panels(stage, disputed);
  const verdicts = [right, wrong].map((given) => [given, story.verdictOf(given)] as const);
  for (const [{ provider }, verdict] of verdicts) {
    report(stage, verdict === 'valid', `${provider}: ${verdict}`);
  }
  const lost = before - chain.existing(chain.provider(CHEAT)).balance;
  narrator.say(`${CHEAT} is slashed ${lux(lost)}; the fee goes back, ${HONEST}'s is settled`);
  chain.block(
    order('second consumer', wrong.actor, { type: 'refund' }),
    order('challenger', right.actor, { type: 'settle' }),
  );
  const address = (name: string) => formatAddress(chain.key(name).address, 'local');
  return {
    disputed,
    outcome: Object.fromEntries(verdicts.map(([{ provider }, each]) => [address(provider), each])),
    slashed: lost > 0n ? [{ provider: address(CHEAT), amount: lost }] : [],
    rerunBy: reruns.map(address),
  };
};

/** The dispute as any node tells it, from the record of the challenge alone. */
const tellTimeline = ({ chain, narrator }: Stage, { record }: Dispute): void => {
  narrator.chapter('The dispute as every node tells it');
  const names = { amount: lux, who: (address: string) => nameOfAddress(chain, address) };
  const drawing = { names, colours: narrator.colours, columns: TIMELINE_COLUMNS };
  for (const line of drawTimeline(timelineOf(record), drawing)) narrator.say(line);
};

/** What is on disk is what was in memory, and every coin is somewhere. */
const reckon = (stage: Stage) => {
  const { chain, narrator } = stage;
  narrator.chapter('The chain is closed and opened again');
  const { root, height } = chain.tip();
  chain.reopen();
  const reopenedStateRoot = chain.tip().root;
  report(stage, reopenedStateRoot === root, `root ${short(reopenedStateRoot)}`);
  const balances = balancesOf(chain);
  return {
    blocks: height,
    stateRoot: root,
    reopenedStateRoot,
    balances,
    balancesTotal: balances.reduce((sum, { after }) => sum + after, 0n),
    supply: BigInt(PEOPLE.length) * ALLOCATION_NLUX,
    burned: chain.supply().burnedNlux,
  };
};

/** A model that only runs in enclaves: a report opens the door, a changed one does not. */
const enclave = async ({ chain, story, narrator, honest }: Stage) => {
  narrator.chapter('The same weights for enclaves only');
  narrator.say(TEST_ROOT_WARNING);
  const room = new Enclave(chain, story.weights);
  room.open();
  narrator.say(`model ${short(room.modelId)} requires a TEE report; ${HONEST} serves it`);
  const claim = await room.claim(honest, ask(SENTENCES[0]));
  const refusal = room.attestTampered(claim);
  const isRefused = refusal === 'report-refused';
  report({ narrator }, isRefused, `one bit of the report changed: ${refusal ?? 'accepted'}`);
  const mark = room.attest(claim);
  const isAccepted = mark === 'report';
  report({ narrator }, isAccepted, `${HONEST} attests with a TDX report that verifies: ${mark}`);
  return { teeAttestationAccepted: isAccepted, teeTamperedRefused: isRefused };
};

const play = async (stage: Stage) => {
  const { chain, story, narrator } = stage;
  narrator.chapter(`${PROVIDERS.length} providers stake and serve it`);
  story.registerProviders();
  const { minimumStakeNlux } = chain.parameters();
  narrator.say(`${PROVIDERS[0]}, ${PROVIDERS[1]}, ${PROVIDERS[2]} and others stake`);
  narrator.say(`${lux(minimumStakeNlux)} each, under owners of their own: a panel of 7 could sit`);
  const [question, ...others] = SENTENCES.map(ask);
  if (question === undefined) throw new Error('there is nothing to ask');
  const { given, looked } = await trade(stage, question);
  const wrong = await cheat(stage, question, others);
  const { disputed, ...decided } = await dispute(stage, question, given, wrong);
  const tee = await enclave(stage);
  tellTimeline(stage, disputed);
  const found = reckon(stage);
  const isWhole =
    found.balancesTotal === found.supply &&
    found.reopenedStateRoot === found.stateRoot &&
    looked.isProved &&
    decided.slashed.length > 0 &&
    tee.teeAttestationAccepted &&
    tee.teeTamperedRefused;
  return {
    ...decided,
    ...tee,
    ...found,
    attestationProofValid: looked.isProved,
    attestedOutputIsConsumers: looked.isSame,
    attestations: 3 + others.length,
    isWhole,
  };
};

/** Plays the whole story on a fresh chain in the folder and says what came of it. */
export const perform = async (path: string, narrator: Narrator): Promise<Facts> => {
  const started = performance.now();
  narrator.chapter('A model is registered by the hash of its weights');
  const weights = await hashWeights();
  narrator.say(`${weights.bytes} bytes of weights, SHA-256 ${weights.hash}`);
  const cast = { funded: PEOPLE, unfunded: PROVIDERS, allocationNlux: ALLOCATION_NLUX };
  const chain = new DemoChain(path, cast);
  const honest = await loadModel();
  const damaged = await loadModel({ damage: roundTo8Bits });
  try {
    const paramCount = BigInt(weights.bytes) / BigInt(BYTES_PER_WEIGHT);
    const story = new Story(chain, { hash: weights.hash, paramCount });
    story.registerModel();
    const { modelId, profileHash } = story;
    narrator.say('a chain for one machine: its dev beacon and its keys are known to all');
    narrator.say(`model ${short(modelId)}, profile ${short(profileHash)}: outputs equal, exactly`);
    const played = await play({ chain, story, narrator, honest, damaged });
    return {
      modelId,
      profileHash,
      weightHash: weights.hash,
      weightBytes: weights.bytes,
      ...played,
      milliseconds: Math.round(performance.now() - started),
    };
  } finally {
    honest.close();
    damaged.close();
    chain.close();
  }
};
