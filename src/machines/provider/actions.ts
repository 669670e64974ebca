import { burn, emit, keyOf, payAccount, send, stepsOf } from '../kit/index.ts';
import type { Applied, Apply, Effect } from '../kit/index.ts';
import { drop, forget } from './enclave-end.ts';
import { enrol } from './enrolment.ts';
import type { ProviderMessage } from './messages.ts';
import { NEVER, type ProviderContext } from './record.ts';
import { rotate } from './rotation.ts';
import { declined, depart, goodbyes, leave, serve } from './service.ts';
import { activeStake, addExposure, boundaryOf, dueOf, epochOf, isSecondNoShow } from './stake.ts';
import { liveExposure } from './stake.ts';
import { isSpared, maturedLots, releaseLock, reweigh, takePenalty, takeSlash } from './stake.ts';
import { tombstone } from './tombstone.ts';

type Message<T extends ProviderMessage['type']> = Extract<ProviderMessage, { type: T }>;
type On<T extends ProviderMessage['type']> = Apply<ProviderContext, Message<T>>;

const step = stepsOf<ProviderContext, ProviderMessage>();

const plain = (context: ProviderContext, ...effects: readonly Effect[]) => ({ context, effects });

/** Adds the messages that a new weight needs behind the effects of a step. */
const weighing = (
  { context, effects }: Applied<ProviderContext>,
  weigh: (context: ProviderContext) => bigint,
): Applied<ProviderContext> => {
  const weighed = reweigh(context, weigh(context));
  return { context: weighed.context, effects: [...effects, ...weighed.effects] };
};

const asActive = activeStake;
const asIdle = () => 0n;

/** The same step on an edge to `active`, and to a state without draws. */
const active =
  <M extends ProviderMessage>(apply: Apply<ProviderContext, M>): Apply<ProviderContext, M> =>
  (context, message, call) =>
    weighing(apply(context, message, call), asActive);

const idle =
  <M extends ProviderMessage>(apply: Apply<ProviderContext, M>): Apply<ProviderContext, M> =>
  (context, message, call) =>
    weighing(apply(context, message, call), asIdle);

const register: On<'register'> = (context, { endpoint }, { self, from, value, height }) =>
  plain(
    {
      ...context,
      owner: keyOf(from),
      registeredAt: height,
      keys: [{ address: keyOf(self), from: height, until: NEVER }],
      endpoint,
      freeNlux: value,
    },
    emit('registered', { owner: from, stakeNlux: value, endpoint }),
  );

const stake: On<'stake'> = (context, _, { value }) =>
  plain({ ...context, freeNlux: context.freeNlux + value }, emit('staked', { amountNlux: value }));

const unstake: On<'unstake'> = (context, { amountNlux }, { height }) => {
  const last = context.lots.at(-1);
  const lots =
    last?.height === height
      ? context.lots.with(-1, { height, amountNlux: last.amountNlux + amountNlux })
      : [...context.lots, { height, amountNlux }];
  return plain(
    { ...context, freeNlux: context.freeNlux - amountNlux, lots },
    emit('unstaked', { amountNlux }),
  );
};

const withdraw: On<'withdraw'> = (context, _, { height, parameters }) => {
  const matured = maturedLots(context, height, parameters.unbondingBlocks);
  const amountNlux = matured.reduce((sum, lot) => sum + lot.amountNlux, 0n);
  return plain(
    { ...context, lots: context.lots.slice(matured.length) },
    ...payAccount(context.owner, 'withdrawal', amountNlux),
    emit('withdrawn', { amountNlux }),
  );
};

/** With the last coin a provider leaves every profile, so that nothing waits for it. */
const exit: On<'withdraw'> = (context, message, call) => {
  const { context: empty, effects } = withdraw(context, message, call);
  return plain({ ...empty, served: [] }, ...effects, ...goodbyes(context), emit('exited', {}));
};

const unjail: On<'unjail'> = (context) =>
  plain({ ...context, jailedUntil: 0n, noShows: 0, lastNoShowAt: 0n }, emit('unjailed', {}));

const setEndpoint: On<'setEndpoint'> = (context, { endpoint }) =>
  plain({ ...context, endpoint }, emit('endpointSet', { endpoint }));

const expose: On<'expose'> = (context, { valueNlux, windowEnd }, { height, parameters }) => {
  const live = liveExposure(context, epochOf(height, parameters));
  const exposure = addExposure(live, epochOf(windowEnd, parameters), valueNlux);
  return plain({ ...context, exposure });
};

const lock: On<'lock'> = (context, { defendant, amountNlux }, { from }) => {
  const lockedNlux = amountNlux < context.freeNlux ? amountNlux : context.freeNlux;
  return plain(
    {
      ...context,
      freeNlux: context.freeNlux - lockedNlux,
      lockedNlux: context.lockedNlux + lockedNlux,
      openChallenges: context.openChallenges + 1,
    },
    send(from as `challenge:${string}`, { type: 'locked', defendant, lockedNlux }),
    emit('locked', { amountNlux: lockedNlux, by: from }),
  );
};

const unlock: On<'unlock'> = (context, { amountNlux }, { from }) => {
  const released = releaseLock(context, amountNlux);
  return plain(
    { ...released.context, openChallenges: context.openChallenges - 1 },
    ...burn(released.takenNlux),
    emit('unlocked', { amountNlux, by: from }),
  );
};

/** A defendant is slashed as unsubstantiated once per window (PROTOCOL §6.3). */
const slash: On<'slash'> = (context, message, { from, height, parameters }) => {
  const spared = message.unsubstantiated && isSpared(context, height, parameters);
  const wanted = { ...message, amountNlux: dueOf(context, message, height, parameters) };
  const { context: after, takenNlux, owedNlux } = takeSlash(context, wanted);
  const unsubstantiatedAt = message.unsubstantiated && !spared ? height : context.unsubstantiatedAt;
  return plain(
    { ...after, openChallenges: context.openChallenges - 1, unsubstantiatedAt },
    send(
      from as `challenge:${string}`,
      { type: 'slashed', defendant: message.defendant },
      takenNlux,
    ),
    ...burn(owedNlux),
    emit('slashed', { amountNlux: takenNlux, by: from }),
  );
};

const penalize: On<'penalize'> = (context, message, { from, height, parameters }) => {
  const { amountNlux, noShow } = message;
  const since = boundaryOf(message.since, parameters);
  const { context: after, takenNlux } = takePenalty(context, { amountNlux, since });
  const second = noShow && isSecondNoShow(context, height, parameters);
  const counted = noShow ? { noShows: second ? 2 : 1, lastNoShowAt: height } : {};
  return plain(
    { ...after, ...counted },
    ...burn(takenNlux),
    emit('penalized', { amountNlux: takenNlux, by: from, noShow }),
  );
};

const jail: On<'penalize'> = (context, message, call) => {
  const { context: after, effects } = penalize(context, message, call);
  const jailedUntil = call.height + call.parameters.unjailBlocks;
  return plain({ ...after, jailedUntil }, ...effects, emit('jailed', { until: jailedUntil }));
};

export const steps = {
  register: step('register', idle(register)),
  registerActive: step('register', active(register)),
  stake: step('stake', stake),
  stakeActive: step('stake', active(stake)),
  unstake: step('unstake', unstake),
  unstakeActive: step('unstake', active(unstake)),
  unstakeIdle: step('unstake', idle(unstake)),
  withdraw: step('withdraw', withdraw),
  exit: step('withdraw', exit),
  unjail: step('unjail', unjail),
  unjailActive: step('unjail', active(unjail)),
  setEndpoint: step('setEndpoint', setEndpoint),
  enrol: step('enrolEnclaveKey', enrol),
  drop: step('dropEnclaveKey', drop),
  forget: step('dropEnclaveKey', forget),
  rotate: step('rotateKey', rotate),
  serve: step('serve', serve),
  leave: step('leave', leave),
  depart: step('depart', depart),
  declined: step('declined', declined),
  tombstone: step('tombstone', tombstone),
  expose: step('expose', expose),
  lock: step('lock', lock),
  unlock: step('unlock', unlock),
  unlockActive: step('unlock', active(unlock)),
  unlockIdle: step('unlock', idle(unlock)),
  slash: step('slash', slash),
  slashActive: step('slash', active(slash)),
  slashIdle: step('slash', idle(slash)),
  penalize: step('penalize', penalize),
  penalizeActive: step('penalize', active(penalize)),
  penalizeIdle: step('penalize', idle(penalize)),
  jail: step('penalize', idle(jail)),
};
