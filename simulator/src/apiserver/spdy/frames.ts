/** Frames of SPDY/3, limited to what port-forward clients send and read. */
import type { Readable } from 'node:stream';
import { uint32 } from './headers.ts';

export const SYN_STREAM = 1;
const SYN_REPLY = 2;
export const RST_STREAM = 3;
export const PING = 6;
export const GO_AWAY = 7;

const HEADER = 8;
const CONTROL = 0x80000000;
const VERSION_3 = 0x80030000;
const FIN = 0x01000000;
const LENGTH = 0x00ffffff;
/** Maximum payload of one data frame; the format allows up to 16 MiB. */
const MAX_DATA = 256 * 1024;

export type Frame =
  | { type: 'data'; stream: number; last: boolean; payload: Buffer }
  | { type: 'control'; kind: number; last: boolean; payload: Buffer };

/** The frames of a connection, until it ends. */
export async function* readFrames(connection: Readable): AsyncGenerator<Frame> {
  let held: Buffer = Buffer.alloc(0);
  // Without an encoding, a connection yields buffers.
  for await (const chunk of connection as AsyncIterable<Buffer>) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (held.length >= HEADER) {
      const first = held.readUInt32BE(0);
      const second = held.readUInt32BE(4);
      const end = HEADER + (second & LENGTH);
      if (held.length < end) break;
      const payload = held.subarray(HEADER, end);
      const last = (second & FIN) !== 0;
      held = held.subarray(end);
      yield first >= CONTROL
        ? { type: 'control', kind: first & 0xffff, last, payload }
        : { type: 'data', stream: first, last, payload };
    }
  }
}

export function replyFrame(stream: number, headers: Buffer): Buffer {
  return Buffer.concat([uint32(VERSION_3 + SYN_REPLY, 4 + headers.length, stream), headers]);
}

/** A ping is answered with the same frame. */
export function pongFrame(payload: Buffer): Buffer {
  return Buffer.concat([uint32(VERSION_3 + PING, payload.length), payload]);
}

export function dataFrames(stream: number, bytes: Buffer): Buffer {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += MAX_DATA) {
    const part = bytes.subarray(at, at + MAX_DATA);
    frames.push(uint32(stream, part.length), part);
  }
  return Buffer.concat(frames);
}

export function endFrame(stream: number): Buffer {
  return uint32(stream, FIN);
}
