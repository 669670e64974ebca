import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok } from '../../../codec/index.ts';
import type { Result } from '../../../codec/index.ts';
import { storeFailure } from '../errors.ts';

/** Names the process that uses a database. LMDB itself would let several processes write. */
const LOCK_FILE = 'owner.lock';
/** How often a lock that its owner left behind is taken away before giving up. */
const MAX_ATTEMPTS = 5;
/** Fields of /proc/PID/stat behind the name: state, and start in ticks since the boot. */
const STATE_FIELD = 0;
const START_FIELD = 19;
/** Killed, and not yet waited for by its parent: it has let go of its files. */
const DEAD_STATES = ['Z', 'X'];

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/**
 * What tells a process from a later one with its number: boot and start time. Empty where the
 * system does not say; undefined for a process that is not there.
 */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return undefined;
  }
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (DEAD_STATES.includes(fields[STATE_FIELD] ?? '')) return undefined;
    return `${boot} ${fields[START_FIELD]}`;
  } catch {
    return '';
  }
}

const ownText = (): string => `${process.pid}\n${startOf(process.pid) ?? ''}\n`;

/** Whether the process that a lock names still runs. */
function isHeld(text: string): boolean {
  const [pid = '', start = ''] = text.split('\n');
  if (!/^[1-9][0-9]*$/.test(pid)) return false;
  const found = startOf(Number(pid));
  return found !== undefined && (found === start || found === '' || start === '');
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Takes away a lock whose owner is gone; whoever took it anew meanwhile gets it back. */
function removeStale(lock: string, text: string): void {
  const aside = `${lock}.${process.pid}.stale`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (readLock(aside) !== text) {
    try {
      linkSync(aside, lock);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  unlinkSync(aside);
}

/**
 * Makes this process the only user of a folder; the result gives it free again. A lock left by a
 * process that was killed is taken over. Throws what the file system throws.
 */
export function lockFolder(folder: string): Result<() => void> {
  const lock = join(folder, LOCK_FILE);
  const own = `${lock}.${process.pid}`;
  const text = ownText();
  // A link appears with its whole content, so nobody ever reads half a lock.
  writeFileSync(own, text);
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      try {
        linkSync(own, lock);
        return ok(() => rmSync(lock, { force: true }));
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
      const holder = readLock(lock);
      if (holder === undefined) continue;
      if (isHeld(holder)) return locked(holder);
      removeStale(lock, holder);
    }
    return locked('');
  } finally {
    unlinkSync(own);
  }
}

const locked = (holder: string) =>
  storeFailure('store/locked', { process: holder.split('\n')[0] ?? '' });
