import type { BlockReport, Chain } from './chain.ts';
import type { Disputes } from './disputes.ts';
import { runTimers, type TimerRun } from './phases.ts';

/** Transactions of a block in which seats or defendants answer. */
export const PER_BLOCK = 4_000;
/** Chunks of 16 KiB of a block: at most 8 MiB travel. */
export const CHUNKS_PER_BLOCK = 400;

const PANELS = ['first', 'second', 'last'] as const;
type Panel = (typeof PANELS)[number];

/** Opens all in one block, and publishes what they ask for; gives the blocks of the openings. */
export const openAll = (chain: Chain, disputes: Disputes): readonly BlockReport[] => {
  const attestations = disputes.attest();
  chain.runAll(attestations, attestations.length);
  const openings = disputes.open();
  const opened = chain.runAll(openings, openings.length);
  chain.runAll(disputes.publish(), PER_BLOCK);
  return opened;
};

/** A panel is drawn by timers, and nobody on it says anything until its last commit window. */
const runPanel = (chain: Chain, disputes: Disputes, panel: Panel): readonly TimerRun[] => {
  const isLast = panel === 'last';
  for (const round of disputes.rounds('seed')) chain.bringRound(round);
  const runs = [
    runTimers(chain, disputes, `${panel} panel drawn`),
    runTimers(chain, disputes, `${panel} panel silent, replaced`),
    runTimers(chain, disputes, `${panel} panel silent, replaced again`),
  ];
  if (isLast) chain.runAll(disputes.commit(), PER_BLOCK);
  const end = isLast ? 'begins to reveal' : 'silent to the end';
  return [...runs, runTimers(chain, disputes, `${panel} panel ${end}`)];
};

/**
 * From the publication of the payloads to the last verdict, by way of every seat that a challenge
 * can have: three panels drawn, silent and replaced twice, and the last found wanting. Of the first
 * so many challenges the chunks are opened.
 */
export const playToTheEnd = (chain: Chain, disputes: Disputes, opened: number) => {
  const published = runTimers(chain, disputes, 'publish windows end');
  const panels = PANELS.flatMap((panel) => runPanel(chain, disputes, panel));
  for (const round of disputes.rounds('chunks')) chain.bringRound(round);
  const shown = disputes.ids.slice(0, opened);
  chain.runAll(disputes.reveal(shown), PER_BLOCK);
  const chunks = chain.runAll(disputes.openChunks(shown), CHUNKS_PER_BLOCK);
  const judged = runTimers(chain, disputes, 'last panel judged, all settled');
  return { runs: [published, ...panels, judged], chunks };
};
