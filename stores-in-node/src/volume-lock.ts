/** One process of a kind per volume: a lock file with its pid and its parent's. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;
const PATIENCE_MS = 10_000;

interface Holder {
  pid: number;
  started: string | undefined;
  parent: number;
  parentStarted: string | undefined;
}

/**
 * Takes the lock; the returned function releases it. Kills a holder whose parent has exited or is also ours; throws if
 * the holder belongs to another parent that still runs.
 */
export async function lockVolume(volume: string, kind: string): Promise<() => void> {
  mkdirSync(volume, { recursive: true });
  // An earlier version left it accessible to other users.
  chmodSync(volume, 0o700);
  const file = join(volume, `${kind}.pid`);
  // We wrote the file, perhaps not to its end.
  const holder = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8') || '{}') as Partial<Holder>) : {};
  if (runs(holder.pid, holder.started)) {
    if (runs(holder.parent, holder.parentStarted) && holder.parent !== process.ppid)
      throw new Error(`the volume is in use by the process ${holder.pid}`);
    // The condition holds for a whole one only.
    await end(holder as Holder);
  }
  const own: Holder = {
    pid: process.pid,
    started: startTime(process.pid),
    parent: process.ppid,
    parentStarted: startTime(process.ppid),
  };
  writeFileSync(file, JSON.stringify(own));
  return () => rmSync(file, { force: true });
}

async function end({ pid, started }: Holder): Promise<void> {
  process.kill(pid, 'SIGKILL');
  for (let waited = 0; runs(pid, started); waited += POLL_MS) {
    if (waited > PATIENCE_MS) throw new Error(`the process ${pid} of an earlier run does not end`);
    await sleep(POLL_MS);
  }
}

function runs(pid: number | undefined, started: string | undefined): boolean {
  return pid !== undefined && pid > 1 && started !== undefined && startTime(pid) === started;
}

/** When a process started, to detect a reused pid; undefined if it doesn't exist. */
function startTime(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') return process.kill(pid, 0) ? '' : undefined;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : rest[18];
  } catch {
    return undefined;
  }
}
