/** One request to a store from the platform itself, as a browser at the store's address would send it. */
import { request } from 'node:http';
import type { StoreGate } from './store-gate.ts';

const TIMEOUT_MS = 30_000;
/** A page of a shop is far smaller; what is longer is cut off. */
const MAX_BODY = 2 * 1024 * 1024;

export interface StoreRequest {
  store: { id: string; namespace: string };
  /** The store's public address; its host is what WordPress answers to. */
  url: string;
  path: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  signal: AbortSignal;
}

export interface StoreAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** The store's answer, redirects not followed. Rejects when no pod is ready or the connection fails. */
export function requestStore(
  gate: StoreGate,
  { store, url, path, method = 'GET', headers = {}, body, signal }: StoreRequest,
): Promise<StoreAnswer> {
  const agent = gate.agentFor(store, 'fresh');
  if (!agent) return Promise.reject(new Error('no pod of WordPress is ready'));
  const { host, protocol } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        agent,
        method,
        path,
        headers: { ...headers, Host: host, ...(protocol === 'https:' ? { 'X-Forwarded-Proto': 'https' } : {}) },
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          if (text.length < MAX_BODY) text += chunk;
        });
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
        response.once('error', reject);
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
