/** Opens a store as a browser would: at `http://NAME.localhost:PORT`, or through an ingress by its Host. */
import { request } from 'node:http';

export interface StorePage {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface StoreVisit {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Where to connect; the server's own port by default. */
  port?: number;
  /** Local source address, such as 127.0.0.2. */
  from?: string;
}

export function openStore(serverUrl: string, name: string, path = '/', visit: StoreVisit = {}): Promise<StorePage> {
  const { port } = new URL(serverUrl);
  const { method = 'GET', headers = {}, body } = visit;
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: visit.port ?? port,
      path,
      method,
      ...(visit.from ? { localAddress: visit.from } : {}),
      headers: { ...headers, Host: `${name}.localhost:${port}` },
    };
    const outgoing = request(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
