import { attestationSlot, bindingDigest, encode, equalBytes } from '../../codec/index.ts';
import { attestationIdOf, inputHash, profileHash, taskKey } from '../../codec/index.ts';
import { actorKey } from '../../actors/index.ts';
import { preparedKind } from '../../actors/record.ts';
import { fromHex } from '../../codec/index.ts';
import { kindOf, keyOf, type ActorKind } from '../../machines/kit/index.ts';
import { checkRelations } from '../../machines/parameters/relations.ts';
import { PARAMETERS } from '../../machines/kit/index.ts';
import { profileSpecification } from '../../machines/profile/record.ts';
import { REGISTRY } from '../../machines/registry.ts';
import type { ChainView } from '../view.ts';
import { type Fault, type StateInvariant, type StepInvariant, unless } from './invariant.ts';

/** States that nothing leaves (PROTOCOL §3). A removed model or profile is not in state at all. */
const TERMINAL: Readonly<Partial<Record<ActorKind, readonly string[]>>> = {
  provider: ['exited', 'tombstoned'],
  request: ['settled', 'refunded'],
  attestation: ['final', 'faulty', 'void'],
  challenge: ['final'],
};

const terminal: StepInvariant['check'] = ({ before, after }) =>
  (Object.keys(TERMINAL) as ActorKind[]).flatMap((kind) =>
    before.all(kind).flatMap(({ id, record }) => {
      const later = after.actor(id)?.state;
      const isOver = TERMINAL[kind]?.includes(record.state) === true;
      // A tombstone reaches a provider in every state, also one that has exited.
      const isProven = kind === 'provider' && later === 'tombstoned';
      return unless(
        !isOver || later === record.state || isProven,
        () => `it left ${record.state} for ${later}`,
        id,
      );
    }),
  );

/** An attestation whose window has passed cannot be challenged, settled or not. */
const finality: StepInvariant['check'] = ({ before, after }) =>
  before.all('attestation').flatMap(({ id, record }) => {
    const later = after.actor(id);
    const hasPassed = record.state === 'pending' && record.context.windowEnd <= after.height;
    const isTouched = later?.state === 'disputed' || later?.context.verdict !== 'none';
    return unless(
      !hasPassed || !isTouched,
      () => `its window ended at ${record.context.windowEnd}, and it is ${later?.state}`,
      id,
    );
  });

/** Ids are unique and follow from the fields; so does the address of an attestation. */
const identities = (view: ChainView): readonly Fault[] => {
  const seen = new Set<string>();
  const { networkId, chainId } = view;
  return view.all('attestation').flatMap(({ id, record: { context } }) => {
    const input = inputHash(context);
    const { modelId, provider, requestId, teeReportHash } = context;
    const task = taskKey({ networkId, chainId, modelId, inputHash: input });
    const binding = bindingDigest({ ...context, networkId, chainId, inputHash: input });
    const expected = attestationIdOf({ bindingDigest: binding, teeReportHash });
    const slot = attestationSlot({ provider, taskKey: task, requestId });
    const isNew = !seen.has(context.attestationId);
    seen.add(context.attestationId);
    return unless(
      isNew && context.attestationId === expected && slot === keyOf(id),
      () => `its id is ${context.attestationId}, and its fields give ${expected}`,
      id,
    );
  });
};

/** A profile is its hash, so what stands under it cannot have changed. */
const specifications = (view: ChainView): readonly Fault[] =>
  view.all('profile').flatMap(({ id, record: { context } }) => {
    const hash = profileHash(encode(profileSpecification, context.specification));
    return unless(hash === keyOf(id), () => `its specification has the hash ${hash}`, id);
  });

const SOUND = new WeakSet<object>();

const relations = (view: ChainView): readonly Fault[] => {
  const context = view.actor(PARAMETERS)?.context;
  if (context === undefined || SOUND.has(context)) return [];
  const { current, pending } = context;
  const sets = [current, ...(pending === undefined ? [] : [pending.parameters])];
  const broken = sets.flatMap((each) => checkRelations(each));
  if (broken.length === 0) SOUND.add(context);
  return broken.map(({ path, message }) => ({
    sentence: `${path} ${message}`,
    actors: [PARAMETERS],
  }));
};

/** The index of timers says what the records say, and a block delivers no more than it may. */
const timers = (view: ChainView): readonly Fault[] => {
  const index = view.timers();
  const waking = view.everybody().filter(({ record }) => record.wakeAt !== undefined);
  const { timersPerBlock } = view.parameters;
  const delivered = view.begin.timers.length;
  return [
    ...unless(
      index.length === waking.length,
      () => `${index.length} timers are set, and ${waking.length} actors wait for one`,
    ),
    ...index.flatMap(({ height, id }) => {
      const wakeAt = view.actor(id)?.wakeAt;
      const isLate = height <= view.height && !view.begin.carriedOver;
      return unless(
        wakeAt === height && !isLate,
        () => `its timer is set for ${height}, it wakes at ${wakeAt}, the height is ${view.height}`,
        id,
      );
    }),
    ...unless(
      delivered <= timersPerBlock,
      () => `a block delivered ${delivered} timers of at most ${timersPerBlock}`,
    ),
  ];
};

/** Bytes that were found to be the one encoding of their record: most stay from block to block. */
const CANONICAL = new WeakSet<Uint8Array>();

/** Each record has one encoding, and it is the one that is stored. */
const encodings = (view: ChainView): readonly Fault[] =>
  view.everybody().flatMap(({ id, record }) => {
    const stored = view.source.get(fromHex(actorKey(id)));
    if (stored !== undefined && CANONICAL.has(stored)) return [];
    const again = encode(preparedKind(REGISTRY, id).record, record);
    const isSame = stored !== undefined && equalBytes(stored, again);
    if (isSame) CANONICAL.add(stored);
    return unless(isSame, () => `a ${kindOf(id)} is stored in other bytes than its own`, id);
  });

export const lifeInvariants: readonly StateInvariant[] = [
  { id: 'I15', says: 'What stands under the hash of a profile has it.', check: specifications },
  {
    id: 'I43',
    says: 'Attestation ids are unique and follow from the fields that were signed.',
    check: identities,
  },
  {
    id: 'I49',
    says: 'The relations of parameters hold (with U ≥ 2(W + D) among them, I38).',
    check: relations,
  },
  { id: 'I52', says: 'A record that is read and written again is the same.', check: encodings },
  {
    id: 'I54',
    says: 'Timers are those that records wait for, late only where a block was full of them.',
    check: timers,
  },
];

export const lifeSteps: readonly StepInvariant[] = [
  { id: 'I35', says: 'Nothing leaves a terminal state.', check: terminal },
  {
    id: 'I44',
    says: 'An attestation whose window has passed is final by height alone.',
    check: finality,
  },
];
