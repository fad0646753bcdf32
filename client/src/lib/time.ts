const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

interface TimeFormat {
  /** Epoch milliseconds: the date is left out of a time of this day. */
  now: number;
  millis?: boolean;
}

/**
 * The one format of times in the dashboard, in the local time zone: `14:03:27` for today, `26 Nov, 14:03:27` before that, with
 * the year if it is another one. Empty for text that is no time.
 */
export function formatTime(at: string, { now, millis = false }: TimeFormat): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return '';
  const today = new Date(now);
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => twoDigits(part)).join(':');
  const exact = millis ? `${clock}.${String(time.getMilliseconds()).padStart(3, '0')}` : clock;
  if (time.toDateString() === today.toDateString()) return exact;
  const year = time.getFullYear() === today.getFullYear() ? '' : ` ${time.getFullYear()}`;
  return `${time.getDate()} ${MONTHS[time.getMonth()]}${year}, ${exact}`;
}

/** For a tick of a plot: `14:05`, or `26 Nov` at midnight. In the local time zone too. `at`: epoch milliseconds. */
export function formatDayOrClock(at: number): string {
  const time = new Date(at);
  if (time.getHours() === 0 && time.getMinutes() === 0) return `${time.getDate()} ${MONTHS[time.getMonth()]}`;
  return `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
