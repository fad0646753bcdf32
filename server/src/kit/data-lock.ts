/** One server per data directory: a lock file with the pid of the one that has it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { startTime } from './process-identity.ts';

/** The data directory can't be used. The message says why, and what to do. */
export class DataDirError extends Error {}

/** Identifies a process even if its pid is reused. */
export interface ProcessIdentity {
  /** Host name and the start of its kernel: cloned machines have the same name. */
  host: string;
  pid: number;
  /** When it began; see process-identity.ts. */
  started: string;
}

export interface DataLock {
  /** The process that had the directory before and left its lock; it ran on this host and has ended. */
  predecessor: ProcessIdentity | undefined;
  release(): void;
}

export function thisProcess(): ProcessIdentity {
  return { host: thisHost(), pid: process.pid, started: startTime(process.pid) ?? '' };
}

function thisHost(): string {
  try {
    return `${hostname()}-${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)}`;
  } catch {
    return hostname();
  }
}

/**
 * Takes the lock, or the one of a server that is no more. Throws DataDirError naming the pid of a server that has it.
 */
export function lockDataDir(dataDir: string): DataLock {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'server.pid');
  const holder = existsSync(file) ? parseHolder(readFileSync(file, 'utf8')) : undefined;
  if (holder && holder.pid !== process.pid && startTime(holder.pid) === holder.started) {
    throw new DataDirError(
      `another Shopyard (pid ${holder.pid}) uses ${dataDir}: stop it, or set SHOPYARD_DATA_DIR to another folder`,
    );
  }
  const { host, pid, started } = thisProcess();
  writeFileSync(file, `${pid} ${started} ${host}\n`, { mode: 0o600 });
  // Nothing is known about a process on another host: the directory may be on a shared disk, or a copy.
  return {
    predecessor: holder?.host === host ? holder : undefined,
    release: () => rmSync(file, { force: true }),
  };
}

function parseHolder(text: string): ProcessIdentity | undefined {
  const [pid = '', started = '', host = ''] = text.trim().split(' ');
  return /^\d+$/.test(pid) ? { host, pid: Number(pid), started } : undefined;
}
