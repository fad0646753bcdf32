/** The frame of every page. */
import type { Response } from '@medusajs/framework/http';
import { type Html, markup } from './html.ts';

const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' https: data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export interface Page {
  /** Name of the shop. */
  shop: string;
  title: string;
  body: Html;
  status?: number;
  /** What was searched for. */
  search?: string;
}

export function sendPage(res: Response, { shop, title, body, status = 200, search }: Page): void {
  const document = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === shop ? shop : `${title} – ${shop}`}</title>
<link rel="stylesheet" href="/shop.css"><link rel="icon" href="data:,"></head>
<body><a class="skip" href="#main">To the content</a>
<header><a class="name" href="/">${shop}</a>
<form action="/" role="search"><input type="search" name="q" aria-label="Search products" placeholder="Search" maxlength="100" value="${search ?? ''}"><button class="plain">Search</button></form>
<a href="/cart">Cart</a></header>
<main id="main"><h1>${title}</h1>
${body}</main></body></html>
`;
  res.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    // Prices, stock and the cart are of this moment, and of this visitor.
    'Cache-Control': 'no-store',
  });
  res.end(String(document));
}

export function redirect(res: Response, path: string): void {
  res.writeHead(303, { Location: path, 'Cache-Control': 'no-store' }).end();
}

const ASSET_S = 3600;

export function sendAsset(res: Response, { type, text }: { type: string; text: string }): void {
  res.writeHead(200, {
    'Content-Type': type,
    'Cache-Control': `public, max-age=${ASSET_S}`,
    'X-Content-Type-Options': 'nosniff',
  });
  res.end(text);
}
