import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/codec/index.ts';
import { encode } from '../../../src/codec/index.ts';
import { ACTOR_KINDS, actorId, kindOf } from '../../../src/machines/kit/index.ts';
import type { ActorId, ActorKind } from '../../../src/machines/kit/index.ts';
import { REGISTRY } from '../../../src/machines/registry.ts';
import { valueOf } from '../../../src/testing/index.ts';
import { expectSound } from '../../support/invariants.ts';
import { MODEL, Market, PAYLOAD, PROFILE, RIGHT, WRONG } from '../../support/market.ts';
import { LUX } from '../../support/parameters.ts';
import type { World } from '../../support/world.ts';

const SEED = 20_261_123;

type Order = ReturnType<World['order']>;
type Move = (market: Market) => readonly Order[];

const OUTPUTS = [RIGHT, WRONG, utf8('a third')] as const;
const PAIRS = [
  ['p0', 'p1'],
  ['p1', 'p2'],
  ['p2', 'p3'],
  ['p4', 'p0'],
] as const;

const name = fc.integer({ min: 0, max: 6 }).map((at) => `p${at}`);
const pair = fc.constantFrom(...PAIRS);
const output = fc.constantFrom(...OUTPUTS);
const lux = fc.bigInt(0n, 130n).map((amount) => amount * LUX);

/** A move of someone who knows the rules: it may still come at the wrong moment. */
const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(() => []) },
  {
    weight: 4,
    arbitrary: fc.tuple(name, output).map(([who, what]) => (market: Market) => [
      market.order(who, market.attestation(who), market.claim(who, what)),
    ]),
  },
  fc.tuple(name, lux).map(([who, amountNlux]) => (market: Market) => [
    market.order(market.ownerName(who), market.provider(who), { type: 'unstake', amountNlux }),
  ]),
  fc.tuple(name, lux).map(([who, amountNlux]) => (market: Market) => [
    market.order(market.ownerName(who), market.provider(who), { type: 'stake' }, amountNlux),
  ]),
  name.map((who) => (market: Market) => [
    market.order(market.ownerName(who), market.provider(who), { type: 'withdraw' }),
  ]),
  name.map((who) => (market: Market) => [
    market.order(market.ownerName(who), market.provider(who), { type: 'unjail' }),
  ]),
  fc.tuple(name, fc.bigInt(0n, LUX / 2n)).map(([who, fee]) => (market: Market) => [
    market.order('consumer', market.attestation(who), { type: 'pay' }, fee),
  ]),
  name.map((who) => (market: Market) => [
    market.order('anyone', market.attestation(who), { type: 'settle' }),
  ]),
  name.map((who) => (market: Market) => [
    market.order('consumer', market.attestation(who), { type: 'refund' }),
  ]),
  {
    weight: 6,
    arbitrary: pair.map(([first, second]) => (market: Market) => [
      market.order(
        'challenger',
        market.challengeOf(first, second),
        market.challengeMessage(first, second),
        10n * LUX,
      ),
    ]),
  },
);

/** What those who work on an open challenge would do next, each with a chance to be silent. */
const diligence = (market: Market, isAwake: (who: string) => boolean): readonly Order[] =>
  PAIRS.flatMap(([first, second]): readonly Order[] => {
    const id = market.challengeOf(first, second);
    const record = market.actor(id);
    if (record === undefined) return [];
    if (record.state === 'publish' && isAwake('anyone')) {
      return [market.order('anyone', id, { type: 'publish', payload: PAYLOAD })];
    }
    if (record.state === 'awaitSeed') return [market.order('anyone', id, { type: 'submitSeed' })];
    if (record.state !== 'commit' && record.state !== 'reveal') return [];
    const seat = market.seatName(id);
    if (!isAwake(seat)) return [];
    const { commitment, shown } = market.rerun(id, seat, RIGHT);
    if (record.state === 'commit') {
      return [market.order(seat, id, { type: 'commit', seat: 0, commitment })];
    }
    const parties = [
      [seat, RIGHT],
      ...record.context.defendants.flatMap(({ provider, outputHash }) => {
        const who = market.providers.find((each) => market.address(each) === provider) ?? '';
        const what = OUTPUTS.find((each) => market.claim(who, each).outputHash === outputHash);
        return what === undefined ? [] : [[who, what] as const];
      }),
    ] as const;
    const chunks = parties
      .filter(([who]) => isAwake(who))
      .flatMap(([who, what]) =>
        market.chunkMessages(id, who, what).map((message) => market.order(who, id, message)),
      );
    return [market.order(seat, id, { type: 'reveal', seat: 0, ...shown }), ...chunks];
  });

const beaconOrders = (market: Market): readonly Order[] => {
  const round = market.nextRoundDue();
  return round === undefined ? [] : [market.roundOrder(round)];
};

const run = (script: readonly Move[], silence: readonly string[]): Market => {
  const market = new Market(7).open(() => 105n * LUX);
  const supply = market.supply();
  market.block(
    ...['p0', 'p1', 'p2', 'p3'].map((who, at) =>
      market.order(who, market.attestation(who), market.claim(who, OUTPUTS[at % 2] ?? RIGHT)),
    ),
  );
  for (const move of script) {
    const awake = (who: string) => !silence.includes(who);
    market.block(...beaconOrders(market), ...move(market), ...diligence(market, awake));
    expectSound(market, supply, PROFILE);
  }
  market.advance(100n);
  for (const record of market.all('challenge')) expect(record.state).toBe('final');
  expectSound(market, supply, PROFILE);
  return market;
};

describe('a market in which anything may happen', () => {
  it('stays sound after every block, and every challenge ends (I1, I3, I34, I35)', () => {
    let challenges = 0;
    let slashed = 0;
    fc.assert(
      fc.property(
        fc.array(moves, { minLength: 30, maxLength: 60 }),
        fc.subarray(['p2', 'p3', 'p4', 'p5', 'p6', 'p0', 'anyone'], { maxLength: 3 }),
        (script, silence) => {
          const market = run(script, silence);
          challenges += market.all('challenge').length;
          slashed += (market.all('attestation') as readonly { state: string }[]).filter(
            ({ state }) => state === 'faulty',
          ).length;
        },
      ),
      { seed: SEED, numRuns: 60 },
    );
    expect(challenges).toBeGreaterThan(30);
    expect(slashed).toBeGreaterThan(5);
  });
});

const KINDS = Object.keys(REGISTRY) as ActorKind[];

/** Any message of any kind, to an actor that exists or to one that does not. */
const junk = (targets: readonly ActorId[]): fc.Arbitrary<readonly [ActorId, unknown]> =>
  fc.oneof(
    ...KINDS.map((kind) => {
      const known = targets.filter((id) => kindOf(id) === kind);
      const unknown =
        known.length > 0 && known[0]?.endsWith(':')
          ? []
          : ['ab'.repeat(ACTOR_KINDS[kind].keyBytes)];
      const ids = [...known, ...unknown.map((key) => actorId(kind, key) as ActorId)];
      return fc.tuple(
        fc.constantFrom(...ids),
        valueOf(REGISTRY[kind].messages.shape).filter((message) => {
          try {
            return encode(REGISTRY[kind].messages, message as never).length > 0;
          } catch {
            return false;
          }
        }),
      );
    }),
  );

describe('messages that nobody would send', () => {
  const market = new Market().open();
  const request = actorId('request', market.ask('p2', LUX / 5n));
  market.attest('p0', RIGHT);
  market.attest('p1', WRONG);
  market.attest('p3', RIGHT);
  const challenge = market.challenge('p0', 'p1');
  const targets: ActorId[] = [
    MODEL,
    PROFILE,
    market.provider('p0'),
    market.provider('p5'),
    market.attestation('p0'),
    market.attestation('p3'),
    market.account('anyone'),
    request,
    challenge,
    ...(['parameters', 'beacon', 'trustStore', 'auditPool', 'treasury', 'burn'] as const).map(
      (kind) => actorId(kind),
    ),
  ];
  const start = market.snapshot();

  it('are refused by name, and change nothing but fee and nonce (I51)', () => {
    let refused = 0;
    fc.assert(
      fc.property(junk(targets), fc.constantFrom(0n, 1n, LUX), ([to, message], value) => {
        market.restore(start);
        const supply = market.supply();
        const [receipt] = market.block(market.order('anyone', to, message as never, value));
        expect(market.supply()).toBe(supply);
        if (receipt?.outcome.type !== 'refused') return;
        refused += 1;
        const { refusal } = receipt.outcome;
        expect(refusal.code).not.toBe('');
        if (refusal.actor === to) {
          expect(refusal.message).toBe((message as { type: string }).type);
        }
        const after = market.snapshot();
        market.restore(start);
        market.block();
        expect(market.differences(after)).toEqual(
          [market.account('anyone'), 'treasury:'].toSorted(),
        );
      }),
      { seed: SEED, numRuns: 1_500 },
    );
    expect(refused).toBeGreaterThan(1_000);
  });
});
