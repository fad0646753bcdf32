/** One server per data directory: a lock file with the pid of the one that has it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Thrown when another server has the directory; the message names its pid. */
export class DataDirInUseError extends Error {}

/** Takes the lock, or the one of a server that is no more. The result gives it back. */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'server.pid');
  const holder = existsSync(file) ? parseHolder(readFileSync(file, 'utf8')) : undefined;
  if (holder && holder.pid !== process.pid && startTime(holder.pid) === holder.started) {
    throw new DataDirInUseError(
      `another Shopyard (pid ${holder.pid}) uses ${dataDir}: stop it, or set SHOPYARD_DATA_DIR to another folder`,
    );
  }
  writeFileSync(file, `${process.pid} ${startTime(process.pid) ?? ''}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

function parseHolder(text: string): { pid: number; started: string } | undefined {
  const [pid = '', started = ''] = text.trim().split(' ');
  return /^\d+$/.test(pid) ? { pid: Number(pid), started } : undefined;
}

/** When a process began, so that a reused pid is not taken for it; undefined when there is none. */
function startTime(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    try {
      process.kill(pid, 0);
      return '';
    } catch {
      return undefined;
    }
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
