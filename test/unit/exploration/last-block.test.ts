import { expect, it } from 'vitest';
import { beginWorld } from '../../../src/exploration/beginning.ts';
import { canonicalText } from '../../../src/exploration/canonical/state.ts';
import { Lexicon } from '../../../src/exploration/lexicon.ts';
import { Setting } from '../../../src/exploration/setting.ts';
import { unwrap } from '../../../src/runtime/unwrap.ts';
import { worldOf } from './support.ts';

it('states are two while an attestation can be challenged in one, in its last block too', () => {
  const moves = ['settle', 'refund', 'audit', 'publish'];
  const setting = new Setting(worldOf('audit', { begins: 'attested', moves }));
  const lexicon = new Lexicon(setting);
  let ground = unwrap(beginWorld(setting));
  const pending = () => ground.view.all('attestation')[0]?.record;
  const windowEnd = pending()?.context.windowEnd ?? 0n;
  const lines = new Map<bigint, string>();
  for (; ground.view.height <= windowEnd + 1n; ground = setting.land.pass(ground).after) {
    const text = canonicalText(setting, ground.view, lexicon);
    const line = text.split('\n').find((each) => each.startsWith('attestation:')) ?? '';
    expect(pending()?.state).toBe('pending');
    lines.set(ground.view.height, line);
  }
  expect(lines.size).toBeGreaterThan(2);
  const [before, last, at, after] = [-2n, -1n, 0n, 1n].map((by) => lines.get(windowEnd + by));
  expect(last).not.toBe(before);
  expect(last).not.toBe(at);
  expect(at).toBe(after);
});
