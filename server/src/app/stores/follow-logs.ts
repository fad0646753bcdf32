/** Streams a container's log in batches, at the reader's pace. */
import type { LogEvent, LogLine, LogsInput } from '@shopyard/contracts';
import type { Tracked, WatchOptions } from '@shopyard/contracts/services';
import type { LogsRequest } from '../../cluster/reads.ts';
import { PUSH_WINDOW_MS } from '../../live/push-windows.ts';

/** Flush after this many lines, or after the window, whichever comes first. */
const MAX_LINES = 500;

export interface LogSource {
  namespace: string;
  input: LogsInput;
  read: (request: LogsRequest, signal: AbortSignal) => AsyncIterable<string>;
  redact: (text: string) => string;
}

/** Each event's id is the timestamp of its last line, from which a client resumes. */
export async function* followLogs(
  { namespace, input, read, redact }: LogSource,
  { lastEventId, signal, writable }: WatchOptions,
): AsyncGenerator<Tracked<LogEvent>> {
  const { pod, container, previous, tail, since } = input;
  let last = lastEventId ?? '';
  if (lastEventId) yield { id: last, data: { type: 'resumed', since: last } };
  // Ends the request when the reader leaves, whatever the request is waiting for.
  const ending = new AbortController();
  const lines = read(
    { namespace, pod, container, previous, from: lastEventId ? { since: lastEventId } : { tail, since } },
    AbortSignal.any([signal, ending.signal]),
  )[Symbol.asyncIterator]();
  try {
    let next = lines.next();
    for (;;) {
      const batch: LogLine[] = [];
      let done = false;
      const until = performance.now() + PUSH_WINDOW_MS.logs;
      while (batch.length < MAX_LINES) {
        const wait = batch.length === 0 ? undefined : until - performance.now();
        const result = await (wait === undefined ? next : withTimeout(next, wait));
        if (result === undefined) break;
        if (result.done) {
          done = true;
          break;
        }
        const line = parse(result.value, redact);
        // A resumed log repeats lines that the client already has.
        if (line.at > last || !lastEventId) batch.push(line);
        next = lines.next();
      }
      await writable();
      if (batch.length > 0) {
        last = batch.at(-1)?.at ?? last;
        yield { id: last, data: { type: 'lines', lines: batch } };
      }
      if (done) return yield { id: last || 'end', data: { type: 'end' } };
    }
  } finally {
    ending.abort();
    await lines.return?.().catch(() => undefined);
  }
}

function parse(line: string, redact: (text: string) => string): LogLine {
  const blank = line.indexOf(' ');
  return { at: line.slice(0, blank), text: redact(line.slice(blank + 1)) };
}

/** Resolves with undefined if the promise takes longer; the promise keeps running. */
async function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), Math.max(0, ms))));
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
