/**
 * Handles requests from a store's PHP to its own address, see php/loopback.php. The requesting PHP blocks, so a second
 * one responds: it starts on demand and stops when idle.
 */
import { messageOf } from './error-message.ts';
import type { PHPRequestHandler } from '@php-wasm/universal';
import type { Code } from './code.ts';
import { isPrivate } from './private-path.ts';
import type { Spec } from './spec.ts';
import type { StoreAnswer, StoreRequest } from './store-request.ts';
import { askPhp, bootPhp, openStore } from './web-php.ts';

/** It uses as much memory as the first one. */
const IDLE_MS = 30_000;

export interface LoopbackOptions {
  spec: Spec;
  code: Code;
  /** Accepts a request whose response nobody waits for. */
  later: (request: StoreRequest) => void;
}

/** Handles a message from php/loopback.php; resolves with `{status, headers, body}` or `{error}` as JSON. */
export function answerLoopback({ spec, code, later }: LoopbackOptions): (message: string) => Promise<string> {
  let second: Promise<PHPRequestHandler> | undefined;
  let idle: NodeJS.Timeout | undefined;
  const boot = async (): Promise<PHPRequestHandler> => {
    const handler = await bootPhp(code);
    await openStore(handler, spec, code);
    // A nested request would need a third PHP.
    (await handler.getPrimaryPhp()).onMessage((message) => {
      const asked = parse(message);
      if (asked?.waits !== false) return refuse('The store answers no request that is made while it answers its own.');
      later(asked.request);
      return NO_ANSWER;
    });
    return handler;
  };
  const end = (): void => {
    void second?.then((handler) => handler[Symbol.asyncDispose]()).catch(() => undefined);
    second = undefined;
  };
  return async (message) => {
    const asked = parse(message);
    if (!asked) return refuse('This is no request.');
    if (isPrivate(asked.request.url)) return written({ status: 403, headers: {}, bytes: new Uint8Array(), errors: [] });
    if (!asked.waits) {
      later(asked.request);
      return NO_ANSWER;
    }
    clearTimeout(idle);
    try {
      return written(await askPhp(await (second ??= boot()), asked.request));
    } catch (error) {
      end();
      return refuse(messageOf(error));
    } finally {
      idle = setTimeout(end, IDLE_MS).unref();
    }
  };
}

const NO_ANSWER = JSON.stringify({ status: 202, headers: {}, body: '' });
const refuse = (error: string): string => JSON.stringify({ error });

function written({ status, headers, bytes, errors }: StoreAnswer): string {
  for (const line of errors) process.stderr.write(`${line}\n`);
  return JSON.stringify({ status, headers, body: Buffer.from(bytes).toString('base64') });
}

/** Any plugin can send anything. */
function parse(message: string): { request: StoreRequest; waits: boolean } | undefined {
  try {
    const { method, url, headers, body, waits } = JSON.parse(message) as Record<string, unknown>;
    if (typeof method !== 'string' || typeof url !== 'string' || typeof body !== 'string') return undefined;
    const pairs = Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]);
    const bytes = Buffer.from(body, 'base64');
    const request = { method, url, headers: Object.fromEntries(pairs) as Record<string, string> };
    return { request: bytes.length > 0 ? { ...request, body: bytes } : request, waits: waits !== false };
  } catch {
    return undefined;
  }
}
