import type { Timeline } from '../../client/timeline/index.ts';
import type { Colours } from '../kit/terminal.ts';
import { openedSection, publishSection } from './beginning.ts';
import { drawSections, line, type Line, type Section } from './draw.ts';
import { moneySection } from './money.ts';
import { panelSection } from './panel.ts';
import { rule, shortHash, toneOf, type Names } from './words.ts';

export { namesOf, type Names } from './words.ts';

export interface Drawing {
  readonly names: Names;
  readonly colours: Colours;
  /** No line is longer. */
  readonly columns: number;
}

const FORM_WORDS: Readonly<Record<Timeline['form'], string>> = {
  pair: 'challenge between two attestations',
  audit: 'audit of one attestation',
  protocolAudit: 'audit that the beacon drew',
  equivocation: 'equivocation',
};

const partyLine = (party: Timeline['parties'][number], { who }: Names): Line => {
  const { verdict } = party;
  const said = verdict === 'none' ? '' : `: ${verdict}`;
  return line(
    `${party.party}  ${who(party.provider)}, attestation ${shortHash(party.attestation)}, ` +
      `output ${shortHash(party.outputHash)}${said}`,
    verdict === 'none' ? 'plain' : toneOf(verdict),
    3,
  );
};

const aboutSection = ({ form, comparator, parties }: Timeline, names: Names): Section => ({
  tone: 'plain',
  title: `${FORM_WORDS[form]}, outputs compared by ${comparator}`,
  lines: parties.map((party) => partyLine(party, names)),
});

const WAITING_WORDS: Readonly<Record<string, string>> = {
  publish: 'the payload can be published',
  awaitSeed: 'the beacon round of the panel can be brought',
  commit: 'seats can commit',
  reveal: 'seats can reveal, and all parties open their chunks',
  decided: 'anyone can appeal',
  appealed: 'the next panel follows',
};

/** How it ended and by which rule, or what it waits for. */
const endingSection = (timeline: Timeline): Section => {
  const { state, deadline, endedBecause, parties, awaiting } = timeline;
  if (deadline !== undefined) {
    const says = WAITING_WORDS[state] ?? state;
    return { tone: 'open', title: `${state} until #${deadline}: ${says}`, lines: [] };
  }
  return {
    tone: 'plain',
    title: `final: ${endedBecause}`,
    lines: [
      ...parties.map(({ party, verdict, because }) =>
        line(`${party} is ${verdict}: ${rule(because)}`, toneOf(verdict)),
      ),
      ...(awaiting === 0 ? [] : [line('a slash has not come in yet', 'open')]),
    ],
  };
};

/** The life of a challenge as lines for a terminal: a section for each stretch of time. */
export const drawTimeline = (timeline: Timeline, drawing: Drawing): readonly string[] => {
  const { names } = drawing;
  const { panels, deadline } = timeline;
  const ahead = panels.filter(({ stage }) => stage === 'ahead');
  const begun = panels.filter(({ stage }) => stage !== 'ahead');
  const sections = [
    aboutSection(timeline, names),
    openedSection(timeline, names),
    ...publishSection(timeline),
    ...begun.map((panel) => panelSection(panel, names)),
    endingSection(timeline),
    ...(deadline === undefined ? [] : ahead.map((panel) => panelSection(panel, names))),
    ...moneySection(timeline, names),
  ];
  return drawSections(sections, drawing);
};
