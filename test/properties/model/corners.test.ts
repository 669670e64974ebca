// Coincidences that random lives meet too seldom; each is compared with the model at every block.
import { afterEach, describe, expect, it } from 'vitest';
import { challengeAnnouncement } from '../../../src/codec/index.ts';
import { saltOf, type Offer } from './cast.ts';
import { LUX, type Config } from './config.ts';
import { Run } from './run.ts';

const CONFIG: Config = {
  swarm: 3,
  ladder: 1,
  owners: 0,
  window: 20,
  epoch: 4,
  publish: 3,
  seed: 3,
  commit: 2,
  reveal: 4,
  appeal: 2,
  commitWindows: 2,
  timersPerBlock: 64,
  auditRate: 500,
  fee: 10,
  drawnChunks: 4,
  isDurable: false,
  withTokens: false,
};
const PROVIDER = 'owner 0 key a';
const PAIR_BOND = 10n * LUX;
const AUDIT_BOND = 2n * PAIR_BOND;

type Claimed = ReturnType<Stage['claim']>;

/** A chain that is set up, and what a test does on it. */
class Stage {
  readonly run: Run;

  constructor() {
    this.run = new Run(CONFIG, new Map());
    this.run.setUp();
    this.#stakeOf(125n * LUX);
  }

  /** Whatever the stakes were drawn as, this provider has so much. */
  #stakeOf(wanted: bigint): void {
    const { to } = this;
    const more = wanted - (this.provider?.freeNlux ?? 0n);
    const stake = { from: 'owner 0', to, message: { type: 'stake' }, value: more };
    const message = { type: 'unstake', amountNlux: -more };
    if (more > 0n) this.block(stake);
    if (more < 0n) this.block({ from: 'owner 0', to, message });
  }

  get state() {
    return this.run.chain.model.state;
  }

  get cast() {
    return this.run.chain.cast;
  }

  get to(): string {
    return `provider:${this.cast.address(PROVIDER)}`;
  }

  get provider() {
    return this.state.providers.get(this.cast.address(PROVIDER));
  }

  /** One block, in which all of these are applied. */
  block(...offers: readonly Offer[]): void {
    const before = this.run.chain.applied;
    this.run.chain.block(this.state.time + 1n, offers);
    const applied = this.run.chain.applied - before;
    if (applied !== offers.length) throw new Error(`${applied} of ${offers.length} were applied`);
  }

  refused(offer: Offer): void {
    const before = this.run.chain.applied;
    this.run.chain.block(this.state.time + 1n, [offer]);
    if (this.run.chain.applied > before) throw new Error(`${offer.message.type} was applied`);
  }

  idleTo(height: bigint): void {
    while (this.state.height < height) this.block();
  }

  claim(payload: number, variant = 0, requestId?: string) {
    const of = { provider: PROVIDER, key: PROVIDER, profile: 0, payload, variant };
    const timestamp = this.state.time;
    return this.cast.claim({ ...of, timestamp, ...(requestId === undefined ? {} : { requestId }) });
  }

  attest({ claim, slot, teeReport, signature }: Claimed): Offer {
    const message = { type: 'attest', ...claim, teeReport, signature };
    return { from: PROVIDER, to: `attestation:${slot}`, message };
  }

  audit({ claim, slot, id }: Claimed, from = 'challenger 0'): Offer {
    const message = { type: 'audit', attestation: slot, ...claim, named: [] };
    return { from, to: `challenge:${this.cast.challengeId(id)}`, message, value: AUDIT_BOND };
  }

  /** Proves two answers: of the first, which is on chain, and another. */
  proof(first: Claimed, second: Claimed): Offer {
    const { outputHash, evidenceRoot, requestId, timestamp } = second.claim;
    const message = {
      type: 'equivocation',
      attestation: first.slot,
      ...first.claim,
      other: second.slot,
      outputHash,
      evidenceRoot,
      requestId,
      timestamp,
      teeReportHash: this.state.attestations.get(first.slot)?.teeReportHash ?? '',
      signature: second.signature,
    };
    const to = `challenge:${this.cast.challengeId(first.id, second.id)}`;
    return { from: 'challenger 0', to, message };
  }
}

describe('the chain beside its model, where they would part', () => {
  let stage: Stage;
  afterEach(() => stage.run.chain.close());

  it('a slash that is spared leaves an active provider active', () => {
    stage = new Stage();
    const claims = [stage.claim(0), stage.claim(1)];
    stage.block(...claims.map((each) => stage.attest(each)));
    stage.block(...claims.map((each) => stage.audit(each)));
    // Nobody publishes. The first slash leaves 105 LUX, and the second is spared.
    for (let left = CONFIG.publish; left > 0; left--) stage.block();
    expect(stage.state.challenges.size).toBe(2);
    expect(stage.provider?.freeNlux).toBe(105n * LUX);
    expect(stage.provider?.state).toBe('active');
  });

  it.each([
    ['the earlier', 0],
    ['the later', 1],
  ])('unbonding is liable since the earlier of two answers where %s is named', (_, named) => {
    stage = new Stage();
    const requester = 'consumer 0';
    const requestId = stage.cast.requestId(requester, 7n);
    const first = stage.claim(0);
    stage.block(stage.attest(first), {
      from: requester,
      to: `request:${requestId}`,
      message: {
        type: 'open',
        nonce: 7n,
        ...first.claim,
        declaredValueNlux: 0n,
        enforceable: false,
        expiresAt: stage.state.height + 10n,
      },
      value: LUX / 10n,
    });
    const amountNlux = 10n * LUX;
    stage.block({ from: 'owner 0', to: stage.to, message: { type: 'unstake', amountNlux } });
    const second = stage.claim(0, 1, requestId);
    stage.block(stage.attest(second));
    stage.block(named === 0 ? stage.proof(first, second) : stage.proof(second, first));
    const [settled] = [...stage.state.challenges.values()];
    expect(settled?.slashedNlux).toBe(125n * LUX);
    expect(stage.provider?.lots).toEqual([]);
  });

  it('an attestation whose window ends with the proof is final, not void', () => {
    stage = new Stage();
    const [last, other] = [stage.claim(0), stage.claim(1)];
    stage.block(stage.attest(last), {
      from: 'owner 1',
      to: `attestation:${last.slot}`,
      message: { type: 'pay' },
      value: LUX / 10n,
    });
    const { windowEnd } = stage.state.attestations.get(last.slot) ?? { windowEnd: 0n };
    stage.block(stage.attest(other));
    stage.idleTo(windowEnd - 1n);
    stage.block(stage.proof(other, stage.claim(1, 1)));
    expect(stage.provider?.tombstonedAt).toBe(windowEnd);
    const to = `attestation:${last.slot}`;
    stage.refused({ from: 'owner 1', to, message: { type: 'refund' } });
    stage.block({ from: 'anyone', to, message: { type: 'settle' } });
  });

  it('who announced earlier comes first, and who announced in the same block does not', () => {
    stage = new Stage();
    const claimed = stage.claim(0);
    stage.block(stage.attest(claimed));
    const challengeId = stage.cast.challengeId(claimed.id);
    const announced = ['consumer 0', 'consumer 1', 'challenger 1'].map((from) => {
      const salt = saltOf(from);
      const challenger = stage.cast.address(from);
      return { from, salt, name: challengeAnnouncement({ challengeId, challenger, salt }) };
    });
    const [early, same, late] = announced.map(({ from, name, salt }) => ({
      announce: { from, to: `announcement:${name}`, message: { type: 'announce' } },
      takeOver: {
        from,
        to: `challenge:${challengeId}`,
        message: { type: 'takeOver', announcement: name, salt, named: [0] },
        value: AUDIT_BOND,
      },
    }));
    if (early === undefined || same === undefined || late === undefined) throw new Error('three');
    stage.block(early.announce, same.announce);
    stage.block(late.announce, stage.audit(claimed));
    stage.refused(late.takeOver);
    stage.block(early.takeOver);
    stage.refused(same.takeOver);
    expect(stage.state.challenges.get(challengeId)?.challenger).toBe(
      stage.cast.address(early.takeOver.from),
    );
  });
});
