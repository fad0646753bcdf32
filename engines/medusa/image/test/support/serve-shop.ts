/** Serves the shop's routes as Medusa does: by the folders that they are in. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Request, Response } from '@medusajs/framework/http';

const API = fileURLToPath(new URL('../../src/api', import.meta.url));

type Routes = Readonly<Record<string, (req: Request, res: Response) => Promise<void>>>;

const FOLDERS = [
  '',
  'cart',
  'cart/lines',
  'cart/empty',
  'checkout',
  'products/[handle]',
  'orders/[id]',
  'ready',
  'shop.json',
  'shop.css',
  'static/[file]',
];

export interface Served extends AsyncDisposable {
  url: string;
}

/** `session`: of everybody who asks. */
export async function serveShop(scope: Request['scope'], session: Request['session'] = {}): Promise<Served> {
  const routes = await Promise.all(FOLDERS.map(readRoutes));
  const server = createServer((req, res) => {
    void text(req).then((body) => {
      const url = new URL(req.url ?? '/', 'http://shop');
      const found = routes.find(({ pattern }) => pattern.test(url.pathname));
      const handle = found?.handlers[req.method ?? 'GET'];
      if (!found || !handle) return void res.writeHead(404).end();
      const params = { ...found.pattern.exec(url.pathname)?.groups };
      const more = { scope, params, query: Object.fromEntries(url.searchParams), ip: '192.0.2.1', session };
      // As Medusa's own parsers leave it.
      const parsed = Object.fromEntries(new URLSearchParams(body));
      void handle(Object.assign(req, more, { body: parsed, originalUrl: req.url ?? '/' }), res);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // It listens on an address, not on a pipe.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readRoutes(folder: string): Promise<{ pattern: RegExp; handlers: Routes }> {
  const address = pathToFileURL(join(API, folder, 'route.ts')).href;
  const path = folder.replaceAll('.', String.raw`\.`).replaceAll(/\[(\w+)\]/g, '(?<$1>[^/]+)');
  return { pattern: new RegExp(`^/${path}$`), handlers: (await import(address)) as Routes };
}
