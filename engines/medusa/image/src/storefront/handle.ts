/** Handlers of pages: what goes wrong is a page in the shop's look, with the status that says what it is. */
import type { Request, Response } from '@medusajs/framework/http';
import { markup } from './html.ts';
import { NotFound } from './not-found.ts';
import { sendPage } from './page.ts';
import { openShop, type Shop } from './shop.ts';
import { StoreApiError } from './store-api.ts';

/** Longer than this a page doesn't wait for the database; then it says so. */
const TIMEOUT_MS = 8000;

/** The database, or whatever else a page needs, is gone for the moment. */
class Late extends Error {}

export type Handler = (req: Request, res: Response) => Promise<void>;

export function inShop(handle: (shop: Shop, req: Request, res: Response) => Promise<void>): Handler {
  return async (req, res) => {
    let name = 'Shop';
    try {
      const shop = await openShopInTime(req);
      ({ name } = shop);
      await handle(shop, req, res);
    } catch (error) {
      sendError(res, name, error);
    }
  };
}

async function openShopInTime({ scope }: Request): Promise<Shop> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Late('the database does not answer')), TIMEOUT_MS);
  try {
    return await Promise.race([openShop(scope), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function sendError(res: Response, shop: string, error: unknown): void {
  if (res.headersSent) return void res.destroy();
  const isMissing = error instanceof NotFound || (error instanceof StoreApiError && error.status === 404);
  if (isMissing) return sendNotFound(res, shop);
  // As Medusa writes its own log.
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${JSON.stringify({ level: 'error', message: `A page of the shop failed: ${message}` })}\n`);
  const body = markup`<p>This page can’t be shown right now. Your cart is kept: try again in a moment.</p>
<p><a href="/">To the products</a></p>`;
  sendPage(res, { shop, title: 'Something went wrong', body, status: isLate(error) ? 503 : 500 });
}

/** Its own limit, or that of the Store API. */
const isLate = (error: unknown): boolean =>
  error instanceof Late || (error instanceof Error && error.name === 'TimeoutError');

function sendNotFound(res: Response, shop: string): void {
  const body = markup`<p>There is no such page, or no longer.</p>
<p><a href="/">To the products</a></p>`;
  sendPage(res, { shop, title: 'Page not found', body, status: 404 });
}
