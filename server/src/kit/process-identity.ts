/** Tells a process from another one that was given its pid later. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When the process began: clock ticks since boot from /proc, elsewhere the date that `ps` prints, without spaces.
 * Undefined when no process has this pid, or only a zombie.
 */
export function startTime(pid: number, platform: NodeJS.Platform = process.platform): string | undefined {
  try {
    return platform === 'linux' ? fromProc(pid) : fromPs(pid);
  } catch {
    return undefined;
  }
}

function fromProc(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in parentheses, which may hold spaces and parentheses itself.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' ? undefined : rest[18];
}

function fromPs(pid: number): string | undefined {
  const line = execFileSync('/bin/ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
    env: { LC_ALL: 'C', TZ: 'UTC' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [state = '', ...date] = line.trim().split(/\s+/);
  return state.startsWith('Z') ? undefined : date.join('_');
}
