import { useReducer, useState } from 'react';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';
import { appendLog, EMPTY_LOG, type LogBuffer } from './log-buffer.ts';

interface LogSource {
  id: string;
  pod: string;
  container: string;
  previous: boolean;
}

/** Follows a container's log. Never resets: give the calling component a `key` per container. */
export function useLog(source: LogSource): { log: LogBuffer; error: string | undefined } {
  const [log, append] = useReducer(appendLog, EMPTY_LOG);
  const [error, setError] = useState<string>();
  trpc.stores.logs.useSubscription(source, {
    onData({ data }) {
      setError(undefined);
      append(data);
    },
    onError: (cause) => setError(describeError(cause)),
  });
  return { log, error };
}
