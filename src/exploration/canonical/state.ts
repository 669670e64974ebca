import { hash, toHex, utf8 } from '../../codec/index.ts';
import { payers } from '../../machines/attestation/record.ts';
import { isVoidedBy } from '../../machines/attestation/standing.ts';
import { ticketRound } from '../../machines/attestation/audit.ts';
import { openedChunks, type ChallengeContext } from '../../machines/challenge/record.ts';
import { FIRST_SEAT } from '../../machines/challenge/wanted.ts';
import { actorId, AUDIT_POOL, BEACON, type ActorId } from '../../machines/kit/index.ts';
import { setAtBoundary } from '../../machines/profile/set.ts';
import type { ChainView, Found } from '../../testing/view.ts';
import type { Lexicon } from '../lexicon.ts';
import type { Setting } from '../setting.ts';
import { numberPool, numbersOf, placesOf, poolOf, providerText } from './people.ts';
import { seatsText, weightsOf } from './people.ts';
import { termsOf } from './terms.ts';
import { contextWriter, type Terms } from './writer.ts';

const writeAttestation = contextWriter('attestation');
/** Of one that is over: when it was made is read by evidence of an equivocation alone. */
const writeEnded = contextWriter('attestation', 'height', 'windowEnd', 'includedAt');
const writeChallenge = contextWriter('challenge');
const writeAnnouncement = contextWriter('announcement');
const writeBeacon = contextWriter('beacon');

const ENDED: readonly string[] = ['final', 'faulty', 'void'];

/** A collection's own key, and what it holds, of the payers of an attestation. */
const paymentsText = ({ setting, view, terms }: Scope, id: ActorId<'attestation'>): string => {
  const source = view.actor(BEACON)?.context.source;
  const { beaconMarginSeconds } = setting.world.parameters.dispute;
  return view
    .entries(payers, id)
    .map(({ key, value: { amountNlux, paidAt } }) => {
      const ticket = source && ticketRound(source, paidAt, beaconMarginSeconds);
      const hasLottery = setting.world.moves.includes('protocolAudit');
      const draw = hasLottery && ticket !== undefined ? terms.number('round', ticket) : '';
      return `${key} ${amountNlux} ${draw}`;
    })
    .join();
};

interface Scope {
  readonly setting: Setting;
  readonly view: ChainView;
  readonly terms: Terms;
}

const attestationText = (scope: Scope, { id, record }: Found<'attestation'>): string => {
  const { setting, view, terms } = scope;
  const { state, context } = record;
  const provider = view.actor(actorId('provider', context.provider))?.context;
  const isVoid = state === 'pending' && provider !== undefined && isVoidedBy(context, provider);
  const hasEnded =
    ENDED.includes(state) || (state === 'pending' && context.windowEnd <= view.height);
  const isOld = hasEnded && !setting.world.moves.includes('equivocation');
  const write = isOld ? writeEnded : writeAttestation;
  const paid = context.payers === 0 ? '' : paymentsText(scope, id);
  return `${id} ${state} ${isVoid} ${write(context, terms)} ${paid}`;
};

/** Nothing leaves a challenge that is final, and nothing reads what it was. */
const endedText = (label: string, { defendants, ending }: ChallengeContext): string =>
  `${label} ${ending} ${defendants.map(({ verdict }) => verdict).join()}`;

/** A challenge that is open, with what is needed to write who sits in it. */
const openText = (
  scope: Scope,
  { label, found, places, memberNumber }: OpenDispute & { memberNumber: (of: string) => string },
): string => {
  const { id, record } = found;
  const { state, balance, wakeAt, context } = record;
  const wakes = wakeAt === undefined ? '-' : scope.terms.number('height', wakeAt);
  const numbers = numbersOf(places, context.round);
  const chunks = scope.view.entries(openedChunks, id).map(({ key, value }) => {
    const party = Number.parseInt(key.slice(0, 2), 16);
    const seat = numbers.get(party - FIRST_SEAT);
    const by = seat === undefined ? `d${party}` : `s${seat}`;
    return `${by} ${key.slice(2)} ${toHex(value.output)} ${toHex(value.evidence)}`;
  });
  return [
    `${label} ${state} ${balance} ${wakes} ${writeChallenge(context, scope.terms)}`,
    seatsText(places, memberNumber),
    chunks.toSorted(byText).join(),
  ].join('\n');
};

interface OpenDispute {
  readonly label: string;
  readonly found: Found<'challenge'>;
  readonly places: ReturnType<typeof placesOf>;
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const weightsText = (
  weights: ReadonlyMap<string, bigint>,
  nameOf: (address: string) => string,
): string =>
  [...weights]
    .map(([address, weight]) => `${nameOf(address)}:${weight}`)
    .toSorted(byText)
    .join();

/** Those who may be drawn by a challenge that is opened now. */
const drawable = ({ setting, view }: Scope): ReadonlyMap<string, bigint> => {
  const id = actorId('profile', setting.profileHash);
  const profile = view.actor(id)?.context;
  if (profile === undefined) return new Map();
  const { epochBlocks } = setting.world.parameters;
  return weightsOf(view, id, setAtBoundary(profile, view.height, epochBlocks));
};

/**
 * A state as a text that is the same for all states from which the same can happen: written
 * relative to its own height and clock, with members of the pool and seats of a panel in an order
 * that does not depend on who they are. Left out is what decides nothing: balances of accounts,
 * which are never short, nonces, and what terminal records remember.
 */
export const canonicalText = (setting: Setting, view: ChainView, lexicon: Lexicon): string => {
  const terms = termsOf(setting.world, view, lexicon);
  const scope = { setting, view, terms };
  const profile = actorId('profile', setting.profileHash);
  const labelled = view
    .all('challenge')
    .map((found) => ({ label: lexicon.challenge(found.record.context), found }))
    .toSorted((a, b) => byText(a.label, b.label));
  const open = labelled.filter(({ found }) => found.record.state !== 'final');
  const eligible = open.map(({ found }) => weightsOf(view, profile, found.record.context.eligible));
  const now = drawable(scope);
  const pool = poolOf(setting, view, [now, ...eligible], terms);
  const disputes = open.map((each) => ({
    ...each,
    places: placesOf(each.found.record.context, pool, terms),
  }));
  const seated = disputes.flatMap(({ places }) =>
    places.flatMap(({ seats }) => seats.map(({ provider }) => provider)),
  );
  const numbers = numberPool(pool, seated);
  const memberNumber = (address: string): string => numbers.get(address) ?? address;
  const beacon = view.actor(BEACON);
  return [
    `epoch ${view.height % setting.world.parameters.epochBlocks}`,
    `beacon ${beacon === undefined ? '' : writeBeacon(beacon.context, terms)}`,
    `audit pool ${view.actor(AUDIT_POOL)?.balance ?? 0n}`,
    ...setting.world.defendants.map(({ name }) =>
      providerText(view, setting.provider(name), terms),
    ),
    ...[...numbers.keys()].map((address) => pool.get(address)?.text ?? ''),
    ...view.all('attestation').map((found) => attestationText(scope, found)),
    ...view
      .all('announcement')
      .map(({ id, record }) => `${id} ${record.state} ${writeAnnouncement(record.context, terms)}`),
    ...labelled
      .filter(({ found }) => found.record.state === 'final')
      .map(({ label, found }) => endedText(label, found.record.context)),
    ...disputes.map((each) => openText(scope, { ...each, memberNumber })),
    ...[now, ...eligible].map((weights) => weightsText(weights, memberNumber)),
  ].join('\n');
};

/** The name of a state: `H("aivm/exploration-state/1", text)` of its canonical text, hex. */
export const stateId = (text: string): string => hash('aivm/exploration-state/1', utf8(text));
