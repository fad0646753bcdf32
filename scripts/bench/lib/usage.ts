/** Resource usage of a process, from /proc. */
import { readFileSync } from 'node:fs';

const TICKS_PER_S = 100;

export interface Usage {
  /** Resident memory in MiB. */
  rssMiB: number;
  /** Processor time since the process started, in seconds. */
  cpuS: number;
  /** Processor time of its ended children, in seconds. */
  endedS: number;
}

export function usageOf(pid: number): Usage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const fields = statOf(pid);
  return {
    rssMiB: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
    cpuS: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S,
    endedS: (Number(fields[13]) + Number(fields[14])) / TICKS_PER_S,
  };
}

/** Processor time, in seconds, of this process's ended children and their descendants. */
export function cpuOfChildren(): number {
  const fields = statOf('self');
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_S;
}

function statOf(pid: number | 'self'): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // Only the name may contain spaces.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
