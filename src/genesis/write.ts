import { assert, formatAddress, hrpOf, toHex, type Shape } from '../codec/index.ts';
import { parameters } from '../machines/parameters/record.ts';
import type { CollateralDocument } from '../machines/trust-store/messages.ts';
import { formatAmount } from './amount.ts';
import type { Genesis } from './genesis.ts';
import type { Json, JsonObject } from './json/parse.ts';
import { isKnownNetwork } from './networks.ts';

const valueOf = (shape: Shape, value: unknown, luxDecimals: number): Json => {
  switch (shape.kind) {
    case 'uint':
      return Number(value);
    case 'bool':
    case 'hex':
    case 'text':
    case 'enum':
      return value as Json;
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

/** PEM and JSON as the texts that they are. */
const fromUtf8 = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

const documentOf = (document: CollateralDocument): JsonObject => {
  switch (document.type) {
    case 'rootCrl':
      return { type: document.type, crl: toHex(document.crl) };
    case 'pckCa':
      return { type: document.type, issuerChain: fromUtf8(document.issuerChain) };
    case 'pckCrl':
      return {
        type: document.type,
        crl: toHex(document.crl),
        issuerChain: fromUtf8(document.issuerChain),
      };
    case 'tcbInfo':
    case 'qeIdentity':
      return {
        type: document.type,
        body: fromUtf8(document.body),
        signature: document.signature,
        issuerChain: fromUtf8(document.issuerChain),
      };
  }
};

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
    tee: {
      root: toHex(genesis.tee.root),
      documents: genesis.tee.documents.map(documentOf),
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
