/** Repeats a request that came too often once the server takes it: it was refused before it had any effect. */

/** Shortest wait, in milliseconds: a server in a hurry must not be asked without a pause. */
const SHORTEST_MS = 1000;
/** Longest one. What takes longer, such as a throttled password, is for a person to decide. */
const LONGEST_MS = 60_000;

export type Wait = (ms: number, signal: AbortSignal | null | undefined) => Promise<void>;

interface Init {
  method?: string | undefined;
  signal?: AbortSignal | null | undefined;
}

/** Like `fetch`; waits as `Retry-After` says after each 429, for a minute at most. */
export function createPatientFetch(
  wait: Wait = sleep,
): (input: string | URL | Request, init?: Init) => Promise<Response> {
  return async (input, init) => {
    for (;;) {
      // tRPC's type of it differs only in what may be undefined.
      const response = await fetch(input, init as RequestInit);
      // Without the header, or with a date in it, the comparison below fails.
      const ms = Number(response.headers.get('retry-after') || Number.NaN) * 1000;
      if (response.status !== 429 || !(ms <= LONGEST_MS)) return response;
      await response.body?.cancel();
      await wait(Math.max(ms, SHORTEST_MS), init?.signal);
    }
  };
}

/** Rejects with the signal's reason. */
function sleep(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      // Whoever took the call back says why.
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}
