/** Opens a store as a browser would: at `http://NAME.localhost:PORT`. */
import { request } from 'node:http';

export interface StorePage {
  status: number;
  body: string;
}

export function openStore(serverUrl: string, name: string, path = '/'): Promise<StorePage> {
  const { port } = new URL(serverUrl);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, path, headers: { Host: `${name}.localhost:${port}` } },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}
