import type { FlowFigure } from '../../figure.ts';
import { formatValue } from '../format.ts';
import { colour, COMMON, type Drawing, FONT, INK, tooltip } from './option.ts';

type Link = FlowFigure['links'][number];

/** CSS pixels that a node with its label needs at least. */
const NODE_ROOM = 56;
const LEAST_HEIGHT = 240;
const LABEL_ROOM = 150;

/** The stage of each node, counted from the sources; undefined where money goes in a circle. */
const stagesOf = (links: readonly Link[]): ReadonlyMap<string, number> | undefined => {
  const stages = new Map(
    links.flatMap(({ from, to }) => [from, to].map((name): [string, number] => [name, 0])),
  );
  for (let round = 0; round <= stages.size; round += 1) {
    let moved = false;
    for (const { from, to } of links) {
      const next = (stages.get(from) ?? 0) + 1;
      if ((stages.get(to) ?? 0) >= next) continue;
      stages.set(to, next);
      moved = true;
    }
    if (!moved) return stages;
  }
  return undefined;
};

/** Where money goes round in a circle, givers stand on the left and takers on the right. */
const apart = (links: readonly Link[]): readonly Link[] =>
  links.map(({ from, to, value }) => ({ from: `${from} (pays)`, to: `${to} (receives)`, value }));

const through = (links: readonly Link[], name: string): number => {
  const sum = (side: 'from' | 'to'): number =>
    links.reduce((total, link) => total + (link[side] === name ? link.value : 0), 0);
  return Math.max(sum('from'), sum('to'));
};

/** Where money comes from and where it goes, as wide as there is of it. */
export const flowDrawing = (figure: FlowFigure): Drawing => {
  const positive = figure.links.filter(({ value }) => Number.isFinite(value) && value > 0);
  const links = stagesOf(positive) === undefined ? apart(positive) : positive;
  const stages = stagesOf(links) ?? new Map<string, number>();
  const names = [...stages.keys()];
  const last = Math.max(0, ...stages.values());
  const crowd = Math.max(
    1,
    ...Array.from({ length: last + 1 }, (_, at) => {
      return names.filter((name) => stages.get(name) === at).length;
    }),
  );
  return {
    height: Math.max(LEAST_HEIGHT, 60 + crowd * NODE_ROOM),
    option: {
      ...COMMON,
      tooltip: tooltip('item'),
      series: [
        {
          type: 'sankey',
          left: 16,
          right: LABEL_ROOM + 20,
          top: 20,
          bottom: 20,
          nodeGap: 30,
          nodeWidth: 14,
          draggable: false,
          layoutIterations: 32,
          emphasis: { disabled: true },
          lineStyle: { color: 'source', opacity: 0.3, curveness: 0.5 },
          label: {
            color: INK,
            fontFamily: FONT,
            fontSize: 12.5,
            lineHeight: 16,
            distance: 8,
            width: LABEL_ROOM,
            overflow: 'break',
          },
          data: names.map((name, at) => {
            const amount = formatValue(through(links, name), figure.unit);
            return {
              name,
              tip: [name, amount],
              itemStyle: { color: colour(at), borderWidth: 0 },
              // Braces are places of a template for ECharts.
              label: { formatter: `${name}\n${amount}`.replaceAll(/[{}]/g, ' ') },
            };
          }),
          links: links.map(({ from, to, value }) => ({
            source: from,
            target: to,
            value,
            tip: [`${from} → ${to}`, formatValue(value, figure.unit)],
          })),
        },
      ],
    },
  };
};
