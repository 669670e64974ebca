import type { ProviderContext } from '../provider/record.ts';
import type { AttestationContext } from './record.ts';

/**
 * Is an attestation that stands in no challenge void, because its provider was tombstoned while it
 * was pending (PROTOCOL §6, equivocation)? Its window `[height, windowEnd)` was open at height
 * `tombstonedAt`. One whose window had passed by then was final, and stays so (§5).
 */
export const isVoidedBy = (
  { windowEnd }: Pick<AttestationContext, 'windowEnd'>,
  { tombstonedAt }: Pick<ProviderContext, 'tombstonedAt'>,
): boolean => tombstonedAt > 0n && tombstonedAt < windowEnd;
