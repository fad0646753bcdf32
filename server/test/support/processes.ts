/** Which processes are alive. Zombies count as dead. */
import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  state: string;
  group: number;
}

function read(pid: string): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', , group = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : { state, group: Number(group) };
  } catch {
    return undefined;
  }
}

export function isRunning(pid: number): boolean {
  return read(String(pid)) !== undefined;
}

export function livingInGroup(group: number): string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && read(pid)?.group === group);
}

/** Pid of a living child whose command line contains `program`. */
export function childOf(parent: number, program: string): number | undefined {
  const isIt = (pid: string): boolean => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [state, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return state !== 'Z' && Number(ppid) === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program);
    } catch {
      return false;
    }
  };
  const found = readdirSync('/proc').find((name) => /^\d+$/.test(name) && isIt(name));
  return found === undefined ? undefined : Number(found);
}
