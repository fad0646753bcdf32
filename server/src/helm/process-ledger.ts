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

export interface Leftovers {
  /** Number of processes that still ran. */
  ended: number;
  /** Namespaces in which an operation of the earlier server was under way; it is not any more. */
  namespaces: ReadonlySet<string>;
}

export interface ProcessLedger {
  /** Notes a process and the namespace that it changes, if any; the result forgets it. */
  note(pid: number, namespace?: string): () => void;
  /** Ends what an earlier server left, and resolves when it is gone. */
  endLeftovers(): Promise<Leftovers>;
}

export function openProcessLedger(dir: string): ProcessLedger {
  mkdirSync(dir, { recursive: true });
  return {
    note(pid, namespace = '') {
      const file = join(dir, String(pid));
      writeFileSync(file, `${startTime(pid) ?? ''}\n${namespace}`);
      return () => rmSync(file, { force: true });
    },
    async endLeftovers() {
      const files = readdirSync(dir).filter((name) => /^\d+$/.test(name));
      const noted = files.map((name) => {
        const [start = '', namespace = ''] = readFileSync(join(dir, name), 'utf8').split('\n');
        return { pid: Number(name), start, namespace };
      });
      const left = noted.filter(({ pid, start }) => isSame(pid, start));
      await Promise.all(left.map(({ pid }) => end(pid)));
      for (const name of files) rmSync(join(dir, name), { force: true });
      const namespaces = new Set(noted.map(({ namespace }) => namespace).filter(Boolean));
      return { ended: left.length, namespaces };
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
