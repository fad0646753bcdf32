/** Sends one request to a store on the platform's behalf, as a browser at the store's address would. */
import { request } from 'node:http';
import type { Reachable, StoreAgents } from './store-agents.ts';

const TIMEOUT_MS = 30_000;
/** Longer bodies are truncated; a shop's pages are far smaller. */
const MAX_BODY = 2 * 1024 * 1024;

export interface StoreRequest {
  store: Reachable;
  /** The store's public URL: a shop may answer only to its host. */
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

/** Resolves with the store's answer; does not follow redirects. Rejects if no pod is ready or the connection fails. */
export function requestStore(
  agents: StoreAgents,
  { store, url, path, method = 'GET', headers = {}, body, signal }: StoreRequest,
): Promise<StoreAnswer> {
  const agent = agents.agentFor(store, 'fresh');
  if (!agent) return Promise.reject(new Error('none of its pods is ready'));
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
