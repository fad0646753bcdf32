/** What a process uses, from /proc. */
import { readFileSync } from 'node:fs';

const TICKS_PER_S = 100;

export interface Usage {
  /** Resident memory in MiB. */
  rssMiB: number;
  /** Processor time since its start, in seconds. */
  cpuS: number;
}

export function usageOf(pid: number): Usage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name may hold blanks; what follows it does not.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    rssMiB: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
    cpuS: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S,
  };
}
