import { failWith } from '../codec/index.ts';

/** Every failure of a genesis file: stable code to the sentence that explains it. */
export const genesisErrors = {
  'genesis/too-large': 'The genesis file is longer than details.limit characters.',
  'genesis/json-syntax':
    'This is not JSON: details.expected should stand at details.line and details.column.',
  'genesis/json-depth': 'The JSON is nested deeper than details.limit levels; no genesis is.',
  'genesis/json-number':
    'Write a whole number below 2^53 without fraction or exponent, or an amount as text: see ' +
    'details.line.',
  'genesis/json-duplicate-key':
    'The key details.key stands twice in one object: remove one of them.',
  'genesis/missing-field': 'The field details.path is missing: add it.',
  'genesis/unknown-field': 'There is no field details.path: remove it, or check its spelling.',
  'genesis/wrong-field': 'The field details.path is not what it has to be: see details.expected.',
  'genesis/too-many-failures': 'There are more failures than are listed: mend these first.',
  'genesis/parameter-relation':
    'The parameters contradict one another: details.path is at fault, see details.expected.',
  'genesis/network-id':
    'A custom network names its own networkId, none of a public network or the local one; the ' +
    'others have theirs: see details.expected.',
  'genesis/preset-missing':
    'A custom network says what it is like: add parameters.preset and beacon to the file.',
  'genesis/chain-id':
    'The chainId is not that of this genesis: leave the field out, or write details.expected.',
  'genesis/duplicate-allocation':
    'Two allocations are for one address, in two ways of writing it: add them up.',
  'genesis/no-allocation':
    'Nobody would own a coin, and none is ever made later: allocate some to an address.',
  'genesis/supply-too-large': 'All allocations together are 2^128 nLUX or more.',
  'genesis/beacon-key':
    'The public key of the drand beacon is not the canonical encoding of a key (BLS12-381 G2).',
  'genesis/tee-root':
    'The root certificate for TEE reports cannot be one: details.cause says why (docs/tee.md).',
  'genesis/tee-document':
    'A document for TEE reports does not verify at the time of genesis: see details.cause.',
  'genesis/beacon-too-slow':
    'A beacon round does not come within the time in which a challenge waits for its seed: ' +
    'shorten beacon.periodSeconds, or lengthen parameters.dispute.seedBlocks.',
} as const;

export type GenesisErrorCode = keyof typeof genesisErrors;

/** Builds a failed result of this catalogue. */
export const genesisFail = failWith<GenesisErrorCode>(genesisErrors);

/** A failure of the catalogue as a value, for lists of them. */
export const genesisFailure = (
  code: GenesisErrorCode,
  details: Readonly<Record<string, string>> = {},
) => genesisFail(code, details).failure;
