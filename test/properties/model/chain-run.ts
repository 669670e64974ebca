// One run of the chain beside the model: every block goes to both, and both are compared.
import { buildTransaction } from '../../../src/client/index.ts';
import type { ActorId } from '../../../src/machines/kit/index.ts';
import type { Parameters } from '../../../src/machines/parameters/record.ts';
import type { Genesis } from '../../../src/genesis/index.ts';
import { keyOfName } from '../../../src/testing/people.ts';
import { dumpOf } from '../../model/dump.ts';
import { Model, type Genesis as ModelGenesis, type Transaction } from '../../model/model.ts';
import { longest } from '../../model/rules.ts';
import { Cast, type Offer } from './cast.ts';
import { differences } from './compare.ts';
import { type Config, genesisOf } from './config.ts';
import { ENGINE, Node, valueOf } from './node.ts';
import { Observer } from './observe.ts';

const GAS_LIMIT = 2_000_000n;
const EXPIRY_BLOCKS = 100n;
/** Gas is the chain's own to count, so what gas alone forbids is taken as it is. */
const BY_GAS: readonly string[] = ['actors/gas-limit-too-low', 'actors/block-full'];

/** How often each message was applied and refused, and how challenges ended. */
export type Tally = Map<string, number>;

export const add = (tally: Tally, what: string): void => {
  tally.set(what, (tally.get(what) ?? 0) + 1);
};

/** The chain and the model side by side: every block goes to both, and both are compared. */
export class ChainRun {
  readonly config: Config;
  readonly cast: Cast;
  readonly node: Node;
  readonly tally: Tally;
  readonly parameters: Parameters;
  readonly #genesis: ModelGenesis;
  readonly #observer = new Observer();
  #tip: string;
  /** What was in the last block, for who has to find out what went wrong. */
  #story: string[] = [];
  model: Model;
  /** Transactions that were applied so far. */
  applied = 0;

  constructor(config: Config, tally: Tally) {
    const genesis: Genesis = genesisOf(config);
    this.config = config;
    this.tally = tally;
    this.parameters = genesis.parameters;
    this.cast = new Cast(config, genesis);
    this.node = new Node(genesis, config.isDurable);
    this.#tip = this.node.store.tip()?.blockId ?? '';
    if (genesis.beacon.type !== 'dev') throw new Error('the model knows the dev beacon only');
    const { genesisTime, periodSeconds } = genesis.beacon;
    this.#genesis = {
      chain: this.cast.chain,
      rules: genesis.parameters,
      beacon: { genesisTime, periodSeconds },
      time: genesis.time,
      accounts: new Map(
        genesis.allocations.map(({ address, amountNlux }) => [address, amountNlux] as const),
      ),
      signerOf: this.cast.signerOf,
    };
    this.model = new Model(this.#genesis);
    this.compare();
  }

  get tip(): string {
    return this.#tip;
  }

  /** Another model that goes on from where one stands. */
  fork(model: Model = this.model): Model {
    return new Model(this.#genesis, structuredClone(model.state));
  }

  /** One block on the tip, executed, committed, and compared. */
  block(time: bigint, offers: readonly Offer[]): void {
    this.commit(this.extend(this.model, this.#tip, time, offers), this.model);
  }

  /** Empty blocks up to a height; what they come to is compared at the end. */
  idle(until: bigint): void {
    while (this.model.state.height < until) {
      const blockId = this.extend(this.model, this.#tip, this.model.state.time + 1n, []);
      this.node.commit(blockId);
      this.#tip = blockId;
    }
    this.compare();
  }

  /** Executes a block on a parent, in the chain and in a model that stands there. */
  extend(model: Model, parent: string, time: bigint, offers: readonly Offer[]): string {
    const signed = this.#sign(model, offers);
    const executed = this.node.extend(
      parent,
      time,
      signed.map(({ bytes }) => bytes),
    );
    const receipts = new Map(executed.receipts.map(({ txId, receipt }) => [txId, receipt]));
    const sets = model.sets();
    this.#story = executed.begin.events.map(
      ({ actor, name, fields }) =>
        `${actor} ${name} ${fields.map((each) => `${each.name} ${each.value}`).join(', ')}`,
    );
    model.begin(executed.height, time, parent);
    for (const { id, transaction, nonce, expiry, offer } of signed) {
      const receipt = receipts.get(id);
      const left = executed.leftOut.get(id);
      const about = `${offer.message.type} of ${offer.from} to ${offer.to}`;
      if (left !== undefined && BY_GAS.includes(left)) continue;
      const isNext = (model.state.accounts.get(transaction.from)?.nonce ?? 0n) === nonce;
      const isPriced = transaction.gasPrice >= this.parameters.gas.minimumPriceNlux;
      const isAdmitted =
        isNext && isPriced && expiry >= executed.height && model.canPay(transaction);
      if (isAdmitted !== (receipt !== undefined)) {
        throw new Error(`${about}: the chain ${left ?? 'includes it'}, the model not so`);
      }
      if (receipt === undefined) continue;
      const { outcome, gasUsed } = receipt;
      const code = outcome.type === 'refused' ? outcome.refusal.code : undefined;
      const happened = {
        gasUsed,
        isOutOfGas: code === 'out-of-gas',
        isApplied: outcome.type === 'applied',
        isPart: receipt.events.some(({ name }) => name === 'swept'),
      };
      const expected = model.include(transaction, happened);
      if (expected.type !== outcome.type) {
        const why = expected.type === 'refused' ? expected.why : 'nothing against it';
        throw new Error(`${about}: the chain says ${code ?? 'applied'}, the model ${why}`);
      }
      const [kind = ''] = offer.to.split(':');
      if (happened.isApplied) this.applied += 1;
      this.#story.push(`${about}: ${code ?? 'applied'}`);
      add(this.tally, `${kind} ${offer.message.type} ${outcome.type}`);
      if (code !== undefined) add(this.tally, `refused ${code}`);
    }
    model.end(sets);
    return executed.blockId;
  }

  /** Makes an executed child of the tip the tip; the model has to be the one that is there. */
  commit(blockId: string, model: Model): void {
    this.node.commit(blockId);
    this.moveTo(blockId, model);
  }

  moveTo(blockId: string, model: Model): void {
    this.#tip = blockId;
    this.model = model;
    this.compare();
  }

  compare(): void {
    const { store } = this.node;
    const { height, challenges } = this.model.state;
    const chain = this.#observer.observe(store, height, this.parameters.epochBlocks);
    const found = differences(chain, dumpOf(this.model));
    if (found.length > 0) {
      const story = [...found, 'In this block:', ...this.#story];
      throw new Error(`at height ${height} chain and model differ\n${story.join('\n')}`);
    }
    if (this.parameters.timersPerBlock < challenges.size) return;
    // I34: nothing that anybody does keeps a challenge open for longer than D.
    for (const [id, of] of challenges) {
      const isOver = of.state === 'final' || height < of.openedAt + longest(of.terms);
      if (!isOver) throw new Error(`at height ${height} challenge ${id} is open still`);
    }
  }

  close(): void {
    this.node.close();
  }

  #sign(model: Model, offers: readonly Offer[]) {
    const sent = new Map<string, bigint>();
    return offers.map((offer) => {
      const { from, to, message, value = 0n, gasLimit = GAS_LIMIT, gasPrice = 1n } = offer;
      const { address, privateKey } = keyOfName(from);
      const nonce = sent.get(address) ?? model.state.accounts.get(address)?.nonce ?? 0n;
      sent.set(address, nonce + 1n);
      const expiry = offer.expiry ?? model.state.height + EXPIRY_BLOCKS;
      const built = valueOf(
        buildTransaction({
          ...this.cast.chain,
          nonce,
          expiry,
          gasLimit,
          gasPriceNlux: gasPrice,
          receiver: to as ActorId,
          valueNlux: value,
          message: message as never,
          privateKey,
          engine: ENGINE,
        }),
      );
      const transaction: Transaction = { from: address, to, message, value, gasLimit, gasPrice };
      return { ...built, transaction, nonce, expiry, offer };
    });
  }
}
