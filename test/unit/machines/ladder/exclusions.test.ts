import { describe, expect, it } from 'vitest';
import { Market, RIGHT, WRONG } from '../../../support/market.ts';
import { LUX } from '../../../support/parameters.ts';

/** Who is kept from a panel is written down when the challenge opens (PROTOCOL §6.1, I22, I25). */
describe('those with an interest', () => {
  const FEE = LUX / 4n;

  it('are defendants and their owners, who asked, who made the profile, who owns the model', () => {
    const market = new Market().open();
    market.attest('p0', RIGHT, market.ask('p0', FEE));
    market.attest('p1', WRONG);
    const [first, second] = [
      market.attestation('p0', market.requestOf(0n)),
      market.attestation('p1'),
    ];
    expect(market.actor(first)?.context.requester).toBe(market.address('consumer'));
    const id = market.disputeAttestations(first, second, RIGHT);
    const interested = ['p0', 'p0 owner', 'p1', 'p1 owner', 'consumer', 'creator', 'modelOwner'];
    expect([...market.context(id).excluded].toSorted()).toEqual(
      interested.map((name) => market.address(name)).toSorted(),
    );
  });
});
