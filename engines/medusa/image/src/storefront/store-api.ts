/** Medusa's Store API, asked over the process's own listener, as any other customer would. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

const PORT = 9000;
/** A page that waits longer says so. */
const TIMEOUT_MS = 10_000;

/** An answer other than 2xx. */
export class StoreApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Sends a POST if there is a body. Rejects with a StoreApiError, or if nothing answers in time. */
export type AskStore = <Answer>(path: string, options?: { method?: string; body?: object }) => Promise<Answer>;

/** `key`: the publishable key. */
export function askStoreAs(key: string): AskStore {
  const { LISTEN = String(PORT) } = process.env;
  const address = /^\d+$/.test(LISTEN) ? { host: '127.0.0.1', port: Number(LISTEN) } : { socketPath: LISTEN };
  return async (path, { body, method = body ? 'POST' : 'GET' } = {}) => {
    const headers = { 'content-type': 'application/json', 'x-publishable-api-key': key };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const outgoing = request({ ...address, method, path: `/store${path}`, headers, signal });
    outgoing.end(body && JSON.stringify(body));
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    const answer = await text(response);
    const { statusCode = 0 } = response;
    if (statusCode >= 300) throw new StoreApiError(statusCode, messageIn(answer));
    // Medusa documents what it is.
    return JSON.parse(answer);
  };
}

function messageIn(answer: string): string {
  try {
    const { message } = JSON.parse(answer) as { message?: unknown };
    return String(message);
  } catch {
    return answer.slice(0, 200);
  }
}
