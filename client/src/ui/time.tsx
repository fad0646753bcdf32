import type { ReactNode } from 'react';
import { formatAge } from '../lib/duration.ts';
import { formatTime } from '../lib/time.ts';
import { useNow, useToday } from '../lib/use-now.ts';

interface TimeProps {
  /** ISO 8601. */
  at: string;
  /** Shows how long ago that is, updated every second: `4 min`. */
  age?: boolean;
  /** Shows milliseconds too. */
  millis?: boolean;
}

/** A time in the local time zone; the exact time in UTC is on hover and in `dateTime`. */
export function Time({ at, age = false, millis = false }: TimeProps): ReactNode {
  return age ? <Age at={at} /> : <Clock at={at} millis={millis} />;
}

function Clock({ at, millis }: Required<Pick<TimeProps, 'at' | 'millis'>>): ReactNode {
  const now = useToday();
  return (
    <time dateTime={at} title={at}>
      {formatTime(at, { now, millis })}
    </time>
  );
}

function Age({ at }: Pick<TimeProps, 'at'>): ReactNode {
  const now = useNow();
  return (
    <time dateTime={at} title={`${formatTime(at, { now })} · ${at}`}>
      {formatAge(now - Date.parse(at))}
    </time>
  );
}
