import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';
import type { LogSource } from './log-sources.ts';
import type { Logs } from './use-logs.ts';

interface FollowContainerProps {
  id: string;
  source: LogSource;
  /** Which past lines the log starts with. */
  start: { tail: number; since?: string | undefined; previous: boolean };
  logs: Pick<Logs, 'log' | 'onEnd' | 'onTrouble'>;
}

/** Follows one container's log while it is rendered; shows nothing itself. */
export function FollowContainer({ id, source, start, logs: { log, onEnd, onTrouble } }: FollowContainerProps): null {
  const { key, pod, container } = source;
  trpc.stores.logs.useSubscription(
    { id, pod, container, ...start },
    {
      onData({ data }) {
        onTrouble(key, undefined);
        log.append(key, data);
        if (data.type === 'end') onEnd(key);
      },
      onError: (error) => onTrouble(key, describeError(error)),
    },
  );
  return null;
}
