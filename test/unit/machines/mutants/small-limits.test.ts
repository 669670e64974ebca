import { expect, test } from 'vitest';
import { account } from '../../../../src/machines/account/machine.ts';
import { announcement } from '../../../../src/machines/announcement/machine.ts';
import { beacon } from '../../../../src/machines/beacon/machine.ts';
import { model } from '../../../../src/machines/model/machine.ts';
import { auditPool, burn, treasury } from '../../../../src/machines/pool/machine.ts';
import { request } from '../../../../src/machines/request/machine.ts';

// A block that one node takes and another refuses splits the chain: limits are consensus.

test.each([
  [account, 16],
  [announcement, 64],
  [beacon, 192],
  [model, 512],
  [request, 512],
  [auditPool, 1],
  [burn, 1],
  [treasury, 1],
])('what $kind may keep is the same on every node', ({ contextBytes }, bytes) => {
  expect(contextBytes).toBe(bytes);
});
