/** The server's side of a SPDY/3.1 connection, as kubectl's port-forward opens one. It has no flow control. */
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import {
  dataFrames,
  endFrame,
  GO_AWAY,
  PING,
  pongFrame,
  readFrames,
  replyFrame,
  RST_STREAM,
  SYN_STREAM,
} from './frames.ts';
import { HeaderCodec } from './headers.ts';

type Accept = (headers: Map<string, string>, stream: Duplex) => void;

/** Passes streams to `accept` until the connection ends, which ends them. Rejects on anything that is not SPDY. */
export async function serveSpdy(connection: Duplex, accept: Accept): Promise<void> {
  const streams = new Map<number, Duplex>();
  const codec = new HeaderCodec();
  try {
    for await (const frame of readFrames(connection)) {
      if (frame.type === 'data') {
        const stream = streams.get(frame.stream);
        if (stream && frame.payload.length > 0) await give(stream, frame.payload);
        if (frame.last) stream?.push(null);
      } else if (frame.kind === SYN_STREAM) {
        const id = frame.payload.readUInt32BE(0);
        const headers = await codec.read(frame.payload.subarray(10));
        connection.write(replyFrame(id, await codec.empty()));
        const stream = streamOn(connection, id);
        streams.set(id, stream);
        stream.once('close', () => streams.delete(id));
        if (frame.last) stream.push(null);
        accept(headers, stream);
      } else if (frame.kind === RST_STREAM) {
        streams.get(frame.payload.readUInt32BE(0))?.destroy();
      } else if (frame.kind === PING) {
        connection.write(pongFrame(frame.payload));
      } else if (frame.kind === GO_AWAY) {
        return;
      }
    }
  } finally {
    codec.close();
    for (const stream of streams.values()) stream.destroy();
    connection.destroy();
  }
}

/** Resolves once the data is read; other streams wait meanwhile. */
async function give(stream: Duplex, bytes: Buffer): Promise<void> {
  if (!stream.push(bytes)) await Promise.race([once(stream, 'taken'), once(stream, 'close')]);
}

function streamOn(connection: Duplex, id: number): Duplex {
  return new Duplex({
    read() {
      this.emit('taken');
    },
    write(chunk: Buffer, _encoding, done) {
      connection.write(dataFrames(id, chunk), done);
    },
    final(done) {
      connection.write(endFrame(id), done);
    },
  });
}
