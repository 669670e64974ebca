// Opens copies of a database, each damaged in one way, and says what came of each. A crash of this
// process is what the test looks for. Arguments: folder with the database, folder for the copies,
// then the damages: bit:N turns a bit, zero:P and noise:P overwrite a page, cut:N ends the file.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, openLmdbStore } from '../../../../src/runtime/store/index.ts';
import { IDENTITY } from '../support.ts';
import { say } from './script.ts';

const PAGE_BYTES = 4_096;
const [from = '', to = '', ...damages] = process.argv.slice(2);
const original = readFileSync(join(from, 'data.mdb'));

function damaged(damage: string): Buffer {
  const [kind, text = ''] = damage.split(':');
  const place = Number(text);
  if (kind === 'cut') return Buffer.from(original.subarray(0, place));
  const bytes = Buffer.from(original);
  if (kind === 'bit') {
    bytes[place >> 3] = (bytes[place >> 3] as number) ^ (1 << (place & 7));
    return bytes;
  }
  const page = bytes.subarray(place * PAGE_BYTES, (place + 1) * PAGE_BYTES);
  let noise = 12_345 + place;
  for (let i = 0; i < page.length; i++) {
    noise = (Math.imul(noise, 1_103_515_245) + 12_345) >>> 0;
    page[i] = kind === 'zero' ? 0 : noise >>> 16;
  }
  return bytes;
}

for (const damage of damages) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to);
  const file = join(to, 'data.mdb');
  const bytes = damaged(damage);
  writeFileSync(file, bytes);
  say(`begin ${damage}`);
  const opened = openLmdbStore({ path: to, identity: IDENTITY });
  if (opened.ok) {
    const checked = check(opened.value);
    const verdict = checked.ok ? `sound ${checked.value?.root}` : checked.failure.code;
    opened.value.close();
    say(`opened ${damage} ${verdict}`);
  } else {
    const unchanged = readFileSync(file).equals(bytes);
    say(`refused ${damage} ${opened.failure.code} ${unchanged}`);
  }
}
say('done');
