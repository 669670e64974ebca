import type { CommandSpec } from '../kit/spec.ts';
import { Stop } from '../kit/stop.ts';
import { sheet, type Row } from '../kit/table.ts';
import { colours } from '../kit/terminal.ts';

export const status: CommandSpec = {
  name: 'status',
  summary: 'how the node and its chain do',
  details: 'Ends with exit code 1 if the node has stopped making blocks.',
  examples: [
    ['aivm status', 'chain, height, age of the last block'],
    ['aivm status --url http://10.0.0.7:9640 --json', 'of another node, for a monitor'],
  ],
  run: async (_, session) => {
    const node = await session.node();
    const health = await node.ask('asking', node.client.health());
    const supply = await node.ask('asking', node.client.supply());
    const { info, texts } = node;
    const isOk = health.status === 'ok';
    const { failure } = health;
    session.out.answer(
      {
        status: health.status,
        name: info.name,
        version: info.version,
        networkId: info.networkId,
        chainId: info.chainId,
        height: health.height,
        blockId: health.blockId,
        time: health.time,
        ageSeconds: health.ageSeconds,
        waiting: health.waiting,
        oldestHeight: info.oldestHeight,
        supplyNlux: supply.totalNlux,
        burnedNlux: supply.burnedNlux,
        isDevelopment: info.isDevelopment,
        failure: failure ?? null,
      },
      () => {
        const rows: Row[] = [
          ['status', isOk ? colours.green('ok') : colours.red('halted')],
          ['node', `${info.name} ${info.version}`],
          ['chain', `${info.chainId} (network ${info.networkId})`],
          ['height', `${health.height}, ${health.ageSeconds} s old`],
          ['block', health.blockId],
          ['waiting', `${health.waiting} transactions`],
          ['history', `from height ${info.oldestHeight} on`],
          [
            'supply',
            `${texts.amount(supply.totalNlux)}, burned ${texts.amount(supply.burnedNlux)}`,
          ],
        ];
        if (info.isDevelopment) rows.push(['safety', colours.yellow('for one machine only')]);
        return sheet(rows);
      },
    );
    if (failure !== undefined) throw new Stop({ ...failure, details: {} });
  },
};
