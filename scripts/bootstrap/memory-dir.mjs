/** A temporary folder in memory for the tests: theirs are many small files, and databases that wait for each write. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';

/** Where Linux keeps files in memory; a container may have little of it, or allow no programs there. */
const MEMORY = '/dev/shm';
const NEEDED = 8 * 1024 ** 3;

/** Returns the environment with which programs make their temporary files there. It is deleted with this process. */
export function ensureMemoryDir(env) {
  if (env.TMPDIR || process.platform !== 'linux' || !hasRoom()) return {};
  const dir = mkdtempSync(`${MEMORY}/shopyard-`);
  // As any folder for temporary files: some tests act as another user.
  chmodSync(dir, 0o1777);
  process.on('exit', () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));
  return { TMPDIR: dir };
}

function hasRoom() {
  const options = readFileSync('/proc/mounts', 'utf8')
    .match(/^\S+ \/dev\/shm tmpfs (\S+)/m)?.[1]
    .split(',') ?? ['ro'];
  if (options.includes('ro') || options.includes('noexec')) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return Math.min(bavail * bsize, freemem()) >= NEEDED;
}
