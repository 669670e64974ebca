import type { PlotFigure } from '../figure.ts';
import type { FigureInput } from './input.ts';
import { symbolOf } from './labels.ts';
import { sweepPlots } from './sweep-plot.ts';
import { sweptParameters } from './sweeps.ts';

const words = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const kebab = (text: string): string =>
  words(text)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** Sweeps that have no picture of their own, each against the parameter with most values. */
export const otherSweeps = (
  input: FigureInput,
  shown: ReadonlySet<string | undefined>,
): readonly PlotFigure[] => {
  const names = [...new Set(input.estimates.map(({ name }) => name))];
  return names
    .filter((name) => !shown.has(name))
    .flatMap((name) => {
      const [parameter] = sweptParameters(input.estimates, name);
      if (parameter === undefined) return [];
      const title = words(name);
      return sweepPlots(input, {
        id: `sweep-${kebab(name)}`,
        title: `${title.charAt(0).toUpperCase()}${title.slice(1)} against ${symbolOf(parameter)}`,
        about: 'Lines are the closed form, dots were played, with their 95 % intervals.',
        estimate: name,
        parameter,
        y: title,
        mayBeLog: true,
      });
    });
};
