import { describe, expect, it } from 'vitest';
import { AUDIT_POOL } from '../../../../src/machines/kit/index.ts';
import { prepareProtocolAudit } from '../../../../src/client/challenge.ts';
import { ticketOf, ticketRound } from '../../../../src/machines/attestation/audit.ts';
import { BEACON } from '../../../../src/machines/kit/index.ts';
import { RIGHT, WRONG } from '../../../support/market.ts';
import { LUX } from '../../../support/parameters.ts';
import { CHAIN } from '../../../support/world.ts';
import { AUDIT_BOND, auditOf, LadderMarket, marketOnce, ROOMY } from '../../../support/ladder.ts';
import { all, scattered, split, THIRD } from '../../../support/plans.ts';

const FEE = LUX / 10n;
const UNSUBSTANTIATED = 20n * LUX;
const opened = marketOnce(() => new LadderMarket().open());
/** Every ticket is drawn, and stake carries as much value as it is. */
const audited = marketOnce(() =>
  new LadderMarket(27, { ...ROOMY, auditRateBps: 10_000, exposureBps: 10_000 }).open(),
);

describe('an audit (PROTOCOL §6)', () => {
  it('takes twice the bond of a pair, exactly', () => {
    const market = opened();
    market.attest('p0', WRONG);
    const id = market.auditId('p0');
    for (const bond of [AUDIT_BOND / 2n, AUDIT_BOND - 1n, AUDIT_BOND + 1n]) {
      const refusal = market.refused('challenger', id, market.auditMessage('p0'), bond);
      expect(refusal.code).toBe('bond-mismatch');
    }
    market.do('challenger', id, market.auditMessage('p0'), AUDIT_BOND);
    expect(market.stateOf(id)).toBe('publish');
    expect(market.balance(id)).toBe(AUDIT_BOND);
  });

  it('has panels of 3 and 7, and only other owners (I22)', () => {
    const { market, id, defence } = auditOf(opened());
    market.playPanel(id, scattered, defence);
    expect(market.findings(id)).toEqual(['undecided']);
    market.playPanel(id, all(RIGHT), defence);
    expect([1, 2, 3].map((round) => market.drawn(id, round).length)).toEqual([3, 7, 0]);
    expect(market.drawn(id, 1)).not.toContain('p0');
    expect(market.stateOf(id)).toBe('final');
  });

  it('convicts: half burned, re-runs, then 30 % for who noticed (§6.3, I8)', () => {
    const { market, id, defence } = auditOf(opened());
    const before = market.wealthOf('challenger');
    market.playPanel(id, all(RIGHT), defence);
    market.accept(id);
    const slash = 10n * LUX;
    expect(market.lostBy('p0')).toBe(slash);
    expect(market.settlement(id)).toEqual({
      burnedNlux: slash - 3n * FEE - 3n * LUX,
      rerunsNlux: 3n * FEE,
      rewardNlux: 3n * LUX,
      bondBackNlux: AUDIT_BOND,
      upheldNlux: 0n,
      appealsBackNlux: 0n,
    });
    expect(market.wealthOf('challenger') - before).toBe(AUDIT_BOND + 3n * LUX);
  });

  it('that was frivolous: re-runs, then half burned and half to the defendant (I9)', () => {
    const { market, id, defence } = auditOf(opened(), RIGHT);
    const [challenger, owner] = [market.wealthOf('challenger'), market.wealthOf('p0 owner')];
    market.playPanel(id, all(RIGHT), defence);
    market.accept(id);
    const half = (AUDIT_BOND - 3n * FEE) / 2n;
    expect(market.verdicts(id)).toEqual(['valid']);
    expect(market.settlement(id)).toEqual({
      burnedNlux: half,
      rerunsNlux: 3n * FEE,
      rewardNlux: 0n,
      bondBackNlux: 0n,
      upheldNlux: half,
      appealsBackNlux: 0n,
    });
    expect(market.wealthOf('p0 owner') - owner).toBe(half);
    expect(market.wealthOf('challenger')).toBe(challenger);
    expect(market.lostBy('p0')).toBe(0n);
  });

  it('that was frivolous, and appealed in vain: the deposit pays the re-runs', () => {
    const { market, id, defence } = auditOf(opened(), RIGHT);
    market.playPanel(id, all(RIGHT), defence);
    const depositNlux = market.appeal(id, 'challenger');
    expect(depositNlux).toBe(14n * FEE);
    market.playPanel(id, split([6, RIGHT], [1, THIRD]), defence);
    const unfounded = AUDIT_BOND + depositNlux - 10n * FEE;
    expect(market.settlement(id)).toEqual({
      burnedNlux: unfounded / 2n,
      rerunsNlux: 10n * FEE,
      rewardNlux: 0n,
      bondBackNlux: 0n,
      upheldNlux: unfounded / 2n,
      appealsBackNlux: 0n,
    });
  });

  it('that was undecided: void, and the bond less the re-runs returns', () => {
    const { market, id, defence } = auditOf(opened());
    market.playPanel(id, scattered, defence);
    market.playPanel(id, scattered, defence);
    expect(market.verdicts(id)).toEqual(['void']);
    expect(market.settlement(id).bondBackNlux).toBe(AUDIT_BOND - 10n * FEE);
    expect(market.settlement(id).burnedNlux).toBe(0n);
  });

  it.each([
    ['no payload', false, 0n],
    ['no chunk', true, 3n],
  ])(
    'unsubstantiated for %s brings the challenger its bond and nothing else',
    (_, isOut, reruns) => {
      const { market, id } = auditOf(opened());
      const before = market.wealthOf('challenger');
      if (isOut) {
        market.playPanel(id, all(RIGHT), []);
        market.accept(id);
      } else {
        market.pass(id);
      }
      expect(market.verdicts(id)).toEqual(['unsubstantiated']);
      expect(market.lostBy('p0')).toBe(UNSUBSTANTIATED);
      expect(market.wealthOf('challenger') - before).toBe(AUDIT_BOND);
      expect(market.settlement(id)).toEqual({
        burnedNlux: UNSUBSTANTIATED - reruns * FEE,
        rerunsNlux: reruns * FEE,
        rewardNlux: 0n,
        bondBackNlux: AUDIT_BOND,
        upheldNlux: 0n,
        appealsBackNlux: 0n,
      });
    },
  );

  it('by the defendant’s own owner strictly loses, right or wrong (I8)', () => {
    for (const output of [RIGHT, WRONG]) {
      const market = opened();
      market.attest('p0', output);
      const id = market.auditId('p0');
      const wealth = () => market.wealthOf('p0 owner') + market.stakeOf('p0');
      const before = wealth();
      market.do('p0 owner', id, market.auditMessage('p0'), AUDIT_BOND);
      market.playPanel(id, all(RIGHT), [['p0', output]]);
      market.accept(id);
      const slash = market.context(id).slashedNlux;
      expect(before - wealth()).toBeGreaterThan((slash * 7n) / 10n);
      expect(market.drawn(id, 1)).not.toContain('p0');
    }
  });
});

describe('an audit that the beacon has drawn (PROTOCOL §6, audit; I9)', () => {
  /** The pool has what one settled fee brought, and a ticket for `p0` has been drawn. */
  const drawn = (output: Uint8Array) => {
    const market = audited();
    const pay = { type: 'pay' } as const;
    market.attest('p2', RIGHT);
    market.do('consumer', market.attestation('p2'), pay, 2n * LUX);
    market.advance(market.parameters.windowBlocks);
    market.do('anyone', market.attestation('p2'), { type: 'settle' });
    market.attest('p0', output);
    market.do('consumer', market.attestation('p0'), pay, 2n * LUX);
    const context = market.actor(market.attestation('p0'))?.context;
    const source = market.actor(BEACON)?.context.source;
    if (context === undefined || source === undefined) throw new Error('nothing to audit');
    const read = { entry: market.entry.bind(market) };
    const paidAt = ticketOf(context, market.attestation('p0'), market.address('consumer'), read);
    const margin = market.parameters.dispute.beaconMarginSeconds;
    market.submitRound(ticketRound(source, paidAt ?? 0n, margin));
    const slot = market.slotOf('p0');
    const payer = market.address('consumer');
    const { receiver: id, message } = prepareProtocolAudit(CHAIN, { slot, context }, payer);
    return { market, id, message, defence: [['p0', output]] as const };
  };

  it('is paid from the pool, and what is left goes back to it', () => {
    const { market, id, message, defence } = drawn(RIGHT);
    const pool = market.balance(AUDIT_POOL);
    expect(pool).toBe(10n * FEE);
    market.do('anyone', id, message);
    expect([market.balance(AUDIT_POOL), market.balance(id)]).toEqual([0n, pool]);
    market.playPanel(id, all(RIGHT), defence);
    market.accept(id);
    expect(market.balance(AUDIT_POOL)).toBe(pool - 3n * FEE);
    expect(market.settlement(id)).toEqual({
      burnedNlux: 0n,
      rerunsNlux: 3n * FEE,
      rewardNlux: 0n,
      bondBackNlux: pool - 3n * FEE,
      upheldNlux: 0n,
      appealsBackNlux: 0n,
    });
  });

  it('that convicts rewards nobody, and the pool gets all of it back', () => {
    const { market, id, message, defence } = drawn(WRONG);
    const pool = market.balance(AUDIT_POOL);
    market.do('anyone', id, message);
    market.playPanel(id, all(RIGHT), defence);
    market.accept(id);
    expect(market.lostBy('p0')).toBe(10n * LUX);
    expect(market.balance(AUDIT_POOL)).toBe(pool);
    expect(market.settlement(id).rewardNlux).toBe(0n);
    expect(market.settlement(id).burnedNlux).toBe(10n * LUX - 3n * FEE);
  });
});
