import { assert, decodeCb58, fromHex, hrpOf, NETWORK_IDS, parseHex } from '../codec/index.ts';
import { toHex, utf8 } from '../codec/index.ts';
import type { Failure } from '../codec/index.ts';
import { DEFAULT_LUX_DECIMALS, parseAmount } from './amount.ts';
import { genesisFailure } from './errors.ts';
import { readAddress, type GenesisFile } from './file.ts';
import type { CollateralDocument } from '../machines/trust-store/messages.ts';
import { chainIdOf, type Genesis, type GenesisTee } from './genesis.ts';
import { mergeParameters } from './merge.ts';
import { isKnownNetwork, networkIdOf, QUICKNET } from './networks.ts';
import { pathText } from './path.ts';
import { presetBeacon, sortAllocations } from './preset.ts';
import { parameterPreset, type PresetName } from './presets/index.ts';
import { presetTee, sortDocuments } from './trust.ts';

/** What a file says, and what is wrong with it beyond single fields. */
export interface Resolved {
  readonly genesis: Genesis | undefined;
  readonly failures: readonly Failure[];
}

/** In the place of an id that the file has wrong, so that the rest can be checked. */
const NO_NETWORK = 0;
const RESERVED_IDS: readonly number[] = Object.values(NETWORK_IDS);

/** The id of the file's network, if the file is right about it. */
const networkIdFrom = ({ network, networkId }: GenesisFile): number | undefined => {
  if (isKnownNetwork(network)) {
    const own = networkIdOf(network);
    return networkId === undefined || networkId === own ? own : undefined;
  }
  return networkId !== undefined && !RESERVED_IDS.includes(networkId) ? networkId : undefined;
};

const networkIdFailure = ({ network, networkId }: GenesisFile): Failure =>
  genesisFailure('genesis/network-id', {
    path: 'networkId',
    expected: isKnownNetwork(network)
      ? String(networkIdOf(network))
      : `a number other than ${RESERVED_IDS.join(', ')}`,
    found: networkId === undefined ? 'none' : String(networkId),
  });

const presetOf = ({ network, parameters }: GenesisFile): PresetName | undefined =>
  parameters?.preset ?? (isKnownNetwork(network) ? network : undefined);

const beaconOf = ({ network, beacon, time: seconds }: GenesisFile) => {
  const time = BigInt(seconds);
  if (beacon === undefined)
    return isKnownNetwork(network) ? presetBeacon(network, time) : undefined;
  switch (beacon.type) {
    case 'quicknet':
      return QUICKNET;
    case 'drand':
      return {
        type: beacon.type,
        publicKey: beacon.publicKey,
        genesisTime: BigInt(beacon.genesisTime),
        periodSeconds: BigInt(beacon.periodSeconds),
      } as const;
    case 'dev':
      return {
        type: beacon.type,
        genesisTime: beacon.genesisTime === undefined ? time : BigInt(beacon.genesisTime),
        periodSeconds: BigInt(beacon.periodSeconds ?? 1),
      } as const;
  }
};

/** Allocations by address; two ways of writing one address are a failure. */
const allocate = (file: GenesisFile, hrp: ReturnType<typeof hrpOf>, luxDecimals: number) => {
  const byAddress = new Map<string, bigint>();
  const failures: Failure[] = [];
  for (const text of Object.keys(file.allocations)) {
    const address = readAddress(text, hrp);
    const amountNlux = parseAmount(file.allocations[text] ?? '', luxDecimals);
    assert(address !== undefined && amountNlux !== undefined, 'the schema of the file has passed');
    if (byAddress.has(address)) {
      const path = pathText(['allocations', text]);
      failures.push(genesisFailure('genesis/duplicate-allocation', { path, address }));
    }
    byAddress.set(address, amountNlux);
  }
  const allocations = Array.from(byAddress, ([address, amountNlux]) => ({ address, amountNlux }));
  return { allocations: sortAllocations(allocations), failures };
};

type FileDocument = NonNullable<NonNullable<GenesisFile['tee']>['documents']>[number];

/** A document of the file, which has passed the file's schema, as messages carry it. */
const documentFrom = (document: FileDocument): CollateralDocument => {
  switch (document.type) {
    case 'rootCrl':
      return { ...document, crl: fromHex(document.crl) };
    case 'pckCa':
      return { ...document, issuerChain: utf8(document.issuerChain) };
    case 'pckCrl': {
      const { type, crl, issuerChain } = document;
      return { type, crl: fromHex(crl), issuerChain: utf8(issuerChain) };
    }
    case 'tcbInfo':
    case 'qeIdentity': {
      const { type, body, signature, issuerChain } = document;
      return { type, body: utf8(body), signature, issuerChain: utf8(issuerChain) };
    }
  }
};

/** The preset's root and documents; with another root none of the preset's documents fits. */
const teeOf = ({ tee }: GenesisFile, preset: PresetName): GenesisTee => {
  const base = presetTee(preset);
  if (tee === undefined) return base;
  const root = tee.root === undefined ? base.root : fromHex(tee.root);
  const kept = tee.root === undefined ? base.documents : [];
  const documents = tee.documents?.map(documentFrom) ?? kept;
  return { root, documents: sortDocuments(documents) };
};

const MISSING_PRESET = genesisFailure('genesis/preset-missing', { path: 'parameters.preset' });
const MISSING_BEACON = genesisFailure('genesis/preset-missing', { path: 'beacon' });

/** Fills in what the network and the presets have, and puts texts into their binary forms. */
export const resolveFile = (file: GenesisFile): Resolved => {
  const { network, luxDecimals = DEFAULT_LUX_DECIMALS } = file;
  const networkId = networkIdFrom(file);
  const preset = presetOf(file);
  const beacon = beaconOf(file);
  const hrp = hrpOf(isKnownNetwork(network) ? networkIdOf(network) : NO_NETWORK);
  const { allocations, failures } = allocate(file, hrp, luxDecimals);
  if (networkId === undefined) failures.push(networkIdFailure(file));
  if (preset === undefined) failures.push(MISSING_PRESET);
  if (beacon === undefined) failures.push(MISSING_BEACON);
  if (preset === undefined || beacon === undefined) return { genesis: undefined, failures };
  const genesis = {
    network,
    networkId: networkId ?? NO_NETWORK,
    time: BigInt(file.time),
    luxDecimals,
    beacon,
    authority: file.authority === undefined ? undefined : readAddress(file.authority, hrp),
    parameters: mergeParameters(parameterPreset(preset), file.parameters ?? {}, luxDecimals),
    tee: teeOf(file, preset),
    allocations,
  };
  return { genesis, failures };
};

/** A chain id in CB58, as Lux shows ids, or in hex. */
const readChainId = (text: string): string | undefined => {
  const hex = parseHex(text, 32);
  if (hex.ok) return hex.value;
  const cb58 = decodeCb58(text);
  return cb58.ok && cb58.value.length === 32 ? toHex(cb58.value) : undefined;
};

/** Is the chain id that the file writes down, if any, that of its genesis? */
export const checkChainId = (file: GenesisFile, genesis: Genesis): readonly Failure[] => {
  if (file.chainId === undefined) return [];
  const expected = chainIdOf(genesis);
  if (readChainId(file.chainId) === expected) return [];
  return [genesisFailure('genesis/chain-id', { path: 'chainId', expected, found: file.chainId })];
};
