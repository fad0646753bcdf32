/** The platform's window, as a variable has it. */
import { type ChangeWindow, changeWindowSchema, WEEKDAYS } from '@shopyard/contracts';

const FORM = 'must be days, times and a time zone, such as mon-thu,sun 02:00-04:00 Europe/Berlin';

/** Parses `mon-thu,sun 02:00-04:00 Europe/Berlin`. */
export function parseChangeWindow(text: string, context: { addIssue: (message: string) => void }): ChangeWindow {
  const [, days = '', from, to, tz] = /^(\S+)\s+([\d:]+)-([\d:]+)\s+(\S+)$/.exec(text.trim()) ?? [];
  const parsed = changeWindowSchema.safeParse({ days: days.split(',').flatMap(daysOf), from, to, tz });
  if (parsed.success) return parsed.data;
  context.addIssue(from === undefined ? FORM : `${FORM}: ${parsed.error.issues[0]?.message}`);
  return { days: [], from: '', to: '', tz: '' };
}

/** The days of `mon` or `fri-mon`. */
function daysOf(text: string): string[] {
  const [first = '', last = first] = text.toLowerCase().split('-');
  const [begin, end] = [first, last].map((name) => WEEKDAYS.findIndex((day) => day === name));
  if (begin === undefined || end === undefined || begin < 0 || end < 0) return [text];
  const count = ((end - begin + WEEKDAYS.length) % WEEKDAYS.length) + 1;
  return Array.from({ length: count }, (_, day) => WEEKDAYS[(begin + day) % WEEKDAYS.length] ?? '');
}
