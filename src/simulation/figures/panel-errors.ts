import type { FigureBuilder } from './input.ts';
import { sweepPlots } from './sweep-plot.ts';

interface PanelError {
  readonly name: string;
  readonly estimate: string;
  readonly title: string;
  readonly about: string;
  readonly y: string;
}

const INTERVALS = 'Dots were played, with Wilson’s 95 % intervals.';

const builder = ({ name, estimate, title, about, y }: PanelError): FigureBuilder => ({
  name,
  about: `${y}, against f, per panel size, with Wilson intervals`,
  estimate,
  build: (input) =>
    sweepPlots(input, {
      id: name,
      title,
      about: `${about} ${INTERVALS}`,
      estimate,
      parameter: 'colluders',
      y,
      mayBeLog: true,
    }),
});

/** ECONOMICS 11: colluders hold the slash quorum. */
export const falseSlash: FigureBuilder = builder({
  name: 'false-slash',
  estimate: 'panelSlashQuorumError',
  title: 'How often an honest provider is convicted',
  about: 'Lines are the tail of the draw from the slash quorum on: ⌊2n/3⌋+1 of n seats collude.',
  y: 'honest providers convicted',
});

/** ECONOMICS 10: colluders hold the majority. */
export const majorityError: FigureBuilder = builder({
  name: 'majority-error',
  estimate: 'panelMajorityError',
  title: 'How often colluders hold the majority of a panel',
  about: 'Lines are the tail of the draw from half of the seats on: colluders decide.',
  y: 'panels that decide wrongly',
});

/** ECONOMICS 11: fewer seats than the quorum are honest and answer. */
export const cheaterEscapes: FigureBuilder = builder({
  name: 'cheater-escapes',
  estimate: 'cheaterEscapes',
  title: 'How often a cheater escapes conviction',
  about: 'Lines are theory: fewer seats than the slash quorum are honest and answer.',
  y: 'cheaters who escape',
});
