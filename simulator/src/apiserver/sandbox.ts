/** Sandboxes a store's responses on the API's origin: none of its scripts run there, and no page may frame it. */
import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';

const HEADERS = { 'Content-Security-Policy': 'sandbox', 'X-Frame-Options': 'DENY' } as const;

/** Makes `res` carry both headers, even if others are set or written later. */
export function sandbox(res: ServerResponse): void {
  // It has overloads; the arguments are passed on as they came.
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => ServerResponse;
  res.writeHead = (...args: unknown[]): ServerResponse => {
    const last = args.at(-1);
    // The condition leaves headers, in one of their two forms.
    if (typeof last === 'object' && last !== null) setHeaders(res, args.pop() as OutgoingHttpHeaders | string[]);
    for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value);
    return writeHead(...args);
  };
}

/** An object, or alternating names and values. */
function setHeaders(res: ServerResponse, headers: OutgoingHttpHeaders | readonly OutgoingHttpHeader[]): void {
  if (!Array.isArray(headers)) {
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) res.setHeader(name, value);
    return;
  }
  // Names and values alternate.
  for (let at = 0; at < headers.length; at += 2) res.appendHeader(String(headers[at]), headers[at + 1] as string);
}
