import { outputTree, sha256Hex, splitChunks, verifyTreeShape } from '../../codec/index.ts';
import { hasKnownShape, isTeacherForced, outputChunkBytes } from '../comparators/index.ts';
import { because, emit, type Apply, type Check, type Reason } from '../kit/index.ts';
import type { ChallengeMessage } from './messages.ts';
import type { ChallengeContext, Defendant } from './record.ts';

type Message<T extends ChallengeMessage['type']> = Extract<ChallengeMessage, { type: T }>;

export const isThePayload: Check<ChallengeContext, Message<'publish'>> = (context, { payload }) => {
  if (context.payloadPublished) return because('payload-published');
  if (payload.length > context.payloadBytes) {
    return because('payload-too-large', { most: context.payloadBytes });
  }
  return sha256Hex(payload) === context.payloadHash ? undefined : because('payload-mismatch');
};

export const publish: Apply<ChallengeContext, Message<'publish'>> = (
  context,
  { payload },
  { from },
) => ({
  context: { ...context, payloadPublished: true },
  effects: [emit('payloadPublished', { by: from, bytes: payload.length })],
});

const chunksOf = ({ comparator }: ChallengeContext, output: Uint8Array) =>
  splitChunks(output, outputChunkBytes(comparator));

/** A defendant that has not shown yet what its comparator asks for. */
const whyNotAwaited = (context: ChallengeContext, defendant: number): Reason | undefined => {
  const accused = context.defendants[defendant];
  if (accused === undefined) return because('party-unknown', { party: defendant });
  return accused.substantiated ? because('output-published') : undefined;
};

const shown = (
  context: ChallengeContext,
  defendant: number,
  leaves: number,
): readonly Defendant[] =>
  context.defendants.map((each, at) =>
    at === defendant ? { ...each, substantiated: true, leaves } : each,
  );

/** The output of a defendant, whose tokens seats need to answer on them (PROTOCOL §6, 2). */
export const isTheOutput: Check<ChallengeContext, Message<'publishOutput'>> = (
  context,
  { defendant, output },
) => {
  if (!isTeacherForced(context.comparator)) return because('output-not-asked');
  const reason = whyNotAwaited(context, defendant);
  if (reason !== undefined) return reason;
  if (output.length > context.payloadBytes) {
    return because('payload-too-large', { most: context.payloadBytes });
  }
  const { root } = outputTree(chunksOf(context, output));
  return root === context.defendants[defendant]?.outputHash
    ? undefined
    : because('output-mismatch');
};

export const publishOutput: Apply<ChallengeContext, Message<'publishOutput'>> = (
  context,
  { defendant, output },
  { from },
) => {
  const leaves = chunksOf(context, output).length;
  return {
    context: { ...context, defendants: shown(context, defendant, leaves) },
    effects: [emit('outputPublished', { by: from, defendant, bytes: output.length })],
  };
};

/**
 * How long the output of a defendant is, where outputs of different lengths are compared: seats
 * have to know which chunks there are, and nothing of what is in them.
 */
export const isTheShape: Check<ChallengeContext, Message<'publishShape'>> = (
  context,
  { defendant, leaves: count, bytes, top },
) => {
  const { comparator } = context;
  if (!hasKnownShape(comparator) || isTeacherForced(comparator)) {
    return because('output-not-asked');
  }
  const reason = whyNotAwaited(context, defendant);
  if (reason !== undefined) return reason;
  const root = context.defendants[defendant]?.outputHash ?? '';
  return verifyTreeShape({ root, count, bytes, top }) ? undefined : because('output-mismatch');
};

export const publishShape: Apply<ChallengeContext, Message<'publishShape'>> = (
  context,
  { defendant, leaves, bytes },
  { from },
) => ({
  context: { ...context, defendants: shown(context, defendant, leaves) },
  effects: [emit('shapePublished', { by: from, defendant, leaves, bytes })],
});
