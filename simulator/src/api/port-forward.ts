/** Port-forward by WebSocket, `v4.channel.k8s.io`: each message begins with its channel, 0 data and 1 errors. */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { onUpgrade } from './on-upgrade.ts';

const PROTOCOL = 'v4.channel.k8s.io';
const DATA = 0;
const ERROR = 1;

/** Connects each forwarded connection with what `targetOf` answers; it refuses by an ApiError. The result ends them all. */
export function acceptPortForwards(server: Server, targetOf: (req: IncomingMessage) => RequestListener): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => offered.has(PROTOCOL) && PROTOCOL,
  });
  onUpgrade(server, (req, socket, head) => {
    const target = targetOf(req);
    const port = Number(new URL(req.url ?? '/', 'http://cluster').searchParams.get('ports') ?? 0);
    sockets.handleUpgrade(req, socket, head, (client) => forward(client, port, target));
  });
  return () => sockets.clients.forEach((client) => client.terminate());
}

/** The container's side of the connection is a server of its own that never listens. */
function forward(client: WebSocket, port: number, target: RequestListener): void {
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
  connection.on('error', () => undefined);
  const serve: RequestListener = (req, res) => {
    try {
      target(req, res);
    } catch {
      res.destroy();
    }
  };
  createServer({ keepAliveTimeout: 60_000 }, serve).emit('connection', connection);
}
