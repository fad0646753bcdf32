/** Processes and those below them, from Linux's /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/** The process, its children, theirs, and so on. */
export function processTree(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const];
      } catch {
        return [];
      }
    });
  const childrenOf = (one: number): number[] => parents.filter(([, parent]) => parent === one).map(([child]) => child);
  const below = (one: number): number[] => [one, ...childrenOf(one).flatMap(below)];
  return below(pid);
}
