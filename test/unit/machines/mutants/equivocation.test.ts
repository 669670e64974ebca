import { describe, expect, test } from 'vitest';
import { initialAttestation } from '../../../../src/machines/attestation/record.ts';
import {
  equivocationChecks,
  openEquivocation,
  tombstoned,
} from '../../../../src/machines/challenge/open/equivocation.ts';
import { initialChallenge } from '../../../../src/machines/challenge/record.ts';
import type { Call } from '../../../../src/machines/kit/index.ts';
import { initialProvider, type ProviderContext } from '../../../../src/machines/provider/record.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import { CHAIN } from '../../../support/world.ts';

// PROTOCOL §6, equivocation: what its record says, and when a further proof counts.

const PROVIDER = 'b0'.repeat(20);
const SLOT = 'a7'.repeat(32);
const REPORTER = 'c0'.repeat(20);

const message = {
  type: 'equivocation',
  modelId: '44'.repeat(32),
  profileHash: '55'.repeat(32),
  provider: PROVIDER,
  attestation: SLOT,
  other: 'a8'.repeat(32),
  outputHash: '0b'.repeat(32),
  evidenceRoot: '0c'.repeat(32),
  requestId: '00'.repeat(32),
  timestamp: 1_800_000_000n,
  teeReportHash: '0d'.repeat(32),
  signature: '00'.repeat(65),
} as const;

/** A chain with the attestation, of height 80, and its provider. */
const chain = (state: string, provider: Partial<ProviderContext> = {}): Call =>
  ({
    ...CHAIN,
    self: `challenge:${'cc'.repeat(32)}`,
    from: `account:${REPORTER}`,
    value: 0n,
    balance: 0n,
    height: 100n,
    time: 1_800_000_100n,
    parameters: SHORT,
    read: {
      actor: (id: string) =>
        ({
          [`attestation:${SLOT}`]: {
            state: 'pending',
            context: {
              ...initialAttestation,
              provider: PROVIDER,
              payloadHash: '0a'.repeat(32),
              height: 80n,
            },
          },
          [`provider:${PROVIDER}`]: { state, context: { ...initialProvider, ...provider } },
        })[id],
      entry: () => undefined,
    },
  }) as unknown as Call;

describe('a proof of two answers', () => {
  const isNotPunished = equivocationChecks[4] ?? expect.fail('no such check');
  const refusal = (...of: Parameters<typeof chain>) =>
    isNotPunished(initialChallenge, message, chain(...of))?.code;

  test('counts against one who was not punished, and has nothing to lose', () => {
    expect(refusal('active')).toBeUndefined();
    expect(refusal('exited')).toBeUndefined();
  });

  test('counts a further time if it reaches one nLUX more', () => {
    expect(refusal('tombstoned')).toBe('provider-tombstoned');
    const lots = (height: bigint) => ({ lots: [{ height, amountNlux: 1n }] });
    expect(refusal('tombstoned', lots(79n))).toBe('provider-tombstoned');
    expect(refusal('tombstoned', lots(80n))).toBeUndefined();
  });

  test('is written down with what it was about, and waits for the stake', () => {
    const { context, effects } = openEquivocation(initialChallenge, message, chain('active'));
    expect(context).toMatchObject({
      form: 'equivocation',
      challenger: REPORTER,
      modelId: message.modelId,
      profileHash: message.profileHash,
      payloadHash: '0a'.repeat(32),
      terms: SHORT.dispute,
      openedAt: 100n,
      openedTime: 1_800_000_100n,
      announcedAt: 100n,
      awaiting: 1,
      ending: 'equivocation',
    });
    expect(context.defendants).toMatchObject([
      {
        attestation: SLOT,
        provider: PROVIDER,
        substantiated: true,
        finding: 'faulty',
        verdict: 'faulty',
      },
    ]);
    expect(effects).toMatchObject([
      { type: 'send', to: `provider:${PROVIDER}`, message: { type: 'tombstone', height: 80n } },
      { type: 'emit', name: 'equivocationProven' },
    ]);
  });

  test('is settled once the stake has come in: a hundredth for who reported', () => {
    const waiting = {
      ...initialChallenge,
      challenger: REPORTER,
      terms: SHORT.dispute,
      awaiting: 1,
    };
    const call = { ...chain('tombstoned'), value: 300n * LUX };
    const { context, effects } = tombstoned(waiting, { type: 'tombstoned' } as never, call);
    expect(context).toMatchObject({ awaiting: 0, slashedNlux: 300n * LUX });
    expect(effects.map((each) => (each.type === 'emit' ? each.name : each.type))).toEqual([
      'send',
      'send',
      'challengeSettled',
    ]);
  });
});
