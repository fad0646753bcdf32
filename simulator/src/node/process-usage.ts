/** A process's current usage, from Linux's /proc. */
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** Interval between the two samples that make up the rate. */
export const WINDOW_MS = 250;
const TICKS_PER_SECOND = 100;

export interface Usage {
  /** Cores. */
  cpu: number;
  /** Bytes. */
  memory: number;
}

/** Takes {@link WINDOW_MS}. Zero for a process that doesn't exist, such as a sleeping store's. */
export async function usageOfProcess(pid: number | undefined): Promise<Usage> {
  if (pid === undefined) return { cpu: 0, memory: 0 };
  try {
    const before = await secondsOf(pid);
    const from = performance.now();
    await wait(WINDOW_MS);
    const cpu = ((await secondsOf(pid)) - before) / ((performance.now() - from) / 1000);
    // In kB; statm counts pages, whose size depends on the machine.
    const [, resident = 0] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
    return { cpu, memory: Number(resident) * 1024 };
  } catch {
    return { cpu: 0, memory: 0 };
  }
}

/** CPU time so far, user plus kernel. */
async function secondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name, in parentheses, may contain spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
