/**
 * Records running helm processes on disk: a killed server leaves them running, and operations on one release must
 * never overlap. The next server ends the processes of the previous one.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTime } from '../kit/process-identity.ts';
import { killGroup } from './run-process.ts';

const KILL_AFTER_MS = 15_000;
const POLL_MS = 50;

export interface ProcessLedger {
  /** Notes a process; the result forgets it. */
  note(pid: number): () => void;
  /** Ends what an earlier server left, and resolves when it is gone. Returns how many. */
  endLeftovers(): Promise<number>;
}

export function openProcessLedger(dir: string): ProcessLedger {
  mkdirSync(dir, { recursive: true });
  return {
    note(pid) {
      const file = join(dir, String(pid));
      writeFileSync(file, startTime(pid) ?? '');
      return () => rmSync(file, { force: true });
    },
    async endLeftovers() {
      const files = readdirSync(dir).filter((name) => /^\d+$/.test(name));
      const left = files.filter((name) => isSame(Number(name), readFileSync(join(dir, name), 'utf8')));
      await Promise.all(left.map((name) => end(Number(name))));
      for (const name of files) rmSync(join(dir, name), { force: true });
      return left.length;
    },
  };
}

async function end(pid: number): Promise<void> {
  const known = startTime(pid) ?? '';
  killGroup(pid, 'SIGTERM');
  for (let waited = 0; isSame(pid, known); waited += POLL_MS) {
    if (waited === KILL_AFTER_MS) killGroup(pid, 'SIGKILL');
    await sleep(POLL_MS);
  }
}

function isSame(pid: number, known: string): boolean {
  return known !== '' && startTime(pid) === known;
}
