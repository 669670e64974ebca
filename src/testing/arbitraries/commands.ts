import fc from 'fast-check';
import type { TestChain } from '../chain.ts';
import type { Order } from '../orders.ts';
import { arbitraryOrder } from './messages.ts';

/** What somebody does in one block, knowing the chain. */
export type Move = (chain: TestChain) => readonly Order[];

/** What the commands of a run have done so far. */
export interface CommandModel {
  blocks: number;
  applied: number;
  refused: number;
  leftOut: number;
}

export type ChainCommand = fc.Command<CommandModel, TestChain>;

export interface CommandOptions {
  /** A chain like the one that the commands will run on: who exists there, and who has funds. */
  readonly chain: TestChain;
  /** Who sends, by name. */
  readonly people: readonly string[];
  /** Moves that make sense, besides the arbitrary messages; each as likely as those together. */
  readonly moves?: readonly fc.Arbitrary<Move>[] | undefined;
  /** Commands of one run at most; 30 unless told. */
  readonly maxCommands?: number | undefined;
}

const MAX_COMMANDS = 30;
const MAX_TICKS = 12;
const MAX_PAUSE_SECONDS = 120;

const command = (name: string, run: (model: CommandModel, chain: TestChain) => void) => ({
  check: () => true,
  run,
  toString: () => name,
});

const offer = (name: string, move: Move): ChainCommand =>
  command(name, (model, chain) => {
    model.blocks += 1;
    for (const each of chain.offer(...move(chain))) {
      if (!each.included) model.leftOut += 1;
      else if (each.receipt.outcome.type === 'applied') model.applied += 1;
      else model.refused += 1;
    }
  });

const tick = (blocks: number): ChainCommand =>
  command(`tick(${blocks})`, (model, chain) => {
    model.blocks += blocks;
    chain.tick(blocks);
  });

const pause = (seconds: number): ChainCommand =>
  command(`pause(${seconds})`, (model, chain) => {
    model.blocks += 1;
    chain.pause(BigInt(seconds));
  });

/** Whoever runs the beacon does so in time, as a rule. */
const bringRound: Move = (chain) => {
  const [round] = chain.roundsDue();
  return round === undefined ? [] : [chain.roundOrder(round)];
};

/** A block that another chain has and this one has not leaves no trace here. */
const elsewhere = (name: string, move: Move): ChainCommand =>
  command(`elsewhere(${name})`, (_, chain) => {
    const { blockId } = chain;
    chain.fork().offer(...move(chain));
    if (chain.blockId !== blockId) throw new Error('a fork changed the chain it came from');
  });

/**
 * Runs of a chain for `fc.modelRun`: arbitrary messages, the moves that are given, empty blocks,
 * pauses, beacon rounds, and blocks on forks that come to nothing.
 */
export const arbitraryCommands = (
  options: CommandOptions,
): fc.Arbitrary<Iterable<ChainCommand>> => {
  const { chain, people, moves = [], maxCommands = MAX_COMMANDS } = options;
  const junk = arbitraryOrder(chain.view, { people });
  const anyMove = moves.length === 0 ? fc.constant<Move>(() => []) : fc.oneof(...moves);
  const commands: fc.Arbitrary<ChainCommand>[] = [
    junk.map((order) => offer(`${order.message.type} to ${order.to}`, () => [order])),
    fc.constant(offer('bringRound', bringRound)),
    fc.integer({ min: 1, max: MAX_TICKS }).map(tick),
    fc.integer({ min: 0, max: MAX_PAUSE_SECONDS }).map(pause),
    anyMove.map((move) => elsewhere('move', move)),
    ...moves.map((move) => move.map((each) => offer('move', each))),
  ];
  // Without a size runs would stay at a third of that, whatever is asked for.
  return fc.commands(commands, { maxCommands, size: 'max' });
};

/** Runs commands on a fork of a chain, which stays as it is; gives what they did and the fork. */
export const runCommands = (
  start: TestChain,
  commands: Iterable<ChainCommand>,
  watch: (chain: TestChain) => void = () => undefined,
): { readonly model: CommandModel; readonly chain: TestChain } => {
  const chain = start.fork();
  watch(chain);
  const model: CommandModel = { blocks: 0, applied: 0, refused: 0, leftOut: 0 };
  fc.modelRun(() => ({ model, real: chain }), commands);
  return { model, chain };
};
