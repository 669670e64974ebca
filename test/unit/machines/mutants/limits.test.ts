import { expect, test } from 'vitest';
import { attestation } from '../../../../src/machines/attestation/machine.ts';
import { challenge } from '../../../../src/machines/challenge/machine.ts';
import { enclaveKeys, MAX_ENCLAVE_KEYS } from '../../../../src/machines/provider/enclave-keys.ts';
import { provider } from '../../../../src/machines/provider/machine.ts';

// A block that one node takes and another refuses splits the chain: limits are consensus.

test('what an actor may keep is the same on every node', () => {
  const bytes = [attestation, challenge, provider].map(({ contextBytes }) => contextBytes);
  expect(bytes).toEqual([1_024, 16_384, 6_144]);
});

test('a provider has at most sixteen enclave keys, by their addresses', () => {
  expect(MAX_ENCLAVE_KEYS).toBe(16);
  expect(enclaveKeys).toMatchObject({ kind: 'provider', code: 1, keyBytes: 20 });
});
