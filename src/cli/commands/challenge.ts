import { appeal } from '../challenge/appeal.ts';
import { takeOver, withdraw } from '../challenge/announce.ts';
import { openChunks } from '../challenge/chunks.ts';
import { equivocation } from '../challenge/equivocation.ts';
import { audit, open } from '../challenge/open.ts';
import { protocolAudit } from '../challenge/protocol-audit.ts';
import { publish, publishOutput, seed } from '../challenge/publish.ts';
import { cannotRun, commit, reveal } from '../challenge/seats.ts';
import { list, show } from '../challenge/show.ts';
import type { GroupSpec } from '../kit/spec.ts';

export const challenge: GroupSpec = {
  name: 'challenge',
  summary: 'dispute attestations, re-run for a panel, appeal',
  commands: [
    open,
    audit,
    protocolAudit,
    equivocation,
    takeOver,
    withdraw,
    publish,
    publishOutput,
    seed,
    commit,
    cannotRun,
    reveal,
    openChunks,
    appeal,
    show,
    list,
  ],
};
