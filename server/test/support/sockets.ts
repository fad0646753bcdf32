/** The sockets of processes, as Linux lists them in /proc. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const LISTEN = '0A';
/** Flag of a listening socket in /proc/net/unix. */
const ACCEPTS = 0x10000;

export interface Sockets {
  /** Listening TCP addresses, such as `127.0.0.1:3000`; IPv6 as /proc writes it. */
  listening: string[];
  /** Paths of listening Unix sockets. */
  unix: string[];
  /** Number of UDP sockets. */
  udp: number;
}

export function socketsOf(pids: number[]): Sockets {
  const inodes = new Set(pids.flatMap(inodesOf));
  const rows = (file: string): string[][] =>
    readFileSync(`/proc/net/${file}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/));
  const internet = (files: string[]): string[][] => files.flatMap(rows).filter((row) => inodes.has(row[9] ?? ''));
  return {
    listening: internet(['tcp', 'tcp6'])
      .filter(([, , , state]) => state === LISTEN)
      .map(([, address = '']) => toText(address)),
    unix: rows('unix')
      .filter((row) => inodes.has(row[6] ?? '') && (parseInt(row[3] ?? '', 16) & ACCEPTS) !== 0)
      .map((row) => row[7] ?? ''),
    udp: internet(['udp', 'udp6']).length,
  };
}

function inodesOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

/** `0100007F:0BB8` is 127.0.0.1:3000. */
function toText(address: string): string {
  const [host = '', port = ''] = address.split(':');
  const readable = host.length === 8 ? [...Buffer.from(host, 'hex')].toReversed().join('.') : host;
  return `${readable}:${parseInt(port, 16)}`;
}
