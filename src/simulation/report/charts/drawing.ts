import type { Figure } from '../../figure.ts';
import { flowDrawing } from './flow.ts';
import { histogramDrawing } from './histogram.ts';
import type { Drawing } from './option.ts';
import { plotDrawing } from './plot.ts';

/** How a figure is drawn. */
export const drawingOf = (figure: Figure): Drawing => {
  switch (figure.type) {
    case 'plot':
      return plotDrawing(figure);
    case 'histogram':
      return histogramDrawing(figure);
    case 'flow':
      return flowDrawing(figure);
  }
};
