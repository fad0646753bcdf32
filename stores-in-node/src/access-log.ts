/** Lines of a store's log about its requests, as Apache writes them. Pure. */
import type { IncomingMessage } from 'node:http';

const CAUSE_LENGTH = 300;
/** Characters of a page that are searched for a cause. */
const PAGE_LENGTH = 20_000;

export interface Sent {
  status: number;
  /** The body, also of a HEAD request. */
  bytes: Uint8Array | string;
  type?: string | undefined;
}

export type Asked = Pick<IncomingMessage, 'method' | 'url' | 'httpVersion' | 'headers'>;

/** `GET /shop/ HTTP/1.1` */
export function requestLine({ method, url, httpVersion }: Asked): string {
  return escapeField(`${method} ${url} HTTP/${httpVersion}`);
}

/** A line of Apache's combined format. */
export function accessLine(asked: Asked, { status, bytes }: Sent, at: Date): string {
  const { referer = '-', 'user-agent': agent = '-' } = asked.headers;
  const fields = `"${escapeField(referer)}" "${escapeField(agent)}"`;
  return `127.0.0.1 - - [${clfTime(at)}] "${requestLine(asked)}" ${status} ${bytes.length} ${fields}`;
}

/** Why a request failed, as the response's body puts it, on one line; empty if that says nothing. */
export function causeIn({ bytes, type = '' }: Sent): string {
  const text = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
  return escapeField((type.includes('json') ? messageIn(text) : textIn(text)).slice(0, CAUSE_LENGTH));
}

function messageIn(json: string): string {
  try {
    // Claims nothing: what WordPress's REST API calls its errors may be missing.
    const { code, message } = JSON.parse(json) as { code?: unknown; message?: unknown };
    return [code, message].filter((part) => typeof part === 'string').join(': ');
  } catch {
    return '';
  }
}

function textIn(html: string): string {
  return html
    .slice(0, PAGE_LENGTH)
    .replaceAll(/<(style|script|title)\b[^>]*>[^]*?<\/\1>/gi, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Nothing in a field ends it or its line. */
function escapeField(text: string): string {
  return text
    .replaceAll(/["\\]/g, '\\$&')
    .replaceAll(/\p{Cc}/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** `24/Nov/2026:13:05:07 +0000` */
function clfTime(at: Date): string {
  const [, day, month, year, time] = /(\d+) (\w+) (\d+) ([\d:]+)/.exec(at.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
