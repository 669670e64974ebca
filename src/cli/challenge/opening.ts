import type { Challenged } from '../../client/challenge.ts';
import type { ActorId } from '../../machines/kit/address.ts';
import { actorRecord } from '../kit/actors.ts';
import type { Draft, Plan } from '../kit/draft.ts';
import { flag } from '../kit/input.ts';
import { parseHash } from '../kit/parse.ts';
import { confirm } from '../kit/prompt.ts';
import { keyText } from '../kit/seat.ts';
import type { Described } from '../kit/spec.ts';
import { stop } from '../kit/stop.ts';
import type { Planning } from '../kit/transaction.ts';
import { announceFirst } from './announce.ts';

/** What all commands share that open a challenge. */

export const ID = 'e05b…';
export const ATTESTATION: Described = ['<attestation>', 'slot of the attestation'];
export const YES: Described = ['--yes', 'you know that the prompt becomes public'];
export const ANNOUNCE: Described = [
  '--announce',
  'announce it a block before, so that nobody who copies it gets ahead of you',
];

const PUBLIC =
  'A challenge makes the prompt public: somebody publishes the payload of these attestations on\n' +
  '        the chain, for everybody and for ever.';

/** An attestation on the chain. */
export const challengedOf = async ({ node }: Planning, text: string): Promise<Challenged> => {
  const slot = parseHash(text, 'attestation');
  const { context } = await actorRecord(node, `attestation:${slot}`);
  return { slot, context };
};

/** What its profile pays for a re-run. */
export const rerunFeeOf = async ({ node }: Planning, { context }: Challenged): Promise<bigint> => {
  const profile = await actorRecord(node, `profile:${context.profileHash}`);
  return profile.context.specification.rerunFeeNlux;
};

/** Says what an opening does to the prompt, and asks. */
export const confirmPublic = async (
  { input, session }: Planning,
  question: string,
): Promise<void> => {
  session.out.warn(PUBLIC);
  if (!flag(input, 'dryRun')) await confirm(question, flag(input, 'yes'));
};

interface Opening {
  readonly id: ActorId<'challenge'>;
  readonly draft: Draft;
  readonly bondNlux: bigint;
}

/** The plan of an opening with a bond, announced before it if that is asked for. */
export const openingPlan = async (
  planning: Planning,
  { id, draft, bondNlux }: Opening,
): Promise<Plan> => {
  const { input, node } = planning;
  const { record } = await node.ask(`asking for ${id}`, node.client.actor(id));
  if (record !== undefined) stop('cli/already-open', { challenge: keyText(id) });
  await confirmPublic(planning, 'Open the challenge?');
  const announced = flag(input, 'announce') ? await announceFirst(planning, id) : undefined;
  return {
    drafts: [...(announced?.drafts ?? []), draft],
    names: { challenge: keyText(id), ...announced?.names },
    rows: [['bond', node.texts.amount(bondNlux)]],
    facts: { bondNlux },
  };
};
