import { assert, formatAddress, hrpOf, type Shape } from '../codec/index.ts';
import { parameters } from '../machines/parameters/record.ts';
import { formatAmount } from './amount.ts';
import type { Genesis } from './genesis.ts';
import type { Json, JsonObject } from './json/parse.ts';
import { isKnownNetwork } from './networks.ts';

const valueOf = (shape: Shape, value: unknown, luxDecimals: number): Json => {
  switch (shape.kind) {
    case 'uint':
      return Number(value);
    case 'amount':
      return formatAmount(value as bigint, luxDecimals);
    case 'list':
      return (value as readonly unknown[]).map((item) => valueOf(shape.item, item, luxDecimals));
    case 'record':
      return Object.fromEntries(
        shape.fields.map(({ name, shape: field }) => [
          name,
          valueOf(field, (value as Readonly<Record<string, unknown>>)[name], luxDecimals),
        ]),
      );
    default:
      assert(false, `parameters have no ${shape.kind}`);
  }
};

const beaconOf = ({ beacon }: Genesis): JsonObject => ({
  ...beacon,
  genesisTime: Number(beacon.genesisTime),
  periodSeconds: Number(beacon.periodSeconds),
});

/**
 * The file of a genesis: `parseGenesis` reads the same genesis from it. All parameters are written
 * out, so that the file means the same under a later version of the presets.
 */
export const formatGenesis = (genesis: Genesis): string => {
  const { network, networkId, time, luxDecimals, authority, allocations } = genesis;
  const hrp = hrpOf(networkId);
  const file: JsonObject = {
    network,
    ...(isKnownNetwork(network) ? {} : { networkId }),
    time: Number(time),
    luxDecimals,
    beacon: beaconOf(genesis),
    ...(authority === undefined ? {} : { authority: formatAddress(authority, hrp) }),
    parameters: {
      ...(isKnownNetwork(network) ? {} : { preset: 'mainnet' }),
      ...(valueOf(parameters.shape, genesis.parameters, luxDecimals) as JsonObject),
    },
    allocations: Object.fromEntries(
      allocations.map(({ address, amountNlux }) => [
        formatAddress(address, hrp),
        formatAmount(amountNlux, luxDecimals),
      ]),
    ),
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
};
