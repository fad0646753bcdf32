/**
 * The dashboard's pages have path addresses, some of which REST has too: `/stores`, `/stores/ID/TAB`, `/teams`, `/users`. Whoever asks for HTML
 * gets the page, everybody else REST's answer.
 */
import type { IncomingMessage } from 'node:http';

const PAGES = /^\/(?:(?:stores|teams)(?:\/|$)|(?:users|activity|profile|tokens)\/?$)/;
const FILE = /\.\w+$/;

/** The address that the router sees: `/` for a page of the dashboard. */
export function routedUrl(request: IncomingMessage): string {
  const url = request.url ?? '/';
  return PAGES.test(pathOf(url)) && wantsHtml(request) ? '/' : url;
}

/** A request without a route is for a page that doesn't exist, rather than for REST or a file. The dashboard says so. */
export function isPageRequest(request: IncomingMessage): boolean {
  return wantsHtml(request) && !FILE.test(pathOf(request.url ?? '/'));
}

function wantsHtml({ method, headers }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html');
}

const pathOf = (url: string): string => url.split('?', 1)[0] ?? '';
