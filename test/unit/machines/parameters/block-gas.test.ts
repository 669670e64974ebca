import { describe, expect, test } from 'vitest';
import { encode, MAX_PAYLOAD_BYTES } from '../../../../src/codec/index.ts';
import { MAX_PROOF_LENGTH, profileHash } from '../../../../src/codec/index.ts';
import { intrinsicGas, Meter } from '../../../../src/actors/meter.ts';
import { isTeacherForced, outputChunkBytes } from '../../../../src/machines/comparators/index.ts';
import { evidenceBytes } from '../../../../src/machines/comparators/shape.ts';
import { whyUnsound } from '../../../../src/machines/comparators/soundness.ts';
import type { Comparator } from '../../../../src/machines/comparators/record.ts';
import { chunkGas, openGas } from '../../../../src/machines/challenge/gas.ts';
import { bondOf } from '../../../../src/machines/challenge/money.ts';
import { challenge } from '../../../../src/machines/challenge/machine.ts';
import { initialChallenge, MAX_DEFENDANTS } from '../../../../src/machines/challenge/record.ts';
import { MAX_SEATS, type Defendant } from '../../../../src/machines/challenge/record.ts';
import { actorId, GAS } from '../../../../src/machines/kit/index.ts';
import { dearestChunkGas } from '../../../../src/machines/parameters/relations/gas.ts';
import { MINIMUM_BLOCK_GAS } from '../../../../src/machines/parameters/relations/gas.ts';
import { MAX_SERVED_PROFILES } from '../../../../src/machines/provider/record.ts';
import { profileSpecification } from '../../../../src/machines/profile/record.ts';
import { Market, MODEL_ID, RIGHT, SPECIFICATION, WRONG } from '../../../support/market.ts';
import { LADDER } from '../../../support/parameters.ts';

const LEAST = Number(MINIMUM_BLOCK_GAS);

/** A beacon round besides: nothing else of a challenge is worth anything without one. */
const ROUND = GAS.pairing + 2_000;

/** Framing, signature and the other fields of a message. */
const OVERHEAD = 512;

const PAIR = {
  ...initialChallenge,
  round: 1,
  defendants: [{} as Defendant, {} as Defendant],
} as const;

const agreement = { loTokens: 1, hiTokens: 2 };
const MILLIS = { loMeanMilli: 1, hiMeanMilli: 2, loMedianMilli: 1, hiMedianMilli: 2 };

/** Profiles whose chunks are as large as chunks may be: what binds is output or evidence. */
const LARGEST: readonly Comparator[] = [
  { type: 'exact' },
  { type: 'tokens', chunkElements: 4_096, loTokens: 1, hiTokens: 2, minFail: 2 },
  {
    type: 'ulp',
    format: 'bf16',
    chunkElements: 8_192,
    atolPico: 0n,
    loUlps: 1,
    hiUlps: 2,
    minFail: 2,
  },
  {
    type: 'relative',
    format: 'bf16',
    chunkElements: 8_192,
    atolPico: 1n,
    rtolPico: 1n,
    loPpm: 1,
    hiPpm: 2,
    minFail: 2,
  },
  { type: 'cosine', format: 'bf16', chunkElements: 8_192, loAtto: 1n, hiAtto: 4n, minFail: 2 },
  { type: 'logprobs', chunkElements: 2_048, topK: 1, loPpm: 1, hiPpm: 2, agreement, minFail: 2 },
  {
    type: 'toploc',
    chunkElements: 672,
    topK: 128,
    loExponents: 1,
    hiExponents: 2,
    ...MILLIS,
    agreement,
    minFail: 2,
  },
  {
    type: 'toploc',
    chunkElements: 4_096,
    topK: 21,
    loExponents: 1,
    hiExponents: 2,
    ...MILLIS,
    agreement,
    minFail: 2,
  },
];

const seatEvidenceBytes = (c: Comparator): number =>
  isTeacherForced(c) ? evidenceBytes(c, 'seat', c.chunkElements) : 0;

/** Two answers of providers that serve as many profiles as one can. */
const busyMarket = () => {
  const market = new Market(6, LADDER).open();
  for (let at = 1; at < MAX_SERVED_PROFILES; at += 1) {
    const precision = { ...SPECIFICATION.precision, settings: `variant ${at}` };
    const specification = { ...SPECIFICATION, precision };
    const hash = profileHash(encode(profileSpecification, specification));
    const deposit = market.parameters.profileDepositNlux;
    const id = actorId('profile', hash);
    market.do('creator', id, { type: 'register', specification }, deposit);
    for (const name of ['p0', 'p1']) {
      const serve = { type: 'serve', profileHash: hash, modelId: MODEL_ID } as const;
      market.do(market.ownerName(name), market.provider(name), serve);
    }
  }
  market.attest('p0', RIGHT);
  market.attest('p1', WRONG);
  return market;
};

describe('the smallest block that parameters may allow', () => {
  test('carries the opening of a challenge with all that it prepays', () => {
    const market = busyMarket();
    const bond = bondOf(market.parameters.dispute, SPECIFICATION.rerunFeeNlux);
    const message = { ...market.challengeMessage('p0', 'p1'), named: [0, 1, 2, 3] };
    const order = market.order('challenger', market.challengeOf('p0', 'p1'), message, bond);
    const [receipt] = market.block({ ...order, gasLimit: MINIMUM_BLOCK_GAS });
    expect(receipt?.outcome.type).toBe('applied');
    const locks = 2 * MAX_SERVED_PROFILES * GAS.reweigh;
    expect(Number(receipt?.gasUsed)).toBeGreaterThan(openGas() + locks);
    expect(Number(receipt?.gasUsed) + ROUND).toBeLessThan(LEAST);
  });

  test('carries the largest payload, and the largest output', () => {
    const stored = GAS.write + challenge.contextBytes;
    for (const hashes of [0, GAS.hash * (1 + (MAX_PAYLOAD_BYTES >>> 5))]) {
      const gas = intrinsicGas(MAX_PAYLOAD_BYTES + OVERHEAD) + stored + hashes;
      expect(gas + ROUND).toBeLessThan(LEAST);
    }
  });

  test.each(LARGEST)(
    'carries the largest chunk of `$type`, compared with all of the largest panel',
    (comparator) => {
      expect(whyUnsound(comparator, { decoding: 'none' })).toBeUndefined();
      const output = new Uint8Array(outputChunkBytes(comparator));
      const evidence = new Uint8Array(seatEvidenceBytes(comparator));
      const proof = Array.from({ length: MAX_PROOF_LENGTH }, () => '00'.repeat(32));
      const chunk = {
        outputChunk: output,
        evidenceChunk: evidence,
        outputProof: proof,
        evidenceProof: proof,
      };
      for (const pairPanels of [[1, 3, 7], [11]]) {
        const terms = { ...LADDER.dispute, pairPanels };
        const context = { ...PAIR, comparator, terms, round: pairPanels.length };
        const about = { self: 'challenge:00', from: 'account:00', context } as const;
        const bytes = output.length + evidence.length;
        const least = dearestChunkGas({ dispute: terms });
        const meter = new Meter(Number(least));
        meter.charge(intrinsicGas(bytes + 2 * MAX_PROOF_LENGTH * 34 + OVERHEAD));
        meter.charge(GAS.message + 2 * GAS.actorRead + chunkGas(chunk, about));
        meter.chargeWrite(bytes + OVERHEAD, 0);
        meter.chargeWrite(challenge.contextBytes, challenge.contextBytes);
        // Every chunk that it is compared with is read.
        meter.charge(GAS.entryRead * (MAX_DEFENDANTS + MAX_SEATS + 1));
        expect(meter.used + ROUND).toBeLessThan(Number(least));
      }
    },
  );
});
