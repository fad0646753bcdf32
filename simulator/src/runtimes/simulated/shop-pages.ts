/** How simulated stores of every engine answer: small self-describing pages, and any sign-in token. */
import type { ServerResponse } from 'node:http';

export interface Answer {
  status?: number;
  type: string;
  body: string;
  headers?: Record<string, string>;
}

export function send(res: ServerResponse, { status = 200, type, body, headers = {} }: Answer): void {
  res.writeHead(status, { 'Content-Type': `${type}; charset=utf-8`, ...headers }).end(body);
}

/** Takes any token: a simulated store has no key, and nothing to protect. `admin`: path of the administrator's pages. */
export function sendSignIn(res: ServerResponse, token: string, admin: string): void {
  if (token !== '') return send(res, { status: 303, type: 'text/plain', body: '', headers: { Location: admin } });
  send(res, { type: 'application/json', body: JSON.stringify({ signIn: 1, now: Math.floor(Date.now() / 1000) }) });
}

interface Shop {
  title: string;
  /** What the store would run. */
  software: string;
  /** Path of the list of products. */
  home: string;
  /** End of the paths of cart and checkout. */
  slash: '' | '/';
}

export function toPage({ title, software, home, slash }: Shop, body: string): string {
  const name = title.replaceAll(/[<>&"]/g, '');
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${name}</title>
<style>body{font:16px/1.5 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
aside{border:1px solid;border-radius:.5rem;padding:.75rem 1rem;opacity:.75}</style>
<aside>This is a simulated store: <strong>${name}</strong> runs on Shopyard's embedded cluster, without ${software}.</aside>
${body}
<nav><a href="${home}">Shop</a> · <a href="/cart${slash}">Cart</a> · <a href="/checkout${slash}">Checkout</a></nav></html>
`;
}
