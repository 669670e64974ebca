import { MAX_AMOUNT, type Failure } from '../codec/index.ts';
import { isDrandPublicKey } from '../machines/beacon/drand.ts';
import { checkRelations } from '../machines/parameters/relations.ts';
import { genesisFailure } from './errors.ts';
import { supplyOf, type Genesis } from './genesis.ts';
import { QUICKNET } from './networks.ts';
import { MAINNET_NOTICE_SECONDS } from './presets/tee.ts';
import { trustOf } from './trust.ts';

const relationFailures = ({ parameters }: Genesis): readonly Failure[] =>
  checkRelations(parameters).map(({ relation, path, message }) =>
    genesisFailure('genesis/parameter-relation', {
      path: `parameters.${path}`,
      expected: message,
      relation,
    }),
  );

/** A challenge waits for its seed in a window that must contain a round after the margin. */
const beaconFailures = ({ beacon, parameters }: Genesis): readonly Failure[] => {
  const { seedBlocks, blockTimeSeconds, beaconMarginSeconds } = parameters.dispute;
  const waits = seedBlocks * blockTimeSeconds;
  const comes = beaconMarginSeconds + beacon.periodSeconds;
  const path = 'beacon.periodSeconds';
  const details = { path, withinSeconds: String(waits), comesAfterSeconds: String(comes) };
  return waits > comes ? [] : [genesisFailure('genesis/beacon-too-slow', details)];
};

const isSoundKey = ({ beacon }: Genesis): boolean =>
  beacon.type !== 'drand' ||
  (QUICKNET.type === 'drand' && beacon.publicKey === QUICKNET.publicKey) ||
  isDrandPublicKey(beacon.publicKey);

const keyFailures = (genesis: Genesis): readonly Failure[] =>
  isSoundKey(genesis) ? [] : [genesisFailure('genesis/beacon-key', { path: 'beacon.publicKey' })];

/** PROTOCOL §8: nobody turns the platforms of mainnet out of date with less notice. */
const noticeFailures = ({ network, parameters }: Genesis): readonly Failure[] => {
  const { noticeSeconds } = parameters.tee;
  if (network !== 'mainnet' || noticeSeconds >= MAINNET_NOTICE_SECONDS) return [];
  const path = 'parameters.tee.noticeSeconds';
  const expected = `must be at least ${MAINNET_NOTICE_SECONDS} on mainnet`;
  const details = { path, expected, relation: 'tee-notice-mainnet' };
  return [genesisFailure('genesis/parameter-relation', details)];
};

const trustFailures = (genesis: Genesis): readonly Failure[] => {
  const trust = trustOf(genesis);
  if (trust.ok) return [];
  const { index, cause } = trust.failure;
  return index === undefined
    ? [genesisFailure('genesis/tee-root', { path: 'tee.root', cause })]
    : [genesisFailure('genesis/tee-document', { path: `tee.documents[${index}]`, cause })];
};

const supplyFailures = (genesis: Genesis): readonly Failure[] => {
  const supply = supplyOf(genesis);
  const path = 'allocations';
  if (supply === 0n) return [genesisFailure('genesis/no-allocation', { path })];
  return supply <= MAX_AMOUNT ? [] : [genesisFailure('genesis/supply-too-large', { path })];
};

/** What does not fit together in a genesis whose fields are each of their type; all of it. */
export const checkGenesis = (genesis: Genesis): readonly Failure[] => [
  ...relationFailures(genesis),
  ...beaconFailures(genesis),
  ...keyFailures(genesis),
  ...supplyFailures(genesis),
  ...noticeFailures(genesis),
  ...trustFailures(genesis),
];
