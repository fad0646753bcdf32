/**
 * A TCP connection to a port of a pod, through the API server's port-forward: reaches any pod from anywhere,
 * with any Host header, without an Ingress. One WebSocket carries one connection.
 */
import { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { ClusterError, unreachable } from './errors.ts';
import type { Credentials } from './client.ts';

/** First byte of each message: its stream. */
const DATA = 0;
const ERROR = 1;
/** The first message of each stream contains only the port, two bytes. */
const PORT_BYTES = 2;
const CONNECT_TIMEOUT_MS = 10_000;

export interface PodPort {
  namespace: string;
  pod: string;
  port: number;
}

export type DialPod = (target: PodPort) => Promise<Duplex>;

/** Each dial throws a ClusterError when it fails. On 401 it reloads the credentials and retries once. */
export function createPodDialer(credentials: Credentials): DialPod {
  const dial: DialPod = async ({ namespace, pod, port }) => {
    const { config } = credentials;
    const server = (config.getCurrentCluster()?.server ?? '').replace(/\/$/, '').replace(/^http/, 'ws');
    const options: WebSocket.ClientOptions = { handshakeTimeout: CONNECT_TIMEOUT_MS, perMessageDeflate: false };
    await config.applyToHTTPSOptions(options);
    const url = `${server}/api/v1/namespaces/${namespace}/pods/${pod}/portforward?ports=${port}`;
    const socket = new WebSocket(url, ['v4.channel.k8s.io'], options);
    await opened(socket);
    return duplexOver(socket);
  };
  return async (target) => {
    try {
      return await dial(target);
    } catch (error) {
      const refused = error instanceof ClusterError && error.status === 401;
      if (!refused || !credentials.reload()) throw error;
      return dial(target);
    }
  };
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', (error) => reject(unreachable(error)));
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      reject(
        new ClusterError('other', `the API server answered ${response.statusCode ?? 0} to a port-forward`, {
          status: response.statusCode ?? 0,
        }),
      );
      socket.terminate();
    });
  });
}

function duplexOver(socket: WebSocket): Duplex {
  const started = new Set<number>();
  const duplex = new Duplex({
    read: () => socket.resume(),
    write(chunk: Buffer, _encoding, done) {
      socket.send(Buffer.concat([Buffer.from([DATA]), chunk]), { binary: true }, done);
    },
    final(done) {
      // The protocol can't half-close a connection, and HTTP peers don't need it.
      done();
    },
    destroy(error, done) {
      socket.terminate();
      done(error);
    },
  });
  socket.on('message', (message: Buffer) => {
    const channel = message[0] ?? DATA;
    if (!started.has(channel)) {
      started.add(channel);
      if (message.length === 1 + PORT_BYTES) return;
    }
    const payload = message.subarray(1);
    if (channel === ERROR) {
      if (payload.length > 0) duplex.destroy(new ClusterError('unavailable', payload.toString('utf8')));
    } else if (payload.length > 0 && !duplex.push(payload)) socket.pause();
  });
  socket.on('close', () => duplex.push(null));
  socket.on('error', (error) => duplex.destroy(unreachable(error)));
  return duplex;
}
