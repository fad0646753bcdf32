/** A store's answer on the API's own origin: no script of it may run there, and no page may frame it. */
import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';

const HEADERS = { 'Content-Security-Policy': 'sandbox', 'X-Frame-Options': 'DENY' } as const;

/** From now on `res` carries both headers, whatever else is set or written in their place. */
export function sandbox(res: ServerResponse): void {
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => ServerResponse;
  res.writeHead = (...args: unknown[]): ServerResponse => {
    const last = args.at(-1);
    if (typeof last === 'object' && last !== null) setHeaders(res, args.pop() as OutgoingHttpHeaders | string[]);
    for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value);
    return writeHead(...args);
  };
}

/** An object, or names and values in turn. */
function setHeaders(res: ServerResponse, headers: OutgoingHttpHeaders | readonly OutgoingHttpHeader[]): void {
  if (!Array.isArray(headers)) {
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) res.setHeader(name, value);
    return;
  }
  for (let at = 0; at < headers.length; at += 2) res.appendHeader(String(headers[at]), headers[at + 1] as string);
}
