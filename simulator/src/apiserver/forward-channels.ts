/** `v4.channel.k8s.io` over a WebSocket: each message starts with its channel, 0 for data and 1 for errors. */
import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

const DATA = 0;
const ERROR = 1;

/** The forwarded connection. */
export function forwardChannels(client: WebSocket, port: number): Duplex {
  const announced = Buffer.alloc(3);
  announced.writeUInt16LE(port, 1);
  for (const channel of [DATA, ERROR]) {
    announced[0] = channel;
    client.send(Buffer.from(announced));
  }
  const connection = new Duplex({
    read: () => client.resume(),
    write(chunk: Buffer, _encoding, done) {
      client.send(Buffer.concat([Buffer.from([DATA]), chunk]), done);
    },
    final(done) {
      client.close();
      done();
    },
    destroy(error, done) {
      client.terminate();
      done(error);
    },
  });
  client.on('message', (message: Buffer) => {
    if (message[0] === DATA && message.length > 1 && !connection.push(message.subarray(1))) client.pause();
  });
  client.on('close', () => connection.push(null));
  client.on('error', () => connection.destroy());
  return connection;
}
