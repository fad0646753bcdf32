/** The sockets of a process, as Linux lists them in /proc. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const LISTEN = '0A';
/** Flag of a listening socket in /proc/net/unix. */
const ACCEPTS = 0x10000;

/** Addresses of its TCP, UDP and listening Unix sockets, such as `tcp 0100007F:1F90 listening`. */
export function socketsOf(pid: number): string[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    }),
  );
  const rows = (file: string): string[][] =>
    readFileSync(`/proc/${pid}/net/${file}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/));
  const internet = ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) =>
    rows(kind)
      .filter((row) => inodes.has(row[9] ?? ''))
      .map(([, local, remote, state]) => `${kind} ${local} ${state === LISTEN ? 'listening' : `to ${remote}`}`),
  );
  const unix = rows('unix')
    .filter((row) => inodes.has(row[6] ?? '') && (parseInt(row[3] ?? '', 16) & ACCEPTS) !== 0)
    .map((row) => `unix ${row[7] ?? ''} listening`);
  return [...internet, ...unix];
}
